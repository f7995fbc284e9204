// Sends everything the pretend Twilio tells and asks: in order per call or message, again where the URL wants it, wrongly
// where a fault says so. Built by create-twilio-state.
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { SandboxClock } from "../../sandbox-types.ts";
import type { TwilioSettings } from "../twilio-types.ts";
import { describeProblem } from "./describe-problem.ts";
import { prepareWebhook } from "./prepare-webhook.ts";
import { type Patience, type RetryReason, readFragment } from "./read-fragment.ts";
import { requestUrl } from "./request-url.ts";
import type { WebhookFault, WebhookFaults } from "./webhook-faults.ts";
import type { Failure, TwilioAlert, Webhook, WebhookAnswer, WebhookRecord } from "./webhook-types.ts";

export interface Webhooks {
  /** In the background. What cannot be handed over becomes an alert. */
  tell(webhook: Webhook): void;
  /** Now, for its answer. Whoever asks says what a failure means. */
  ask(webhook: Webhook): Promise<WebhookAnswer | Failure>;
  /** Resolves when nothing of this group is on its way, late ones aside. */
  calm(group: string): Promise<void>;
  /** Sends what was kept back for the end of this call or message. */
  release(sid: string): void;
}

export interface WebhookDeps {
  clock: SandboxClock;
  settings(): TwilioSettings;
  faults: WebhookFaults;
  log(): WebhookRecord[];
  alert(alert: Omit<TwilioAlert, "at">): void;
  track(work: Promise<unknown>): void;
  /** Called whenever the log has changed. */
  touch(): void;
  /** Ends everything; nothing is written down after it. */
  stopped: AbortSignal;
}

export function createWebhooks(deps: WebhookDeps): Webhooks {
  const lines = new Map<string, Promise<unknown>>();
  const underWay = new Map<string, Set<Promise<unknown>>>();
  const kept = new Map<string, { webhook: Webhook; fault: WebhookFault }[]>();

  const tellNow = (webhook: Webhook, fault: WebhookFault | undefined): void => {
    const earlier = lines.get(webhook.sid) ?? Promise.resolve();
    const late = fault?.kind === "late";
    const work = late
      ? wait(fault.delayMs ?? 50, undefined, { ref: false, signal: deps.stopped }).then(
          () => handOver(deps, webhook, fault),
          () => undefined,
        )
      : earlier.then(() => handOver(deps, webhook, fault));
    deps.track(work);
    if (late) return;
    lines.set(webhook.sid, work);
    remember(underWay, webhook.group, work);
  };
  const release = (sid: string): void => {
    const back = kept.get(sid)?.reverse() ?? [];
    kept.delete(sid);
    for (const { webhook, fault } of back) tellNow(webhook, fault);
  };
  return {
    tell: (webhook) => {
      if (deps.stopped.aborted) return;
      const fault = deps.faults.take(webhook);
      if (fault?.kind === "last" && !webhook.final) {
        kept.set(webhook.sid, [...(kept.get(webhook.sid) ?? []), { webhook, fault }]);
        return;
      }
      tellNow(webhook, fault);
      if (webhook.final) release(webhook.sid);
    },
    ask: (webhook) => send(deps, webhook, deps.faults.take(webhook), randomUUID()),
    calm: async (group) => {
      const works = underWay.get(group);
      while (works && works.size > 0) await Promise.all(works);
    },
    release,
  };
}

function remember(groups: Map<string, Set<Promise<unknown>>>, group: string, work: Promise<unknown>): void {
  const works = groups.get(group) ?? new Set();
  groups.set(group, works.add(work));
  void work.finally(() => works.delete(work));
}

async function handOver(deps: WebhookDeps, webhook: Webhook, fault: WebhookFault | undefined): Promise<void> {
  const idempotencyToken = randomUUID();
  const rounds = fault?.kind === "twice" ? 2 : 1;
  for (let round = 0; round < rounds; round += 1) {
    const answer = await send(deps, webhook, fault, idempotencyToken);
    if (deps.stopped.aborted) return;
    const { account, sid, url } = webhook;
    const problem = describeProblem(answer);
    if (problem && fault?.kind !== "lost")
      deps.alert({ accountSid: account.sid, sid, level: "warning", url, ...problem });
  }
}

async function send(
  deps: WebhookDeps,
  webhook: Webhook,
  fault: WebhookFault | undefined,
  idempotencyToken: string,
): Promise<WebhookAnswer | Failure> {
  const { signedPort, webhookTimeoutMs } = deps.settings();
  const patience = readFragment(webhook.url, webhookTimeoutMs);
  const outgoing = prepareWebhook(webhook, {
    url: patience.url,
    signedPort,
    idempotencyToken,
    fault: fault?.kind,
  });
  if (deps.stopped.aborted) return "ct";
  const record: WebhookRecord = {
    seq: (deps.log().at(-1)?.seq ?? 0) + 1,
    at: deps.clock.now(),
    kind: webhook.kind,
    accountSid: webhook.account.sid,
    sid: webhook.sid,
    params: webhook.params,
    attempts: [],
    fault: fault?.kind ?? null,
    ...outgoing,
  };
  deps.log().push(record);
  deps.touch();
  for (const text of patience.problems)
    deps.alert({
      accountSid: webhook.account.sid,
      sid: webhook.sid,
      code: 11243,
      level: "error",
      url: webhook.url,
      text,
    });
  if (fault?.kind === "lost") return "rt";
  const allTime = AbortSignal.any([AbortSignal.timeout(patience.totalMs), deps.stopped]);
  for (let left = patience.retries; ; left -= 1) {
    const answer = await requestUrl(outgoing, patience, allTime);
    const failure = typeof answer === "string" ? answer : null;
    const status = typeof answer === "string" ? null : answer.status;
    if (deps.stopped.aborted) return "ct";
    record.attempts.push({ at: deps.clock.now(), status, failure });
    deps.touch();
    if (left <= 0 || allTime.aborted || !mayRetry(patience, failure, status)) return answer;
  }
}

function mayRetry({ retryOn }: Patience, failure: Failure | null, status: number | null): boolean {
  const reason: RetryReason | null =
    failure ?? (status !== null && status >= 500 ? "5xx" : status !== null && status >= 400 ? "4xx" : null);
  return reason !== null && retryOn.has(reason);
}

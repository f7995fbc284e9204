// Runs one forward: one try, and what it means for the next. At least once, always under the same id; the worker holds
// the time of the next try, the row says why.
import type { FanOutTarget } from "../../../shared/fan-out.schema.ts";
import { GatewayError, sentenceOf } from "../../base/errors.ts";
import { DONE, type RunResult } from "../../queue/worker.ts";
import { disableTarget } from "./change-targets.ts";
import type { FanOutDeps } from "./fan-out-deps.ts";
import type { Outcome } from "./post-event.ts";
import { postSigned } from "./post-signed.ts";
import { type ForwardRow, settleForward } from "./settle-forward.ts";

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];
/** Waits between tries, in ms (issue 4, "Fan-out"); after the last one it is given up. */
export const RETRY_WAITS: readonly number[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  10 * HOUR,
];
/** Most of a wait that is added by chance, so that what failed together does not come back together. */
const JITTER = 0.1;
const GONE = 410;

/** @throws GatewayError vault_unavailable with a retry hint; whatever `stop` was aborted with. */
export async function sendForward(
  deps: FanOutDeps,
  forwardId: number,
  stop?: AbortSignal,
): Promise<RunResult> {
  const row = await deps.db
    .selectFrom("forwards")
    .leftJoin("deliveries", "deliveries.id", "forwards.delivery_id")
    .selectAll("forwards")
    .select("deliveries.body")
    .where("forwards.id", "=", forwardId)
    .executeTakeFirst();
  if (row?.state !== "waiting") return DONE;
  // Killed between a try and its end in the queue: the try counts.
  if (row.next_at !== null && row.next_at > deps.clock.now()) return { kind: "again", at: row.next_at };
  const target = deps.settings.tenant(row.tenant)?.fan_out.find(({ id }) => id === row.target);
  if (!target) return dropForward(deps, forwardId);
  if (!target.enabled) return setAside(deps, row, "The target is switched off.");
  if (row.body === null) return setAside(deps, row, "The delivery is not kept any more.");
  const outcome = await tryOnce(deps, target, { ...row, body: row.body }, stop);
  return afterTry(deps, row, outcome);
}

async function tryOnce(
  deps: FanOutDeps,
  target: FanOutTarget,
  row: ForwardRow & { readonly body: string },
  stop: AbortSignal | undefined,
): Promise<Outcome> {
  const event = {
    id: messageId(row.delivery_id),
    tenant: row.tenant,
    event: row.event,
    body: row.body,
  };
  try {
    return await postSigned(deps, target, event, stop);
  } catch (error) {
    // A secret that is lost is the target's trouble; a vault that is closed will be opened again.
    if (!(error instanceof GatewayError) || error.code !== "not_ready") throw error;
    return { delivered: false, status: null, sentence: sentenceOf(error) };
  }
}

async function afterTry(deps: FanOutDeps, row: ForwardRow, outcome: Outcome): Promise<RunResult> {
  if (outcome.delivered) {
    await settleForward(deps, row, { state: "delivered", outcome, nextAt: null });
    return DONE;
  }
  if (outcome.status === GONE) {
    await settleForward(deps, row, { state: "dead", outcome, nextAt: null }, "disabled");
    await disableTarget(deps, row.tenant, row.target);
    return DONE;
  }
  const wait = RETRY_WAITS[row.tries];
  if (wait === undefined) {
    await settleForward(deps, row, { state: "dead", outcome, nextAt: null }, "exhausted");
    return DONE;
  }
  const at = deps.clock.now() + Math.round(wait * (1 + JITTER * deps.random()));
  await settleForward(deps, row, { state: "waiting", outcome, nextAt: at });
  return { kind: "again", at };
}

/** Given up without a try; a person may ask for it again. */
async function setAside(deps: FanOutDeps, row: ForwardRow, result: string): Promise<RunResult> {
  await deps.db
    .updateTable("forwards")
    .set({ state: "dead", result, next_at: null })
    .where("id", "=", row.id)
    .where("state", "=", "waiting")
    .execute();
  return DONE;
}

/** Its target was removed. */
async function dropForward(deps: FanOutDeps, forwardId: number): Promise<RunResult> {
  await deps.db.deleteFrom("forwards").where("id", "=", forwardId).execute();
  return DONE;
}

/** `webhook-id` of everything that is forwarded of one delivery. */
export const messageId = (deliveryId: number): string => `msg_${deliveryId}`;

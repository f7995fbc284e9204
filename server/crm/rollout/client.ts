// Rollout on the wire: token, connected account, which budget pays. The resource files next to it ask through this.
import { retryAfterMs } from "../../base/backoff.ts";
import type { Clock } from "../../base/clock.ts";
import type { ProcessLog } from "../../log/process-log.ts";
import type { CrmAccess, CrmLane } from "../crm.ts";
import { type CrmClient, type CrmRequest, createExchange, type WireRequest } from "../exchange-http.ts";
import type { LaneLimits } from "../lane-accounts.ts";
import { createRateLanes, type RateFacts } from "../rate-lanes.ts";
import { baseAddress, staysAt, withQuery } from "../request-address.ts";
import type { HttpAnswer } from "../send-http.ts";
import { notReady, ROLLOUT_ERRORS } from "./errors.ts";
import { createRolloutTokens, type RolloutApp, type RolloutTokens } from "./mint-token.ts";

export interface RolloutDeps {
  /** ROLLOUT_API_BASE_URL as configured. */
  readonly baseUrl: () => string;
  readonly app: () => RolloutApp;
  readonly clock: Clock;
  readonly log: Pick<ProcessLog, "debug" | "warn">;
}

export interface RolloutClient extends CrmClient {
  /** A lane is a consumer's; it is shown once for each of its connected accounts. */
  readonly describeLanes: () => CrmLane[];
}

const CONTEXT = "rollout";
/** Rollout docs: about 50 requests a second and consumer, none per account. A little less, since "about". */
const LIMITS: LaneLimits = { of: () => 45, windowMs: 1_000 };
/** How long a consumer is silent after a 429 that names no time. */
const DEFAULT_PAUSE_MS = 1_000;

export function createRolloutClient(deps: RolloutDeps): RolloutClient {
  const { clock, log } = deps;
  const errors = ROLLOUT_ERRORS;
  const lanes = createRateLanes({ clock, limits: LIMITS, errors });
  const tokens = createRolloutTokens(deps);
  const credentials = new Map<string, Set<string>>();

  const budget = ({ call: { access } }: CrmRequest) => {
    const accountId = consumerOf(access);
    const known = credentials.get(accountId) ?? new Set<string>();
    credentials.set(accountId, known.add(access.key));
    return { accessId: access.id, accountId, context: CONTEXT };
  };
  const request = createExchange({
    ...{ clock, log, errors, lanes },
    wire: {
      prepare: (asked) => wireRequest(deps, tokens, asked),
      budget,
      rateFacts: (answer) => rateFacts(answer, clock.now()),
      refusal: (asked, answer, { headers }) => {
        const token = tokenIn(headers);
        if (answer.status === 401) tokens.forget(consumerOf(asked.call.access), token);
        const text = without(answer.text, [deps.app().clientSecret, token]);
        const pauseMs = retryAfterMs(answer.header("retry-after"), clock.now()) ?? null;
        return errors.refusedBy(asked, { status: answer.status, text, pauseMs });
      },
    },
  });
  const describeLanes = (): CrmLane[] =>
    lanes
      .lanes()
      .flatMap((lane) => [...(credentials.get(lane.account) ?? [])].map((account) => ({ ...lane, account })));
  return { request, errors, lanes, clock, describeLanes };
}

/** Throws not_ready when the access is not one of Rollout's. */
function consumerOf(access: CrmAccess): string {
  const consumerKey = access.rollout?.consumerKey ?? "";
  if (consumerKey !== "" && access.key !== "") return consumerKey;
  throw notReady(
    "The brokerage has no connected account at Rollout: rollout_credential_id and rollout_consumer_key say which.",
  );
}

async function wireRequest(
  deps: RolloutDeps,
  tokens: RolloutTokens,
  asked: CrmRequest,
): Promise<WireRequest> {
  const { access } = asked.call;
  const token = await tokens.tokenFor(consumerOf(access));
  const baseUrl = baseAddress(deps.baseUrl(), "/api");
  if (baseUrl === undefined)
    throw notReady(
      "ROLLOUT_API_BASE_URL is not an address the gateway can use. Leave it empty for Rollout itself.",
    );
  const path = withQuery(asked.path, asked.query);
  if (!staysAt(baseUrl, path))
    throw ROLLOUT_ERRORS.refusedHere(
      "The gateway refused to send a token for Rollout to an address that is not Rollout's.",
    );
  return {
    baseUrl,
    path,
    headers: {
      Accept: "application/json",
      "Content-Type": "application/json",
      Authorization: `${BEARER}${token}`,
      "X-Rollout-Credential-Id": access.key,
    },
  };
}

const BEARER = "Bearer ";
const tokenIn = ({ Authorization = "" }: WireRequest["headers"]): string =>
  Authorization.slice(BEARER.length);

/** The error's own words go to people and logs; nobody promises that they do not repeat what they were sent. */
const without = (text: string, secrets: readonly (string | undefined)[]): string =>
  secrets.reduce<string>((left, secret) => (secret ? left.replaceAll(secret, "…") : left), text);

/** Rollout tells nothing about its limits but, now and then, how long to wait. */
function rateFacts({ status, header }: HttpAnswer, now: number): RateFacts {
  const pauseMs = status === 429 ? (retryAfterMs(header("retry-after"), now) ?? DEFAULT_PAUSE_MS) : null;
  return { context: null, limit: null, remaining: null, windowMs: null, accountId: null, pauseMs };
}

// What an answer says about FUB's limits, from its headers. Read by the client, learned by the rate lanes.
import { retryAfterMs } from "../../base/backoff.ts";
import type { RateFacts } from "../rate-lanes.ts";
import { knownContext } from "./request-context.ts";

/** A 429 without a readable Retry-After: one whole window is enough for any budget (FUB docs: rate limiting). */
const DEFAULT_PAUSE_MS = 10_000;

/** `now` in epoch ms, for a Retry-After that is a date. Headers that make no sense count as absent. */
export function readRateFacts(
  status: number,
  header: (name: string) => string | undefined,
  now: number,
): RateFacts {
  const named = header("x-ratelimit-context");
  const context = named === undefined ? undefined : knownContext(named);
  // Numbers of a context nobody knows here say nothing about the lane the request was sent in.
  const meant = named === undefined || context !== undefined;
  const seconds = wholeNumber(header("x-ratelimit-window"), 1, 3_600);
  return {
    context: context ?? null,
    limit: meant ? wholeNumber(header("x-ratelimit-limit"), 1, 1_000_000) : null,
    remaining: meant ? wholeNumber(header("x-ratelimit-remaining"), 0, 1_000_000) : null,
    windowMs: meant && seconds !== null ? seconds * 1000 : null,
    accountId: accountId(header("fub-account-id")),
    pauseMs: status === 429 ? (retryAfterMs(header("retry-after"), now) ?? DEFAULT_PAUSE_MS) : null,
  };
}

function wholeNumber(text: string | undefined, least: number, most: number): number | null {
  if (text === undefined || !/^\s*\d{1,9}\s*$/.test(text)) return null;
  const value = Number(text);
  return value >= least && value <= most ? value : null;
}

const accountId = (text: string | undefined): string | null =>
  text !== undefined && /^\w{1,40}$/.test(text.trim()) ? text.trim() : null;

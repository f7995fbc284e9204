// How long to wait before trying again. Pure; the worker is the only caller that acts on it.

export interface BackoffPolicy {
  /** First delay in ms. */
  readonly firstMs: number;
  /** Factor per further attempt. */
  readonly factor: number;
  /** Longest delay in ms. */
  readonly maxMs: number;
}

/**
 * Delay before attempt `attempt + 1`, truncated exponential with up to 20 % of random extra, as FUB asks for on 5xx
 * (FUB reference, error responses). `attempt` counts from 1; `random` is in [0, 1).
 */
export function backoffDelay(policy: BackoffPolicy, attempt: number, random: number): number {
  const base = Math.min(policy.maxMs, policy.firstMs * policy.factor ** Math.max(0, attempt - 1));
  return Math.round(base * (1 + 0.2 * random));
}

// Date.parse alone reads a date into almost anything with a digit.
const HTTP_DATE = /^(?:[A-Za-z]{3,9},? |\d{4}-\d\d-\d\dT).*\d\d:\d\d:\d\d/;

/**
 * Milliseconds a `Retry-After` asks for: seconds or an HTTP date (both seen), never negative, at most an hour.
 * Undefined when there is none or it cannot be read.
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined || header.trim() === "") return undefined;
  const text = header.trim();
  const ms = /^\d+(\.\d+)?$/.test(text)
    ? Number(text) * 1000
    : HTTP_DATE.test(text)
      ? Date.parse(text) - now
      : Number.NaN;
  if (!Number.isFinite(ms)) return undefined;
  return Math.min(Math.max(0, Math.ceil(ms)), 3_600_000);
}

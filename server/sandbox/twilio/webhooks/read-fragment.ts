// The part of a webhook's URL behind `#`: how patient Twilio is with it, and what it tries again. Never sent nor signed.
// https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides

export type RetryReason = "4xx" | "5xx" | "ct" | "rt";

export interface Patience {
  /** As requested and signed. */
  url: string;
  /** Further attempts after the first. */
  retries: number;
  retryOn: ReadonlySet<RetryReason>;
  connectMs: number;
  readMs: number;
  /** For all attempts together. */
  totalMs: number;
  /** What Twilio cannot make sense of, in words. */
  problems: string[];
}

const REASONS: readonly RetryReason[] = ["4xx", "5xx", "ct", "rt"];
const LIMITS = { rc: [0, 5], ct: [100, 10_000], rt: [100, 15_000], tt: [100, 15_000] } as const;

/** Values out of range are left at their defaults. `timeoutMs` caps all of them. */
export function readFragment(given: string, timeoutMs: number): Patience {
  const [url = "", fragment = ""] = splitOnce(given, "#");
  const wanted = new URLSearchParams(fragment);
  const problems: string[] = [];
  const number = (name: keyof typeof LIMITS, usual: number): number => {
    const text = wanted.get(name);
    if (text === null) return usual;
    const [least, most] = LIMITS[name];
    if (/^\d+$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
    problems.push(`${name}=${text} is not between ${least} and ${most}`);
    return usual;
  };
  const policy = (wanted.get("rp") ?? "ct").split(",");
  const unknown = policy.filter((word) => word !== "all" && !REASONS.some((reason) => reason === word));
  if (unknown.length > 0) problems.push(`rp=${unknown.join(",")} is no retry policy`);
  return {
    url,
    retries: number("rc", 1),
    retryOn: new Set(REASONS.filter((reason) => policy.includes(reason) || policy.includes("all"))),
    connectMs: Math.min(number("ct", 5_000), timeoutMs),
    readMs: Math.min(number("rt", 15_000), timeoutMs),
    totalMs: Math.min(number("tt", 15_000), timeoutMs),
    problems,
  };
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

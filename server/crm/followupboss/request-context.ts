// Which rate budget a request is paid from. Asked by the client before a request takes its place in a lane.
import type { LaneLimits } from "../lane-accounts.ts";

export type RateContext = "global" | "events" | "notes" | "PUT.people" | "POST.events";

/** Requests per window for a registered system until the headers say otherwise; null = no limit (FUB docs: rate limiting). */
export const DEFAULT_LIMITS: Readonly<Record<RateContext, number | null>> = {
  global: 250,
  events: 20,
  notes: 10,
  "PUT.people": 25,
  "POST.events": null,
};

/** FUB's windows all slide over ten seconds (FUB docs: rate limiting). */
export const DEFAULT_WINDOW_MS = 10_000;

/** `path` is below /v1, without its query. Every endpoint belongs to exactly one context. */
export function rateContextOf(method: string, path: string): RateContext {
  if (isUnder(path, "/events")) return method === "POST" ? "POST.events" : "events";
  if (isUnder(path, "/notes")) return "notes";
  if (method === "PUT" && path.startsWith("/people/")) return "PUT.people";
  return "global";
}

const isUnder = (path: string, resource: string): boolean =>
  path === resource || path.startsWith(`${resource}/`);

/** What the lanes of an account begin with. */
export const FUB_LIMITS: LaneLimits = {
  of: (context) => DEFAULT_LIMITS[knownContext(context) ?? "global"],
  windowMs: DEFAULT_WINDOW_MS,
};

/** A context FUB names in `X-RateLimit-Context`; undefined for names not known here. */
export function knownContext(name: string): RateContext | undefined {
  return (Object.keys(DEFAULT_LIMITS) as RateContext[]).find((context) => context === name);
}

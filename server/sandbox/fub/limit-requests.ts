// Sliding ten-second windows per account and context, and the patience a 429 asks for (vendor docs, rate limiting).
import type { FubWorld, RateContext } from "./create-fub-world.ts";
import type { FubCaller } from "./fub-reply.ts";

const WINDOW_SECONDS = 10;

export interface Admission {
  /** False: answer 429 and process nothing. */
  admitted: boolean;
  headers: Record<string, string>;
}

/** The one context an endpoint belongs to. */
export function rateContext(method: string, path: string): RateContext {
  if (path === "/events" || path.startsWith("/events/")) return method === "POST" ? "POST.events" : "events";
  if (path === "/notes" || path.startsWith("/notes/")) return "notes";
  if (method === "PUT" && path.startsWith("/people/")) return "PUT.people";
  return "global";
}

/** Counts the request or refuses it. Refused ones use up nothing. */
export function admitRequest(world: FubWorld, caller: FubCaller, method: string, path: string): Admission {
  const context = rateContext(method, path);
  const now = world.clock.now();
  const earlyByMs = (world.penalties.get(caller.account.id) ?? 0) - now;
  if (earlyByMs > 0) {
    world.violations += 1;
    world.violationLog.push({ at: now, domain: caller.account.domain, method, path, earlyByMs });
    return refuse(world, caller, context, earlyByMs);
  }
  const limit = limitOf(world, caller, context);
  if (limit === null) return { admitted: true, headers: {} };
  const hits = recentHits(world, caller, context);
  if (hits.length >= limit) {
    // The slot that matters is the one whose leaving brings the count below the limit.
    const leaving = hits[hits.length - limit] ?? now;
    return refuse(world, caller, context, leaving + WINDOW_SECONDS * 1000 - now);
  }
  hits.push(now);
  return { admitted: true, headers: rateHeaders(context, limit, limit - hits.length) };
}

/** A 429 with `waitMs` to go; nothing of the account is welcome before that. */
export function refuse(world: FubWorld, caller: FubCaller, context: RateContext, waitMs: number): Admission {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  const until = world.clock.now() + seconds * 1000;
  const known = world.penalties.get(caller.account.id) ?? 0;
  if (known <= world.clock.now()) world.penalties.set(caller.account.id, until);
  const headers = rateHeaders(context, limitOf(world, caller, context) ?? 0, 0);
  return { admitted: false, headers: { ...headers, "Retry-After": String(seconds) } };
}

function limitOf(world: FubWorld, caller: FubCaller, context: RateContext): number | null {
  const limit = world.options.limits[context];
  return limit && (caller.registered ? limit.registered : limit.unregistered);
}

function recentHits(world: FubWorld, caller: FubCaller, context: RateContext): number[] {
  const key = `${caller.account.id}/${context}`;
  const since = world.clock.now() - WINDOW_SECONDS * 1000;
  const hits = (world.hits.get(key) ?? []).filter((at) => at > since);
  world.hits.set(key, hits);
  return hits;
}

function rateHeaders(context: RateContext, limit: number, remaining: number): Record<string, string> {
  return {
    "X-RateLimit-Limit": String(limit),
    "X-RateLimit-Remaining": String(Math.max(0, remaining)),
    "X-RateLimit-Window": String(WINDOW_SECONDS),
    "X-RateLimit-Context": context,
  };
}

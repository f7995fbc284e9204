// How often one caller may ask. Refused calls are counted by address and turned away by it, accepted ones are counted by key
// alone: behind a tunnel or a proxy whoever guesses may share an address with everybody, and must not lock them out.
import type { RequestHandler, Response } from "express";
import { ipKeyGenerator, rateLimit } from "express-rate-limit";
import type { Clock } from "../base/clock.ts";
import { GatewayError, retryAfter } from "../base/errors.ts";
import { sha256Hex } from "../base/hmac.ts";
import { createRefusalCount } from "../webhooks/count-refusals.ts";
import { bearerOf } from "./read-body.ts";

const MINUTE_MS = 60_000;

/** Where a limiter is made is looked up in a stack trace otherwise, a noticeable part of the start. */
export const LIMITER_CHECKS = { creationStack: false };

/**
 * Counts answers that were refusals: status 401/403, or marked so (embed pages are refused with status 200). Who was refused
 * often is doubted for the rest of the minute: its key or signature is checked as ever, but what does not fit is answered
 * with 429, without a reason and without a line in the journal.
 */
export function countRefusals(clock: Pick<Clock, "monotonic">): RequestHandler {
  const refusals = createRefusalCount(clock);
  return (request, response, next) => {
    const from = ipKeyGenerator(request.ip ?? "");
    response.locals.doubted = refusals.isFlood(from);
    response.once("finish", () => {
      if (isRefusal(response)) refusals.add(from);
    });
    next();
  };
}

const isRefusal = ({ statusCode, locals }: Response): boolean =>
  statusCode === 401 || statusCode === 403 || locals.refused === true;

/** So many requests with the same address were refused lately that the next refusal is not worth explaining. */
export const isDoubted = (response: Response): boolean => response.locals.doubted === true;

/** For a link that leads nowhere. @throws GatewayError rate_limited for who is doubted. */
export function refuseDoubted(response: Response): void {
  response.locals.refused = true;
  if (isDoubted(response)) throw tooMany();
}

/** What a refusal comes to where who asks is doubted: one more. */
export function unlessDoubted(response: Response, error: GatewayError): GatewayError {
  if (!isDoubted(response) || !REFUSALS.has(error.code)) return error;
  response.locals.refused = true;
  return tooMany();
}

const REFUSALS: ReadonlySet<string> = new Set(["unauthorized", "forbidden"]);

const tooMany = (): GatewayError => new GatewayError("rate_limited", { retry: retryAfter(MINUTE_MS) });

/** At most `perMinute` requests with one key that is known to be good. */
export function limitKey(perMinute: () => number): RequestHandler {
  return rateLimit({
    windowMs: MINUTE_MS,
    validate: LIMITER_CHECKS,
    limit: () => perMinute(),
    keyGenerator: (request) => sha256Hex(bearerOf(request) ?? ipKeyGenerator(request.ip ?? "")),
    standardHeaders: "draft-8",
    legacyHeaders: false,
    handler: () => {
      throw tooMany();
    },
  });
}

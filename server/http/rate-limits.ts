// How often one caller may ask. Refused calls are counted by address, accepted ones by key, so that a guesser is slowed
// without slowing those who share the tunnel's address with him.

import type { RequestHandler, Response } from "express";
import { ipKeyGenerator, rateLimit } from "express-rate-limit";
import { GatewayError, retryAfter } from "../base/errors.ts";
import { sha256Hex } from "../base/hmac.ts";
import { bearerOf } from "./read-body.ts";

const MINUTE_MS = 60_000;
const REFUSALS_PER_MINUTE = 600;

type Refuse = RequestHandler;

const tooMany: Refuse = () => {
  throw new GatewayError("rate_limited", { retry: retryAfter(MINUTE_MS) });
};

/** Where a limiter is made is looked up in a stack trace otherwise, a noticeable part of the start. */
export const LIMITER_CHECKS = { creationStack: false };

/** Counts only answers that were refusals: status 401/403, or marked so (embed pages are refused with status 200). */
export function limitRefusals(refuse: Refuse = tooMany): RequestHandler {
  return rateLimit({
    windowMs: MINUTE_MS,
    validate: LIMITER_CHECKS,
    limit: REFUSALS_PER_MINUTE,
    skipSuccessfulRequests: true,
    requestWasSuccessful: (_request, response) => !isRefusal(response),
    keyGenerator: (request) => ipKeyGenerator(request.ip ?? ""),
    standardHeaders: false,
    legacyHeaders: false,
    handler: refuse,
  });
}

const isRefusal = (response: Response): boolean =>
  response.statusCode === 401 || response.statusCode === 403 || response.locals.refused === true;

/** At most `perMinute` requests with one key. */
export function limitKey(perMinute: () => number): RequestHandler {
  return rateLimit({
    windowMs: MINUTE_MS,
    validate: LIMITER_CHECKS,
    limit: () => perMinute(),
    keyGenerator: (request) => sha256Hex(bearerOf(request) ?? ipKeyGenerator(request.ip ?? "")),
    standardHeaders: "draft-8",
    legacyHeaders: false,
    handler: tooMany,
  });
}

// What went wrong with Follow Up Boss, as the product's error: code, sentence, retry hint, and whether a write may have
// been stored. Made by the client and the rate lanes only. No key, URL or query ever gets in here.

import { ERROR_CODES, type ErrorCode } from "../../../shared/error-codes.ts";
import { GatewayError, RETRY_LATER, RETRY_NEVER, type RetryHint, retryAfter } from "../../base/errors.ts";
import type { CrmFailureDetails, WriteFate } from "../write-fate.ts";

/** What was asked, safe to log: `path` carries ids only, never the query. */
export interface Asked {
  readonly method: string;
  readonly path: string;
}

interface StatusRule {
  readonly code: ErrorCode;
  readonly retry: RetryHint;
  /** FUB's own words help the person (which field, which right). */
  readonly quote?: boolean;
}

/** FUB docs: error responses. 403 is also an expired account, so it is never called a bad key (docs: authentication). */
const STATUS_RULES: Readonly<Record<number, StatusRule>> = {
  401: { code: "crm_unauthorized", retry: RETRY_NEVER },
  402: { code: "crm_forbidden", retry: RETRY_NEVER, quote: true },
  403: { code: "crm_forbidden", retry: RETRY_NEVER, quote: true },
  404: { code: "crm_not_found", retry: RETRY_NEVER },
  // 407 comes from a proxy on the way, 408 from a server that did not get the whole request.
  407: { code: "crm_unreachable", retry: RETRY_LATER },
  408: { code: "crm_unavailable", retry: RETRY_LATER },
};

/** The error for an answer that is not a 2xx. `pauseMs` is what a 429 asked for. */
export function refusedBy(
  asked: Asked,
  answer: { readonly status: number; readonly text: string; readonly pauseMs: number | null },
): GatewayError {
  const { status } = answer;
  const rule = ruleFor(status, answer.pauseMs);
  const words = ownWords(answer.text);
  const fate: WriteFate = status >= 500 && isWrite(asked) ? "unknown" : "not_stored";
  const sentence = ERROR_CODES[rule.code].sentence;
  return crmError(rule.code, {
    fate,
    status,
    retry: rule.retry,
    logMessage: `${asked.method} ${asked.path} answered ${status}${words ? `: ${words}` : ""}`,
    sentence: rule.quote && words ? `${sentence} Its words: ${words}` : sentence,
  });
}

function ruleFor(status: number, pauseMs: number | null): StatusRule {
  if (status === 429) return { code: "crm_rate_limited", retry: retryAfter(pauseMs ?? 0) };
  if (status >= 500) return { code: "crm_unavailable", retry: RETRY_LATER };
  // A redirect is a proxy's or a portal's; following it would carry the key elsewhere.
  if (status < 400) return { code: "crm_bad_answer", retry: RETRY_LATER };
  return STATUS_RULES[status] ?? { code: "crm_invalid", retry: RETRY_NEVER, quote: true };
}

/** `errorMessage`, for some endpoints `error` (facts recorded on the wire); undefined for HTML and the like. */
function ownWords(text: string): string | undefined {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body !== "object" || body === null) return undefined;
    const words = "errorMessage" in body ? body.errorMessage : "error" in body ? body.error : undefined;
    return typeof words === "string" && words.trim() !== "" ? words.trim().slice(0, 300) : undefined;
  } catch {
    return undefined;
  }
}

/** A 2xx that is not what was asked for. A write was then probably stored. */
export function badAnswer(asked: Asked, what: string, retry: RetryHint = RETRY_LATER): GatewayError {
  return crmError("crm_bad_answer", {
    fate: isWrite(asked) ? "unknown" : "not_stored",
    retry,
    logMessage: `${asked.method} ${asked.path}: ${what}`,
  });
}

/** The time limit ended, or the caller gave up. `sent`: after the request had gone out. */
export function tookTooLong(asked: Asked, sent: boolean, why: "time limit" | "given up"): GatewayError {
  return crmError("crm_unavailable", {
    fate: sent && isWrite(asked) ? "unknown" : "not_stored",
    retry: RETRY_LATER,
    logMessage: `${asked.method} ${asked.path}: ${why} ${sent ? "while waiting for the answer" : "before it was sent"}`,
  });
}

/** Left the queue unsent. `pauseMs`: what is left of the silence FUB asked for; null when it was just full. */
export function leftTheLane(pauseMs: number | null): GatewayError {
  return crmError("crm_rate_limited", {
    fate: "not_stored",
    retry: pauseMs === null ? RETRY_LATER : retryAfter(Math.ceil(pauseMs)),
    logMessage: pauseMs === null ? "no slot in the rate lane in time" : "the account is paused by a 429",
  });
}

/** Refused here, before anything was sent: FUB would not have understood it. */
export function notFubData(sentence: string): GatewayError {
  return crmError("crm_invalid", { fate: "not_stored", retry: RETRY_NEVER, sentence });
}

export const isWrite = ({ method }: Asked): boolean => method !== "GET";

interface CrmErrorParts extends CrmFailureDetails {
  readonly retry: RetryHint;
  readonly logMessage?: string;
  readonly sentence?: string;
}

export function crmError(code: ErrorCode, { fate, status, ...options }: CrmErrorParts): GatewayError {
  return new GatewayError(code, { ...options, details: status === undefined ? { fate } : { fate, status } });
}

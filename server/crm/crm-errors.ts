// What went wrong with a CRM, as the product's error: code, sentence, retry hint, and whether a write may have been
// stored. Each CRM builds its own from its words; no key, URL or query ever gets in here.

import { ERROR_CODES, type ErrorCode } from "../../shared/error-codes.ts";
import { GatewayError, RETRY_LATER, RETRY_NEVER, type RetryHint, retryAfter } from "../base/errors.ts";
import type { CrmFailureDetails, WriteFate } from "./write-fate.ts";

/** What was asked, safe to log: `path` carries ids only, never the query. */
export interface Asked {
  readonly method: string;
  readonly path: string;
}

export interface StatusRule {
  readonly code: ErrorCode;
  readonly retry: RetryHint;
  /** The CRM's own words help the person (which field, which right). */
  readonly quote?: boolean;
}

export interface CrmErrorWords {
  /** By status. What is not named: 429 is a limit, 5xx trouble, 3xx no answer, any other 4xx refused data. */
  readonly statusRules: Readonly<Record<number, StatusRule>>;
  /** Where the CRM's own words are in the body of an error; the first one that is there counts. */
  readonly wordsIn: readonly string[];
  /** Sentences in place of the codes' own. */
  readonly sentences: Readonly<Partial<Record<ErrorCode, string>>>;
  /** After a 429 that names no time. */
  readonly slowDown: RetryHint;
}

export interface CrmErrorParts extends CrmFailureDetails {
  readonly retry: RetryHint;
  readonly logMessage?: string;
  readonly sentence?: string;
}

export interface CrmErrors {
  /** The error for an answer that is not a 2xx. `pauseMs` is what a 429 asked for; null when it named no time. */
  readonly refusedBy: (
    asked: Asked,
    answer: { readonly status: number; readonly text: string; readonly pauseMs: number | null },
  ) => GatewayError;
  /** A 2xx that is not what was asked for. A write was then probably stored. */
  readonly badAnswer: (asked: Asked, what: string, retry?: RetryHint) => GatewayError;
  /** The time limit ended, or the caller gave up. `sent`: after the request had gone out. */
  readonly tookTooLong: (asked: Asked, sent: boolean, why: "time limit" | "given up") => GatewayError;
  /** Left the queue unsent. `pauseMs`: what is left of the silence the CRM asked for; null when it was just full. */
  readonly leftTheLane: (pauseMs: number | null) => GatewayError;
  /** Refused here, before anything was sent: the CRM would not have understood it. */
  readonly refusedHere: (sentence: string) => GatewayError;
  readonly crmError: (code: ErrorCode, parts: CrmErrorParts) => GatewayError;
}

export function createCrmErrors(words: CrmErrorWords): CrmErrors {
  const crmError: CrmErrors["crmError"] = (code, { fate, status, ...options }) =>
    new GatewayError(code, {
      sentence: sentenceFor(words, code),
      ...options,
      details: status === undefined ? { fate } : { fate, status },
    });
  return {
    crmError,
    refusedBy: (asked, answer) => {
      const rule = ruleFor(words, answer.status, answer.pauseMs);
      return crmError(rule.code, refusalParts(words, rule, asked, answer));
    },
    badAnswer: (asked, what, retry = RETRY_LATER) =>
      crmError("crm_bad_answer", {
        fate: isWrite(asked) ? "unknown" : "not_stored",
        retry,
        logMessage: `${asked.method} ${asked.path}: ${what}`,
      }),
    tookTooLong: (asked, sent, why) =>
      crmError("crm_unavailable", {
        fate: sent && isWrite(asked) ? "unknown" : "not_stored",
        retry: RETRY_LATER,
        logMessage: `${asked.method} ${asked.path}: ${why} ${sent ? "while waiting for the answer" : "before it was sent"}`,
      }),
    leftTheLane: (pauseMs) =>
      crmError("crm_rate_limited", {
        fate: "not_stored",
        retry: pauseMs === null ? RETRY_LATER : retryAfter(Math.ceil(pauseMs)),
        logMessage: pauseMs === null ? "no slot in the rate lane in time" : "the account is paused by a 429",
      }),
    refusedHere: (sentence) => crmError("crm_invalid", { fate: "not_stored", retry: RETRY_NEVER, sentence }),
  };
}

function refusalParts(
  words: CrmErrorWords,
  rule: StatusRule,
  asked: Asked,
  { status, text }: { readonly status: number; readonly text: string },
): CrmErrorParts {
  const own = ownWords(text, words.wordsIn);
  const fate: WriteFate = status >= 500 && isWrite(asked) ? "unknown" : "not_stored";
  const sentence = sentenceFor(words, rule.code);
  return {
    fate,
    status,
    retry: rule.retry,
    logMessage: `${asked.method} ${asked.path} answered ${status}${own ? `: ${own}` : ""}`,
    sentence: rule.quote && own ? `${sentence} Its words: ${own}` : sentence,
  };
}

const sentenceFor = ({ sentences }: CrmErrorWords, code: ErrorCode): string =>
  sentences[code] ?? ERROR_CODES[code].sentence;

function ruleFor(
  { statusRules, slowDown }: CrmErrorWords,
  status: number,
  pauseMs: number | null,
): StatusRule {
  if (status === 429)
    return { code: "crm_rate_limited", retry: pauseMs === null ? slowDown : retryAfter(pauseMs) };
  if (status >= 500) return { code: "crm_unavailable", retry: RETRY_LATER };
  // A redirect is a proxy's or a portal's; following it would carry the key elsewhere.
  if (status < 400) return { code: "crm_bad_answer", retry: RETRY_LATER };
  return statusRules[status] ?? { code: "crm_invalid", retry: RETRY_NEVER, quote: true };
}

/** Undefined for HTML and the like. */
function ownWords(text: string, wordsIn: readonly string[]): string | undefined {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body !== "object" || body === null) return undefined;
    const key = wordsIn.find((name) => name in body);
    const words = key === undefined ? undefined : (body as Record<string, unknown>)[key];
    return typeof words === "string" && words.trim() !== "" ? words.trim().slice(0, 300) : undefined;
  } catch {
    return undefined;
  }
}

export const isWrite = ({ method }: Asked): boolean => method !== "GET";

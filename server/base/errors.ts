// The one error type of the product. A code decides status and wording, a retry hint tells the worker what to do.
import { ERROR_CODES, type ErrorCode } from "../../shared/error-codes.ts";
import { redactText } from "./redact-text.ts";

/** What the worker may do about it: nothing, try again with its own backoff, or try again after `afterMs`. */
export type RetryHint =
  | { readonly kind: "never" }
  | { readonly kind: "later" }
  | { readonly kind: "after"; readonly afterMs: number };

export const RETRY_NEVER: RetryHint = { kind: "never" };
export const RETRY_LATER: RetryHint = { kind: "later" };
export const retryAfter = (afterMs: number): RetryHint => ({ kind: "after", afterMs });

export interface GatewayErrorOptions {
  /** Sentence for the person; the code's own sentence when left out. */
  readonly sentence?: string;
  /** For the log only, never shown to an API caller. */
  readonly logMessage?: string;
  /** Machine-readable extras that are safe to show (field paths, ids). */
  readonly details?: unknown;
  readonly retry?: RetryHint;
  readonly cause?: unknown;
}

/** Expected failure. `message` is the log text, `sentence` is for people; both are redacted here, once. */
export class GatewayError extends Error {
  override readonly name = "GatewayError";
  readonly code: ErrorCode;
  readonly sentence: string;
  readonly status: number;
  readonly details: unknown;
  readonly retry: RetryHint;

  constructor(code: ErrorCode, options: GatewayErrorOptions = {}) {
    const entry = ERROR_CODES[code];
    const sentence = redactText(options.sentence ?? entry.sentence);
    super(redactText(options.logMessage ?? `${code}: ${sentence}`), { cause: options.cause });
    this.code = code;
    this.sentence = sentence;
    this.status = entry.status;
    this.details = options.details;
    this.retry = options.retry ?? RETRY_NEVER;
  }
}

/** Turns anything thrown into an Error without losing it. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(`Thrown value: ${String(thrown)}`, { cause: thrown });
}

/** The sentence for a person, whatever was thrown; bugs get the neutral one. */
export function sentenceOf(thrown: unknown): string {
  return thrown instanceof GatewayError ? thrown.sentence : ERROR_CODES.internal.sentence;
}

// A request to Twilio that did not work, before it is known what it was for. Thrown by request-twilio.ts, understood by
// describe-twilio-error.ts.

export interface FailureFacts {
  /** not_sent: not a byte arrived. refused: Twilio said no. unknown: it may have been done. */
  readonly fate: "not_sent" | "refused" | "unknown";
  /** 0 without an answer. */
  readonly status?: number;
  /** Twilio's own error code. */
  readonly code?: number | null;
  /** Twilio's words. */
  readonly said?: string;
  readonly retryAfterMs?: number | null;
  readonly cause?: unknown;
}

export class TwilioFailure extends Error {
  override readonly name = "TwilioFailure";
  readonly fate: FailureFacts["fate"];
  readonly status: number;
  readonly code: number | null;
  readonly said: string;
  readonly retryAfterMs: number | null;

  /** `message` is for the log: no secrets, no address with a query. */
  constructor(message: string, facts: FailureFacts) {
    super(message, { cause: facts.cause });
    this.fate = facts.fate;
    this.status = facts.status ?? 0;
    this.code = facts.code ?? null;
    this.said = facts.said ?? "";
    this.retryAfterMs = facts.retryAfterMs ?? null;
  }
}

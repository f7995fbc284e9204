// What a call came to, as everything that decides about calls says it.
import type { EngagementStatus, Outcome } from "../../../shared/values.ts";

export type CallVerdict =
  | {
      readonly over: false;
      /** All that is missing is in Twilio's own records. */
      readonly recordNeeded: boolean;
    }
  | {
      readonly over: true;
      readonly status: Extract<EngagementStatus, "completed" | "failed" | "canceled">;
      readonly outcome: Outcome;
      /** What happened, as one word and as a sentence for a brokerage person. */
      readonly event: string;
      readonly sentence: string;
    };

export const end = (
  status: "completed" | "failed" | "canceled",
  outcome: Outcome,
  event: string,
  sentence: string,
): CallVerdict => ({ over: true, status, outcome, event, sentence });

export const goingOn = (recordNeeded: boolean): CallVerdict => ({ over: false, recordNeeded });

export const BUSY = end("completed", "busy", "contact_busy", "The line was busy.");
export const NO_ANSWER = end("completed", "no_answer", "contact_no_answer", "Nobody answered.");

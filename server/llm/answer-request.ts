// What a conversation asks the automated assistant, and what it gets back. The contract between whoever conducts
// conversations and this room.
import type { Direction } from "../../shared/engagement.schema.ts";
import type { CallType, Channel } from "../../shared/values.ts";
import type { GatewayError } from "../base/errors.ts";
import type { Language } from "./guess-language.ts";
import type { ConversationLimits, ModelAccess } from "./model-access.ts";
import type { TokenUse } from "./read-completion.ts";

export interface SaidLine {
  readonly direction: Direction;
  /** "" where the contact sent only a picture, or said nothing that was understood. */
  readonly text: string;
  /** Epoch ms. */
  readonly at: number;
}

/** What is known of the conversation: no ids, numbers or addresses, so that none can reach the model. */
export interface ConversationFacts {
  readonly channel: Channel;
  readonly callType: CallType;
  /** The agent's words. */
  readonly instruction: string;
  /** As the CRM has it; only a first name is used. */
  readonly contactName: string | null;
  readonly agentName: string | null;
  /** As contacts know it; may be "". */
  readonly brokerage: string;
  /** Oldest first. */
  readonly transcript: readonly SaidLine[];
  readonly limits: ConversationLimits;
  /** What the model has cost in this conversation so far, in millionths of a US dollar. */
  readonly spentMicros: number;
  /** Aborted when the conversation ends meanwhile. */
  readonly signal?: AbortSignal;
}

export interface AnswerRequest extends ConversationFacts {
  readonly model: ModelAccess;
  /** Automated answers so far. */
  readonly turns: number;
  /** When the conversation began, epoch ms. */
  readonly startedAt: number;
  /** Epoch ms. */
  readonly now: number;
  /** IANA zone of the contact or the brokerage, for "tomorrow"; UTC where it is null or unknown. */
  readonly zone: string | null;
  /** The contact was told that it is automated: by an earlier answer, or at the beginning of a call. */
  readonly announced: boolean;
  /** A holding reply was sent before; it is not sent again. */
  readonly held: boolean;
  /** Where it is fixed, as on a call; guessed from the contact's words otherwise. */
  readonly language?: Language;
}

export interface AutomatedAnswer {
  /** To be sent as it is; "" means that nothing is to be sent. */
  readonly reply: string;
  /** The conversation is over once the reply is sent. */
  readonly close: boolean;
  readonly outcome: ConversationOutcome | null;
  /** Why an agent has to take over, as a sentence for the agent; null when none has to. */
  readonly handOver: string | null;
  /**
   * The contact wants no more messages or calls, in words only the model understood: that is to be kept, and confirmed in
   * fixed words; `reply` is "". It never lifts anything.
   */
  readonly optOut: boolean;
  /** At most 400 characters, where the conversation closes and the model summed it up. */
  readonly summary: string | null;
  /** Millionths of a US dollar this answer has cost, whatever came of it. */
  readonly cost_micros: number;
  readonly tokens: TokenUse;
  /**
   * What was wrong with the model, where that is why it was handed over. Whoever has time may try again later when its
   * retry hint says so (model_unavailable), and take this answer only in the end.
   */
  readonly trouble: GatewayError | null;
}

export type ConversationOutcome = "connected" | "not_interested";

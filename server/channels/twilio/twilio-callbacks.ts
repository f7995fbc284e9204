// What the door gets from the provider for a request Twilio made, and what it may ask of it beyond the channel port.
import type { ChannelOrder, ProviderAnswer } from "../channel.ts";
import type { TwilioParams } from "./callback-params.ts";
import type { TwilioRoute } from "./twilio-routes.ts";

export interface SpokenTurn {
  /** 0 is the beginning: nothing was said yet. */
  readonly turn: number;
  /** Empty when nothing was heard. */
  readonly text: string;
  readonly digits: string;
  /** Nothing was heard in the turn before either. */
  readonly silentBefore: boolean;
  /** 0 to 1, Twilio's trust in the text. */
  readonly confidence: number;
  /** Where the next turn is reported: the `action` of voiceTurn. */
  readonly action: string;
  /** Where this turn is asked for once more: the `again` of waitTurn. */
  readonly again: string;
}

/** What is said to the contact in a turn. */
export interface SaidTurn {
  /** "" hangs up at once. */
  readonly text: string;
  /** Nothing more is listened for. */
  readonly last: boolean;
  /** What the conversation came to, where this turn ends it. */
  readonly outcome: "connected" | "not_interested" | null;
  /** In a sentence or two, where there is one. */
  readonly summary: string | null;
}

export interface CallbackResult {
  /** How many words were new; 0: everything was known. */
  readonly stored: number;
  /** How the outreach stands now. */
  readonly answer: ProviderAnswer;
  /** What Twilio is answered (text/xml); null: an empty 204, or with `speech` what whoever talks decides. */
  readonly twiml: string | null;
  /** The contact, or Twilio for them, asked not to be contacted again. */
  readonly wish?: "opt_out";
  /** A turn of a spoken conversation, to be answered with voiceTurn. */
  readonly speech?: SpokenTurn;
}

/** About an outreach: a call or a message. */
export type OutreachRoute = Extract<TwilioRoute, { kind: "voice" | "message-status" }>;

export interface TwilioCallbacks {
  /** `at`: when it arrived. The signature was verified before. */
  takeCallback(
    order: ChannelOrder,
    route: OutreachRoute,
    params: TwilioParams,
    at: number,
  ): Promise<CallbackResult>;
  /** Keeps what is said to the contact in a turn of a spoken conversation, for the transcript and the call's end. */
  noteSaid(order: ChannelOrder, turn: number, said: SaidTurn): Promise<void>;
  /** What was said in this turn, where Twilio asks once more; undefined before. */
  saidInTurn(order: ChannelOrder, turn: number): Promise<SaidTurn | undefined>;
  /** Twilio says how the verification of a caller ID ended; undefined when it says nothing of the kind. */
  takeVerification(
    tenant: string,
    params: TwilioParams,
  ): { readonly number: string; readonly verified: boolean } | undefined;
}

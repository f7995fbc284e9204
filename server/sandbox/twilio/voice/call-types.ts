// What the pretend Twilio keeps of calls: what its API tells, what was heard, recordings. Used by rest/, voice/ and tests.

/** As callbacks say it; the API shows `initiated` as `queued`. */
export type CallStatus =
  | "queued"
  | "initiated"
  | "ringing"
  | "in-progress"
  | "completed"
  | "busy"
  | "no-answer"
  | "failed"
  | "canceled";

/** Something that came through the line. */
export interface HeardLine {
  at: number;
  by: "twilio" | "person";
  /** `note`: what happened, in words. */
  kind: "say" | "play" | "keys" | "speech" | "beep" | "note";
  text: string;
  /** Said to a machine after its beep: what a voicemail box keeps. */
  recorded: boolean;
}

/** What the person is being asked for. */
export interface Ask {
  keys: boolean;
  speech: boolean;
  /** Keys after which it goes on by itself; null: after a pause or `finishOnKey`. */
  numDigits: number | null;
}

export interface TwilioCall {
  /** `CA…` */
  sid: string;
  accountSid: string;
  parentCallSid: string | null;
  direction: "outbound-api" | "outbound-dial" | "inbound";
  from: string;
  to: string;
  status: CallStatus;
  createdAt: number;
  updatedAt: number;
  /** How long it waits for its turn to be dialled. */
  queueMs: number;
  /** When it was dialled; null while it waits. */
  startedAt: number | null;
  answeredAt: number | null;
  endedAt: number | null;
  /** Whole seconds since it was answered; null while it goes on and when it never was. */
  duration: number | null;
  /** By machine detection. */
  answeredBy: string | null;
  sipCode: number | null;
  phoneNumberSid: string | null;
  /** Of the next status callback. */
  sequence: number;
  heard: HeardLine[];
  asking: Ask | null;
  /** The other call's sid while the two are connected. */
  bridgedWith: string | null;
}

export interface TwilioRecording {
  /** `RE…` */
  sid: string;
  accountSid: string;
  callSid: string;
  createdAt: number;
  startedAt: number;
  endedAt: number | null;
  /** Whole seconds; null while it goes on. */
  duration: number | null;
  status: "in-progress" | "completed" | "absent";
  channels: 1 | 2;
  track: "inbound" | "outbound" | "both";
  source: "DialVerb" | "OutboundAPI" | "RecordVerb";
}

const OVER: readonly CallStatus[] = ["completed", "busy", "no-answer", "failed", "canceled"];

export const isOver = ({ status }: Pick<TwilioCall, "status">): boolean => OVER.includes(status);

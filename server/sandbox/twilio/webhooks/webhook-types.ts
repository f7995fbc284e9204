// What the pretend Twilio sends, and what came of it. Used by all rooms that tell or ask the customer's server something.
import type { HttpMethod, TwilioAccount } from "../twilio-types.ts";

/** `voice` and `message` ask for a document, `media` for a sound; the others tell something. */
export const WEBHOOK_KINDS = [
  "call-status",
  "machine-detection",
  "recording-status",
  "verification",
  "message-status",
  "json",
  "voice",
  "message",
  "media",
] as const;

export type WebhookKind = (typeof WEBHOOK_KINDS)[number];

export interface Webhook {
  account: TwilioAccount;
  kind: WebhookKind;
  /** The call or message it is about. */
  sid: string;
  /** The whole it belongs to: the first call of several legs, or the message. Nothing is skipped while one is on its way. */
  group: string;
  /** As configured, fragment included. */
  url: string;
  method: HttpMethod;
  params: Readonly<Record<string, string>>;
  /** Sent as JSON instead of `params`. */
  json?: unknown;
  /** Nothing more will be told about `sid`. */
  final?: boolean;
}

/** How an attempt failed without an answer: `ct` could not connect, `rt` no (complete) answer in time. */
export type Failure = "ct" | "rt";

export interface WebhookAttempt {
  at: number;
  status: number | null;
  failure: Failure | null;
}

/** One webhook as it left, doubles included. */
export interface WebhookRecord {
  seq: number;
  at: number;
  kind: WebhookKind;
  accountSid: string;
  sid: string;
  method: HttpMethod;
  /** Exactly as requested: without fragment, with the parameters of a GET. */
  url: string;
  params: Readonly<Record<string, string>>;
  /** Exactly as sent; "" for a GET. */
  body: string;
  headers: Readonly<Record<string, string>>;
  attempts: WebhookAttempt[];
  fault: string | null;
}

export interface WebhookAnswer {
  status: number;
  /** Lower case, without parameters; "" when there is none. */
  contentType: string;
  /** At most a little more than 64 KB. */
  body: string;
}

/** What Twilio's debugger would show. */
export interface TwilioAlert {
  at: number;
  accountSid: string;
  /** Of the call or message. */
  sid: string;
  /** https://www.twilio.com/docs/api/errors/<code> */
  code: number;
  level: "error" | "warning";
  url: string | null;
  text: string;
}

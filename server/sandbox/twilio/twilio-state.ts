// The state of the pretend Twilio as all its rooms see it. Built by create-twilio-world, which adds what the world outside
// does: phones, texts, calls.
import type { Faults } from "../fub/take-fault.ts";
import type { SandboxClock } from "../sandbox-types.ts";
import type { Session } from "./create-session.ts";
import type { Notice, OptOut, TwilioMessage } from "./messages/message-types.ts";
import type { PhoneScript } from "./phones/phone-script.ts";
import type { TwilioAccount, TwilioSettings } from "./twilio-types.ts";
import type { TwilioCall, TwilioRecording } from "./voice/call-types.ts";
import type { Leg } from "./voice/leg.ts";
import type { Webhooks } from "./webhooks/create-webhooks.ts";
import type { WebhookFaults } from "./webhooks/webhook-faults.ts";
import type { TwilioAlert, WebhookRecord } from "./webhooks/webhook-types.ts";

/** Fields by name; a repeated one has several values. */
export type Fields = Record<string, string[]>;

/** One request to the API as it came in and how it was answered. */
export interface TwilioLoggedRequest {
  seq: number;
  at: number;
  method: string;
  /** From `/2010-04-01` on, without query. */
  path: string;
  query: Fields;
  /** The body, read as a form. */
  form: Fields;
  /** Of the path; null when it names none. */
  accountSid: string | null;
  /** What it was opened with; null when it was not. */
  opened: "token" | "key" | null;
  /** As answered (or as it would have been, had `answered` not been false). */
  status: number;
  /** Twilio's error code. */
  code: number | null;
  answered: boolean;
  /** The fault that hit it, when one did. */
  fault: string | null;
}

/** Something a well-made client does not do: an unknown parameter, verb or attribute, a value out of range. */
export interface TwilioViolation {
  at: number;
  accountSid: string;
  /** Of the call or message; "" for a request to the API. */
  sid: string;
  what: string;
}

/** Somebody with a phone. */
export interface Person {
  script: PhoneScript;
  repliesGiven: number;
  refusals: number;
}

export interface TwilioState {
  clock: SandboxClock;
  /** Free to change at any time. */
  settings: TwilioSettings;
  /** Free to read and change, as all that follows. */
  accounts: TwilioAccount[];
  /** Oldest first, as all lists here. */
  calls: TwilioCall[];
  recordings: TwilioRecording[];
  messages: TwilioMessage[];
  notices: Notice[];
  optOuts: OptOut[];
  /** When a contact last wrote on WhatsApp, by `<sender> <contact>`. */
  windows: Map<string, number>;
  people: Map<string, Person>;
  requests: TwilioLoggedRequest[];
  violations: TwilioViolation[];
  alerts: TwilioAlert[];
  /** Everything that was sent to the customer's server, signed as it was. */
  callbacks: WebhookRecord[];
  /** Of requests to the API; paths from `/Calls.json` on. */
  faults: Faults;
  /** Of what is sent. */
  callbackFaults: WebhookFaults;
  /** Calls that go on, by sid. */
  legs: Map<string, Leg>;
  /** When an account's next call may be dialled. */
  nextDial: Map<string, number>;
  webhooks: Webhooks;
  /** Aborted by reset and stop. */
  era: AbortSignal;
  /** Where this Twilio can be reached, e.g. `http://127.0.0.1:8012/twilio`. */
  address(): string;
  /** The prefix and 32 hex digits. */
  newSid(prefix: string): string;
  account(sid: string): TwilioAccount;
  /** The person with this number; E.164. */
  person(number: string): Person;
  newSession(group: string): Session;
  /** A message reached its phone: its person may write back. */
  arrived(message: TwilioMessage, session: Session): void;
  alert(alert: Omit<TwilioAlert, "at">): void;
  violation(violation: Omit<TwilioViolation, "at">): void;
  /** Work that `settle` waits for. Nothing it throws gets lost: it is rethrown as the bug it is. */
  track(work: Promise<unknown>): void;
  /** Something changed: whoever waits looks again. */
  touch(): void;
}

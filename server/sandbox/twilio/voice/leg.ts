// One phone's end of a call while it goes on: what it is told to do, how it is broken off, what the person gives it. Made by
// create-leg, passed through all of voice/.
import type { Session } from "../create-session.ts";
import type { PhoneScript } from "../phones/phone-script.ts";
import type { HttpMethod, TwilioAccount } from "../twilio-types.ts";
import type { XmlElement } from "../twiml/parse-xml.ts";
import type { TwilioCall } from "./call-types.ts";

export type CallEvent = "initiated" | "ringing" | "answered" | "completed";

/** A document that was got and found good. */
export interface VoiceDocument {
  verbs: XmlElement[];
  /** Its address; null for inline TwiML. */
  base: string | null;
}

/** Where a document comes from. */
export type Order =
  | { kind: "twiml"; xml: string }
  | ({ kind: "read" } & VoiceDocument)
  | {
      kind: "url";
      url: string;
      method: HttpMethod;
      /** Besides those of every voice request. */
      params?: Readonly<Record<string, string>>;
      fallback?: { url: string; method: HttpMethod };
    };

export interface Callback {
  url: string;
  method: HttpMethod;
}

export interface StatusSettings extends Callback {
  events: ReadonlySet<CallEvent>;
}

/** Why a leg stops what it is doing: `hung_up` by the person, `ended` by the API or a limit, `redirected` by the API. */
export type Interruption = "hung_up" | "ended" | "redirected" | "stopped";

export interface RingResult {
  kind: "answers" | "busy" | "no_answer" | "rejects" | "invalid";
  answeredBy: PhoneScript["answeredBy"];
}

/** One key, or one sentence. */
export type Input = { key: string } | { speech: string };

export interface Inbox {
  put(input: Input): void;
  /** The oldest one, when there is one. */
  take(): Promise<Input>;
  /** Resolves when there is one, and leaves it there. */
  filled(): Promise<void>;
  clear(): void;
}

export interface Leg {
  readonly call: TwilioCall;
  readonly account: TwilioAccount;
  /** The first call of all that belong together. */
  readonly group: string;
  /** Of the person's phone, E.164. */
  readonly number: string;
  readonly script: PhoneScript;
  /** Somebody acts by hand. */
  readonly live: boolean;
  /** Aborted when the sandbox starts anew. */
  readonly era: AbortSignal;
  session: Session;
  /** Aborted with an Interruption. */
  run: AbortController;
  /** Where a redirection leads. */
  next: Order | null;
  status: StatusSettings | null;
  /** What became of the ringing, where somebody decides by hand. */
  readonly decision: PromiseWithResolvers<RingResult>;
  readonly inbox: Inbox;
  /** Gathers answered so far. */
  turns: number;
  /** Who or what picked up; null before. */
  answeredAs: PhoneScript["answeredBy"] | null;
  /** Until when a machine's greeting goes on. */
  greetingUntil: number | null;
  /** Run once when it is over: ends recordings, calls off what was due later. */
  onEnd: (() => void)[];
}

/** Breaks off what the leg is doing. The first reason counts. */
export function interrupt(leg: Leg, why: Interruption, next: Order | null = null): void {
  if (leg.run.signal.aborted) return;
  leg.next = next;
  leg.run.abort(why);
}

export function createInbox(): Inbox {
  let inputs: Input[] = [];
  let news = Promise.withResolvers<void>();
  const filled = (): Promise<void> => (inputs.length > 0 ? Promise.resolve() : news.promise);
  return {
    put: (input) => {
      inputs.push(input);
      news.resolve();
      news = Promise.withResolvers<void>();
    },
    filled,
    take: async () => {
      await filled();
      return inputs.shift() ?? { key: "" };
    },
    clear: () => {
      inputs = [];
    },
  };
}

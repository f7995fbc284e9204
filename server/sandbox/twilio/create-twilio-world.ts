// The pretend Twilio with direct access for tests: its state, and what the world outside does to it. Built by create-sandbox.
import type { SandboxClock } from "../sandbox-types.ts";
import { createTwilioState, newPerson, type TwilioLife, type TwilioOptions } from "./create-twilio-state.ts";
import type { TwilioMessage } from "./messages/message-types.ts";
import { type Inbound, receiveMessage } from "./messages/receive-message.ts";
import { actOnPhone, type PhoneAct } from "./phones/act-on-phone.ts";
import { decideScript } from "./phones/decide-script.ts";
import { describePhone, type Phone } from "./phones/describe-phones.ts";
import type { PhoneScript } from "./phones/phone-script.ts";
import type { TwilioState } from "./twilio-state.ts";
import type { TwilioCall } from "./voice/call-types.ts";
import { createLeg } from "./voice/create-leg.ts";
import { runIncomingCall } from "./voice/run-call.ts";

export interface TwilioWorld extends TwilioState, TwilioLife {
  /** How the phone with this number behaves from now on; what is not given is as its last two digits say. */
  setPersona(number: string, script: Partial<PhoneScript>): void;
  /** Somebody writes to a number of an account; on WhatsApp with `whatsapp:` before both. */
  text(from: string, to: string, body: string, more?: Omit<Inbound, "from" | "to" | "body">): TwilioMessage;
  /** Somebody calls a number of an account. */
  ring(from: string, to: string): TwilioCall;
  phone(number: string): Phone;
  /** Acts for a phone that is answered by hand; false when it is in no state for it. */
  act(number: string, act: PhoneAct): boolean;
  /** Sends JSON as Twilio's newer products do: with its digest in the URL. */
  postJson(accountSid: string, url: string, json: unknown): void;
}

/** `address` is asked when it is told, e.g. in the address of a recording. */
export function createTwilioWorld(
  given: TwilioOptions,
  clock: SandboxClock,
  address: () => string,
): TwilioWorld {
  const state = createTwilioState(given, clock, address);
  return Object.assign(state, {
    setPersona: (number: string, script: Partial<PhoneScript>): void => {
      state.people.set(number, newPerson(decideScript(number, false), script));
      state.touch();
    },
    text: (from: string, to: string, body: string, more: Omit<Inbound, "from" | "to" | "body"> = {}) =>
      receiveMessage(state, { from, to, body, ...more }),
    ring: (from: string, to: string) => ringIn(state, from, to),
    phone: (number: string) => describePhone(state, number),
    act: (number: string, act: PhoneAct) => actOnPhone(state, number, act),
    postJson: (accountSid: string, url: string, json: unknown): void => {
      const sid = state.newSid("NO");
      const about = {
        account: state.account(accountSid),
        kind: "json",
        sid,
        group: sid,
        final: true,
      } as const;
      state.webhooks.tell({ ...about, url, method: "POST", params: {}, json });
    },
  });
}

function ringIn(state: TwilioState, from: string, to: string): TwilioCall {
  for (const account of state.accounts) {
    const number = account.numbers.find(({ phoneNumber }) => phoneNumber === to);
    if (!number) continue;
    const { statusCallback: url, statusCallbackMethod: method } = number;
    const status = url === "" ? null : { url, method, events: new Set(["completed"] as const) };
    const leg = createLeg(state, { account, direction: "inbound", from, to, status });
    state.track(runIncomingCall(state, leg, number));
    return leg.call;
  }
  throw new Error(`no account at the pretend Twilio has ${to}`);
}

// Begins a call, or a leg of one, with the person whose phone will ring. Called by the API, by Dial, and when somebody calls.
import { bareNumber } from "../messages/message-types.ts";
import type { TwilioState } from "../twilio-state.ts";
import type { TwilioAccount } from "../twilio-types.ts";
import type { TwilioCall } from "./call-types.ts";
import { createInbox, type Leg, type StatusSettings } from "./leg.ts";

export interface NewLeg {
  account: TwilioAccount;
  direction: TwilioCall["direction"];
  /** E.164, or `whatsapp:+…`. */
  from: string;
  to: string;
  status: StatusSettings | null;
  parent?: Leg;
}

export function createLeg(state: TwilioState, given: NewLeg): Leg {
  const { account, direction, from, to, status, parent } = given;
  const sid = state.newSid("CA");
  const group = parent?.group ?? sid;
  const session = parent?.session ?? state.newSession(group);
  const now = session.now();
  const call: TwilioCall = {
    sid,
    accountSid: account.sid,
    parentCallSid: parent?.call.sid ?? null,
    direction,
    from,
    to,
    status: "queued",
    createdAt: now,
    updatedAt: now,
    queueMs: 0,
    startedAt: null,
    answeredAt: null,
    endedAt: null,
    duration: null,
    answeredBy: null,
    sipCode: null,
    phoneNumberSid: numberSid(account, direction === "inbound" ? to : from),
    sequence: 0,
    heard: [],
    asking: null,
    bridgedWith: null,
  };
  const number = bareNumber(direction === "inbound" ? from : to);
  const { script } = state.person(number);
  const leg: Leg = {
    ...{ call, account, group, number, script, session, status },
    live: script.rings === "live",
    era: state.era,
    run: new AbortController(),
    next: null,
    decision: Promise.withResolvers(),
    inbox: createInbox(),
    turns: 0,
    answeredAs: null,
    greetingUntil: null,
    onEnd: [],
  };
  state.calls.push(call);
  state.legs.set(sid, leg);
  return leg;
}

function numberSid({ numbers, callerIds }: TwilioAccount, number: string): string | null {
  return [...numbers, ...callerIds].find(({ phoneNumber }) => phoneNumber === number)?.sid ?? null;
}

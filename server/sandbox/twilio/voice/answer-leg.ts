// What begins when a phone is picked up: the clock of the call, a machine's greeting, the moment the person hangs up.

import type { PhoneScript } from "../phones/phone-script.ts";
import type { TwilioState } from "../twilio-state.ts";
import { hear } from "./hear.ts";
import { interrupt, type Leg } from "./leg.ts";
import { moveCall } from "./move-call.ts";

/** A mailbox records no longer after its beep. */
const MAILBOX_MS = 60_000;

export function answerLeg(state: TwilioState, leg: Leg, answeredBy: PhoneScript["answeredBy"]): void {
  const { session, script } = leg;
  leg.answeredAs = answeredBy;
  moveCall(state, leg, "in-progress");
  if (answeredBy === "machine") {
    leg.greetingUntil = session.now() + script.greetingMs;
    hear(state, leg, "person", "note", "A machine answers.");
    if (script.greetingEnds === "beep")
      leg.onEnd.push(session.later(script.greetingMs, () => hear(state, leg, "person", "beep", "Beep.")));
  }
  armStay(leg);
}

/** Sees to it that the person hangs up when their patience ends; counted from when they answered. */
export function armStay(leg: Leg): void {
  const { session, script, call } = leg;
  const stays = script.staysMs ?? (leg.answeredAs === "machine" ? script.greetingMs + MAILBOX_MS : null);
  if (stays === null || call.answeredAt === null) return;
  const left = call.answeredAt + stays - session.now();
  leg.onEnd.push(session.later(Math.max(0, left), () => interrupt(leg, "hung_up"), "limit"));
}

// What somebody does with a pretend phone by hand: picks up, declines, presses keys, speaks, hangs up. Used by the pages and by
// tests, through the world's `phone(number)`.
import type { TwilioState } from "../twilio-state.ts";
import { hear } from "../voice/hear.ts";
import { interrupt, type Leg, type RingResult } from "../voice/leg.ts";

export type PhoneAct =
  | { act: "answer" | "voicemail" | "decline" | "ignore" | "hang_up" }
  | { act: "press"; keys: string }
  | { act: "say"; text: string };

const RESULTS: Readonly<Partial<Record<PhoneAct["act"], RingResult>>> = {
  answer: { kind: "answers", answeredBy: "human" },
  voicemail: { kind: "answers", answeredBy: "machine" },
  decline: { kind: "rejects", answeredBy: "unknown" },
  ignore: { kind: "no_answer", answeredBy: "unknown" },
};

/** False when the phone is not in a state for it, or nobody acts for it by hand. */
export function actOnPhone(state: TwilioState, number: string, act: PhoneAct): boolean {
  const result = RESULTS[act.act];
  const wanted = result ? "ringing" : "in-progress";
  const leg = [...state.legs.values()].findLast(
    (each) => each.number === number && each.live && each.call.status === wanted,
  );
  if (!leg) return false;
  if (result) leg.decision.resolve(result);
  else inCall(state, leg, act);
  return true;
}

function inCall(state: TwilioState, leg: Leg, act: PhoneAct): void {
  if (act.act === "hang_up") {
    hear(state, leg, "person", "note", "Hangs up.");
    interrupt(leg, "hung_up");
  }
  if (act.act === "press") for (const key of act.keys) leg.inbox.put({ key });
  if (act.act === "say") {
    const listened = leg.call.asking?.speech === true;
    if (!listened) hear(state, leg, "person", "speech", act.text);
    else leg.inbox.put({ speech: act.text });
  }
}

// Writes down what comes through a line. Used by verbs and phones.
import type { TwilioState } from "../twilio-state.ts";
import type { HeardLine } from "./call-types.ts";
import type { Leg } from "./leg.ts";

export function hear(
  state: TwilioState,
  leg: Leg,
  by: HeardLine["by"],
  kind: HeardLine["kind"],
  text: string,
): void {
  if (leg.era.aborted) return;
  const at = leg.session.now();
  const spoken = kind === "say" || kind === "play";
  const recorded = spoken && by === "twilio" && leg.greetingUntil !== null && at >= leg.greetingUntil;
  leg.call.heard.push({ at, by, kind, text, recorded });
  state.touch();
}

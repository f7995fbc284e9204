// What becomes of an engagement at the pretend Hub: the last two digits of the number decide (design, section 3).
import type { HubEntry, HubLine } from "./create-hub-world.ts";

export interface HubScript {
  outcome: string;
  status: "completed" | "failed";
  /** Seconds. */
  duration: number;
  history: Omit<HubEntry, "at">[];
  transcript: Omit<HubLine, "at">[];
}

const FAILURES: Readonly<Record<string, string>> = {
  "01": "no_answer",
  "02": "busy",
  "03": "voicemail",
  "04": "invalid_phone",
};
const VOICE = ["phone", "wvoice"];

/** `contact` is a number or an e-mail address; 06 is handled at the start (fails once). */
export function scriptOutcome(channel: string, contact: string, instruction: string): HubScript {
  if (channel === "email") return emailScript(contact);
  const ending = contact.replace(/\D/g, "").slice(-2);
  const failure = FAILURES[ending];
  if (failure)
    return {
      ...spoken(channel, failure, 0, []),
      status: failure === "invalid_phone" ? "failed" : "completed",
    };
  const opening = instruction || "a quick word about your home search";
  if (ending === "05") {
    return spoken(channel, "not_interested", 24, [
      { direction: "outbound", text: `Hello! ${opening}` },
      { direction: "inbound", text: "Thanks, but I am not interested." },
    ]);
  }
  return spoken(channel, VOICE.includes(channel) ? "connected" : "delivered", 63, [
    { direction: "outbound", text: `Hello! ${opening}` },
    { direction: "inbound", text: "Yes, that sounds good." },
    { direction: "outbound", text: "Wonderful, talk to you soon." },
  ]);
}

function spoken(
  channel: string,
  outcome: string,
  duration: number,
  transcript: HubScript["transcript"],
): HubScript {
  const first = VOICE.includes(channel) ? "dialing" : "sending";
  return {
    outcome,
    status: "completed",
    duration: VOICE.includes(channel) ? duration : 0,
    history: [
      { event: first, detail: channel },
      { event: outcome, detail: `Outcome: ${outcome}` },
    ],
    transcript,
  };
}

/** E-mail is one shot: no dialogue; `bounce@…` fails. */
function emailScript(address: string): HubScript {
  const bounced = address.toLowerCase().startsWith("bounce@");
  return {
    outcome: bounced ? "failed" : "delivered",
    status: bounced ? "failed" : "completed",
    duration: 0,
    history: [
      { event: "sending", detail: "email" },
      { event: bounced ? "bounced" : "sent", detail: address },
    ],
    transcript: bounced ? [] : [{ direction: "outbound", text: "E-mail sent." }],
  };
}

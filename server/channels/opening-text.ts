// The first message of an outreach by SMS, WhatsApp or chat where nobody but the gateway writes it: who is writing, for
// whom, and the instruction or a standard sentence. Pure; called by the providers of those channels.
import type { CallType } from "../../shared/values.ts";
import { cutText } from "../base/cut-text.ts";
import { firstName } from "../base/first-name.ts";
import type { ChannelOrder } from "./channel.ts";

type OpeningOrder = Pick<ChannelOrder, "type" | "instruction" | "personName" | "agentName" | "brokerage">;

/** The most a carrier takes as one message (facts: Create a message, Body). */
export const MOST_CHARACTERS = 1_600;
const OPT_OUT_HINT = "Reply STOP to opt out.";

/** Said where the agent gave no instruction. */
const STANDARD: Readonly<Record<CallType, string>> = {
  informational: "There is news about your home search.",
  appointment_booking: "We would like to find a time that suits you for a viewing.",
  confirmational: "It is about your appointment with us.",
  conversational: "We would like to hear how your home search is going.",
};

/** What the contact is asked, unless the instruction already asks something. */
const QUESTION: Readonly<Record<CallType, string | null>> = {
  informational: null,
  appointment_booking: "Which day and time would suit you?",
  confirmational: "Can you confirm this?",
  conversational: null,
};

/**
 * Like "Hello Nivia, this is Ann One with Maple Street Realty. The house is back on the market. Reply STOP to opt out."
 * At most 1,600 characters: a long instruction is cut, what is around it never. The hint belongs in a first SMS (facts:
 * SMS keywords), where no carrier adds it.
 */
export function openingText(order: OpeningOrder, { optOutHint }: { readonly optOutHint: boolean }): string {
  const greeting = greet(order);
  const about = sentence(oneLine(order.instruction)) || STANDARD[order.type];
  const question = about.includes("?") ? null : QUESTION[order.type];
  const after = [question, optOutHint ? OPT_OUT_HINT : null].filter((text) => text !== null).join(" ");
  const room = MOST_CHARACTERS - greeting.length - 1 - (after === "" ? 0 : after.length + 1);
  return [greeting, cut(about, room), after].filter((text) => text !== "").join(" ");
}

function greet({ personName, agentName, brokerage }: OpeningOrder): string {
  const name = firstName(personName);
  const hello = name === null ? "Hello" : `Hello ${name}`;
  const [agent, office] = [named(agentName), named(brokerage)];
  if (agent && office) return `${hello}, this is ${agent} with ${full(office)}`;
  return agent || office ? `${hello}, this is ${full(agent || office)}` : `${hello}.`;
}

const MOST_NAME = 100;
const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();
const named = (name: string | null): string =>
  oneLine(name ?? "")
    .slice(0, MOST_NAME)
    .trim();
/** "Maple Street Realty Inc." has its full stop already. */
const full = (name: string): string => (name.endsWith(".") ? name : `${name}.`);
const sentence = (text: string): string => (text === "" || /[.!?…]["'”’)]?$/u.test(text) ? text : `${text}.`);

/** At a word, with three dots: one “…” would turn an SMS of 160 characters to a segment into one of 70. */
function cut(text: string, room: number): string {
  if (text.length <= room) return text;
  const part = cutText(text, room - 3);
  const blank = part.lastIndexOf(" ");
  const whole = blank > room / 2 ? part.slice(0, blank) : part;
  return `${whole.trimEnd()}...`;
}

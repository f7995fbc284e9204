// The scripted dialogue of a simulated outreach: differs by channel, call type and outcome, and says the instruction.
import { type CallType, type Channel, isVoice, type Outcome } from "../../../shared/values.ts";
import type { ChannelOrder } from "../channel.ts";

/** One thing that happens `after` ms from the start: a history event, a line of dialogue, or both. */
export interface ScriptStep {
  readonly after: number;
  readonly event?: string;
  readonly detail?: string;
  readonly line?: { readonly direction: "outbound" | "inbound"; readonly text: string };
}

export interface Script {
  readonly steps: readonly ScriptStep[];
  readonly outcome: Outcome;
  readonly summary: string;
  /** Seconds of conversation; 0 when nobody was reached. */
  readonly duration: number;
}

interface Dialogue {
  readonly opening: (about: string, name: string, agent: string) => string;
  readonly reply: string;
  readonly closing: string;
  readonly summary: (name: string) => string;
}

const DIALOGUES: Readonly<Record<CallType, Dialogue>> = {
  informational: {
    opening: (about, name, agent) => `Hello ${name}, this is the office of ${agent}. ${about}`,
    reply: "Thanks for letting me know.",
    closing: "You are welcome. Have a good day!",
    summary: (name) => `${name} was informed and thanked for it.`,
  },
  appointment_booking: {
    opening: (about, name, agent) =>
      `Hello ${name}, this is the office of ${agent}. ${about} Would Thursday at 2 pm or Friday at 10 am suit you?`,
    reply: "Friday at 10 works for me.",
    closing: "Friday at 10 it is. You will get a confirmation.",
    summary: (name) => `${name} chose Friday at 10 am.`,
  },
  confirmational: {
    opening: (about, name, agent) =>
      `Hello ${name}, this is the office of ${agent}. ${about} Can you confirm this?`,
    reply: "Yes, that is right.",
    closing: "Thank you for confirming.",
    summary: (name) => `${name} confirmed.`,
  },
  conversational: {
    opening: (about, name, agent) =>
      `Hello ${name}, this is the office of ${agent}. ${about} What matters most to you at the moment?`,
    reply: "We would like more space, and a garden for the kids.",
    closing: "Thank you, that helps. I will pass it on.",
    summary: (name) => `${name} is looking for more space and a garden.`,
  },
};

const ABOUT: Readonly<Record<CallType, string>> = {
  informational: "There is news about your search.",
  appointment_booking: "We would like to find a time for a viewing.",
  confirmational: "It is about your appointment.",
  conversational: "We would like to hear how your search is going.",
};

/** Pure: the same order and outcome always give the same script, so it can be replayed after a crash. */
export function writeScript(order: ChannelOrder, outcome: Outcome): Script {
  const known = order.personName?.split(" ")[0];
  const name = known || "The contact";
  const about = order.instruction.trim() === "" ? ABOUT[order.type] : order.instruction.trim();
  const opening = DIALOGUES[order.type].opening(about, known || "there", order.agentName ?? "your brokerage");
  if (order.channel === "email") return emailScript(opening, about, order, outcome);
  return isVoice(order.channel)
    ? voiceScript(order.type, opening, name, outcome)
    : messageScript(order.channel, order.type, opening, name, outcome);
}

function voiceScript(type: CallType, opening: string, name: string, outcome: Outcome): Script {
  const dialling: ScriptStep = { after: 0, event: "dialling", detail: "The number is being dialled" };
  const unanswered = UNANSWERED[outcome];
  if (unanswered) {
    const end: ScriptStep = { after: unanswered.after, event: outcome, detail: unanswered.detail };
    return { steps: [dialling, end], outcome, summary: unanswered.detail, duration: 0 };
  }
  const answered: ScriptStep = { after: 4_000, event: "answered", detail: "The call was answered" };
  if (outcome === "voicemail") {
    const left = said(6_000, "outbound", opening);
    const end: ScriptStep = { after: 14_000, event: "voicemail", detail: "A message was left" };
    return {
      steps: [dialling, { ...answered, detail: "Voicemail answered" }, left, end],
      outcome,
      summary: "Voicemail: a message was left.",
      duration: 12,
    };
  }
  const { reply, closing, summary } = conversation(type, name, outcome);
  const steps = [
    dialling,
    answered,
    said(5_000, "outbound", opening),
    said(11_000, "inbound", reply),
    said(15_000, "outbound", closing),
    { after: 18_000, event: "hung_up", detail: "The call ended" },
  ];
  return { steps, outcome, summary, duration: 42 };
}

const UNANSWERED: Readonly<Partial<Record<Outcome, { readonly after: number; readonly detail: string }>>> = {
  no_answer: { after: 20_000, detail: "Nobody answered." },
  busy: { after: 3_000, detail: "The line was busy." },
  invalid_phone: { after: 1_000, detail: "The number is not in service." },
};

function messageScript(
  channel: Channel,
  type: CallType,
  opening: string,
  name: string,
  outcome: Outcome,
): Script {
  if (outcome === "invalid_phone") {
    const detail = "The number cannot receive messages.";
    return { steps: [{ after: 500, event: "undeliverable", detail }], outcome, summary: detail, duration: 0 };
  }
  const sent = { ...said(0, "outbound", opening), event: "sent", detail: "The message was sent" };
  if (outcome !== "connected" && outcome !== "not_interested") {
    const end: ScriptStep = { after: 8_000, event: outcome, detail: "No reply came." };
    return { steps: [sent, end], outcome, summary: "The message was sent; no reply came.", duration: 0 };
  }
  const { reply, closing, summary } = conversation(type, name, outcome);
  const pace = channel === "chat" ? 3_000 : 5_000;
  const steps = [sent, said(pace, "inbound", reply), said(2 * pace, "outbound", closing)];
  return {
    steps: [...steps, { after: 3 * pace, event: "closed", detail: "The conversation ended" }],
    outcome,
    summary,
    duration: 0,
  };
}

function emailScript(
  opening: string,
  about: string,
  { contact, extras }: ChannelOrder,
  outcome: Outcome,
): Script {
  if (outcome === "failed") {
    const detail = "The address refused the e-mail.";
    return { steps: [{ after: 1_000, event: "bounced", detail }], outcome, summary: detail, duration: 0 };
  }
  const subject = typeof extras?.email_subject === "string" ? ` under “${extras.email_subject}”` : "";
  const sent = {
    ...said(0, "outbound", opening),
    event: "sent",
    detail: `The e-mail was sent to ${contact}${subject}`,
  };
  const accepted: ScriptStep = {
    after: 1_500,
    event: "delivered",
    detail: "The receiving server accepted it",
  };
  return { steps: [sent, accepted], outcome, summary: `E-mail sent: ${about}`, duration: 0 };
}

function conversation(type: CallType, name: string, outcome: Outcome) {
  if (outcome === "not_interested") {
    return {
      reply: "No thank you, I am not interested.",
      closing: "Understood. Thank you for your time.",
      summary: `${name} is not interested.`,
    };
  }
  const { reply, closing, summary } = DIALOGUES[type];
  return { reply, closing, summary: summary(name) };
}

const said = (after: number, direction: "outbound" | "inbound", text: string): ScriptStep => ({
  after,
  line: { direction, text },
});

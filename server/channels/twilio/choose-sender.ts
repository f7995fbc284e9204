// From whom a message goes out, and whether WhatsApp lets free text go to this contact now. Pure; used when a message is
// planned and when it is asked whether one could be.
import type { WhatsappTemplate } from "../../../shared/twilio-settings.schema.ts";
import { GatewayError } from "../../base/errors.ts";
import { firstName } from "../../base/first-name.ts";
import type { ChannelOrder } from "../channel.ts";
import type { AgentSenders, TwilioAccount } from "./twilio-account.ts";

/** One of both: a number (E.164), or a messaging service that picks one. */
export interface MessageSender {
  readonly from: string | null;
  readonly service: string | null;
}

/**
 * The agent's own before the brokerage's, a messaging service before a number: registration for texting hangs on the
 * service (facts: telephony 2.2). @throws GatewayError channel_unavailable when there is none.
 */
export function chooseSender(
  channel: "sms" | "wmsg",
  account: TwilioAccount,
  agent: AgentSenders,
): MessageSender {
  if (channel === "wmsg") {
    const from = agent.whatsappNumber ?? account.whatsappNumber;
    if (from === null) throw none("WhatsApp messages over Twilio need a WhatsApp sender");
    return { from, service: null };
  }
  if (agent.messagingServiceSid !== null) return { from: null, service: agent.messagingServiceSid };
  if (agent.number !== null) return { from: agent.number, service: null };
  if (account.messagingServiceSid !== null) return { from: null, service: account.messagingServiceSid };
  if (account.number === null) throw none("Texts over Twilio need a number or a messaging service");
  return { from: account.number, service: null };
}

const none = (what: string): GatewayError =>
  new GatewayError("channel_unavailable", {
    sentence: `${what} at Twilio, and none is set for the agent or the brokerage.`,
  });

/** WhatsApp takes free text for so long after the contact last wrote. */
const WINDOW_MS = 24 * 60 * 60_000;

export const windowIsOpen = (lastInboundAt: number | null, now: number): boolean =>
  lastInboundAt !== null && now - lastInboundAt < WINDOW_MS;

/** The first that is for this call type. */
export const fittingTemplate = (
  templates: readonly WhatsappTemplate[],
  type: ChannelOrder["type"],
): WhatsappTemplate | undefined => templates.find(({ call_types }) => call_types.includes(type));

export const noTemplate = (): GatewayError =>
  new GatewayError("channel_unavailable", {
    sentence:
      "This contact has not written on WhatsApp in the last 24 hours, so only an approved template may be sent, and none is set up for this call type.",
  });

/** A template's variables for one person. */
export function fillTemplate(
  template: WhatsappTemplate,
  order: Pick<ChannelOrder, "personName" | "agentName" | "brokerage" | "instruction">,
): Record<string, string> {
  const words: Readonly<Record<string, string>> = {
    first_name: firstName(order.personName) ?? "there",
    agent: order.agentName || order.brokerage,
    brokerage: order.brokerage,
    instruction: order.instruction || order.brokerage,
  };
  return Object.fromEntries(
    Object.entries(template.variables).map(([name, text]) => [
      name,
      // WhatsApp refuses line breaks, tabs and empty values in a variable.
      text
        .replace(/\{(\w+)\}/g, (whole, word: string) => words[word] ?? whole)
        .replace(/\s+/g, " ")
        .trim() || "-",
    ]),
  );
}

/** What the transcript says of a message whose wording only Twilio knows. */
export function templateText(name: string, variables: Readonly<Record<string, string>>): string {
  const filled = Object.entries(variables).map(([key, value]) => `${key}: ${value}`);
  return `WhatsApp template “${name}”${filled.length === 0 ? "" : ` with ${filled.join(", ")}`}`;
}

// What the one button of the page will do, in words: "Call Nivia from (416) 555-0111",
// "Text Nivia at 8:00 am tomorrow, their time".
import type { Channel } from "../../shared/values.ts";
import { firstName, sayContact } from "../ui/say-contact.ts";

/** The three parts of the label; the name stands alone so that it can be written right to left. */
export interface ButtonLabel {
  readonly before: string;
  readonly name: string;
  readonly after: string;
}

const BEFORE: Readonly<Record<Channel, string>> = {
  phone: "Call ",
  sms: "Text ",
  wmsg: "WhatsApp ",
  wvoice: "Call ",
  chat: "Chat with ",
  email: "E-mail ",
};

/**
 * `from` is the agent's number (E.164 or as written); only calls and texts go out from it. `opens`: when it will go out, in
 * words ("8:00 am tomorrow, their time"), where that is not now.
 */
export function buttonLabel(
  channel: Channel,
  personName: string,
  from: string | null,
  opens: string | null = null,
): ButtonLabel {
  const fromAgent = (channel === "phone" || channel === "sms") && from !== null && from !== "";
  const how = channel === "wvoice" ? " on WhatsApp" : "";
  const more = opens !== null ? ` at ${opens}` : fromAgent ? ` from ${sayContact(from)}` : "";
  return { before: BEFORE[channel], name: firstName(personName), after: how + more };
}

// Which number of a messaging service writes: the one the contact knows, else one of their area, else the first. Asked when
// a message names only the service. https://www.twilio.com/docs/messaging/services#sticky-sender
import type { TwilioState } from "../twilio-state.ts";
import type { MessagingService } from "../twilio-types.ts";
import { isWhatsapp } from "./message-types.ts";

/** undefined when none of its senders is of the contact's channel. */
export function chooseSender(state: TwilioState, service: MessagingService, to: string): string | undefined {
  const senders = service.senders.filter((sender) => isWhatsapp(sender) === isWhatsapp(to));
  const known = state.messages.findLast(
    ({ accountSid, ...message }) =>
      senders.some((sender) => sender === message.from || sender === message.to) &&
      (message.to === to || message.from === to),
  );
  const sticky = senders.find((sender) => sender === known?.from || sender === known?.to);
  const area = /^\+1\d{3}/.exec(to)?.[0];
  return sticky ?? senders.find((sender) => area !== undefined && sender.startsWith(area)) ?? senders[0];
}

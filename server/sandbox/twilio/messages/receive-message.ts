// A message somebody writes to a number of an account: keywords, WhatsApp's window, and the account's address, whose answer
// may be a message back. Begun by create-twilio-world, for tests, pages and scripts.
import { describePlace } from "../describe-place.ts";
import type { TwilioState } from "../twilio-state.ts";
import type { HttpMethod, TwilioAccount } from "../twilio-types.ts";
import { API_VERSION } from "../voice/call-params.ts";
import { answerMessage, type InboundAddress } from "./answer-message.ts";
import { countSegments } from "./count-segments.ts";
import { handleKeyword } from "./handle-keywords.ts";
import { bareNumber, isWhatsapp, type TwilioMessage, WHATSAPP } from "./message-types.ts";
import { serviceOf } from "./opt-outs.ts";

export interface Inbound {
  /** E.164, or `whatsapp:+…` as `to`. */
  from: string;
  to: string;
  body: string;
  /** Addresses of pictures and the like. */
  media?: string[];
  /** On WhatsApp: the name the person gave themselves. */
  profileName?: string;
  /** On WhatsApp: a button of a template that was pressed. */
  button?: { text: string; payload: string };
}

/** The message as the API knows it. @throws Error when nobody here has that number */
export function receiveMessage(state: TwilioState, inbound: Inbound, now = state.clock.now()): TwilioMessage {
  const { from, to, body, media = [] } = inbound;
  const account = findAccount(state, to);
  const service = serviceOf(account, to);
  const message: TwilioMessage = {
    ...{ sid: state.newSid(media.length > 0 ? "MM" : "SM"), accountSid: account.sid, from, to, body, media },
    messagingServiceSid: service?.sid ?? null,
    ...{ contentSid: null, direction: "inbound", status: "received", errorCode: null },
    segments: countSegments(body),
    ...{ createdAt: now, updatedAt: now, sentAt: now, statusCallback: null, sendAt: null },
  };
  state.messages.push(message);
  if (isWhatsapp(from)) state.windows.set(`${to} ${from}`, now);
  const keyword = isWhatsapp(from)
    ? null
    : handleKeyword(state, account, { contact: from, number: to, text: body });
  state.touch();
  const address = addressOf(account, to);
  const optOut = keyword && service?.advancedOptOut ? { OptOutType: keyword } : {};
  if (address)
    state.track(
      answerMessage(state, account, message, address, { ...inboundParams(message, inbound), ...optOut }),
    );
  return message;
}

function findAccount(state: TwilioState, to: string): TwilioAccount {
  const number = bareNumber(to);
  const found = state.accounts.find(({ numbers, whatsappSenders }) =>
    isWhatsapp(to)
      ? whatsappSenders.some((sender) => sender.number === number)
      : numbers.some(({ phoneNumber }) => phoneNumber === number),
  );
  if (!found) throw new Error(`no account at the pretend Twilio has ${to}`);
  return found;
}

/** The messaging service's address goes before the number's own. */
function addressOf(account: TwilioAccount, to: string): InboundAddress | undefined {
  const service = serviceOf(account, to);
  const post = (url: string, method: HttpMethod = "POST", fallback: InboundAddress["fallback"] = null) =>
    url === "" ? undefined : { url, method, fallback };
  if (service && service.inboundRequestUrl !== "") return post(service.inboundRequestUrl);
  if (isWhatsapp(to))
    return post(account.whatsappSenders.find(({ number }) => `${WHATSAPP}${number}` === to)?.url ?? "");
  const number = account.numbers.find(({ phoneNumber }) => phoneNumber === to);
  if (!number) return undefined;
  const { smsFallbackUrl, smsFallbackMethod } = number;
  const fallback = smsFallbackUrl === "" ? null : { url: smsFallbackUrl, method: smsFallbackMethod };
  return post(number.smsUrl, number.smsMethod, fallback);
}

function inboundParams(message: TwilioMessage, inbound: Inbound): Record<string, string> {
  const { sid, accountSid, from, to, body, media, segments, messagingServiceSid } = message;
  const contact = from ?? "";
  return {
    ...{ MessageSid: sid, SmsSid: sid, SmsMessageSid: sid, AccountSid: accountSid, ApiVersion: API_VERSION },
    ...{ From: contact, To: to, Body: body, SmsStatus: "received" },
    ...{ NumMedia: String(media.length), NumSegments: String(segments) },
    ...(messagingServiceSid !== null && { MessagingServiceSid: messagingServiceSid }),
    ...Object.fromEntries(
      media.flatMap((url, index) => [
        [`MediaUrl${index}`, url],
        [`MediaContentType${index}`, "image/jpeg"],
      ]),
    ),
    ...(isWhatsapp(contact)
      ? {
          MessageType: inbound.button ? "button" : "text",
          ProfileName: inbound.profileName ?? "",
          WaId: bareNumber(contact).slice(1),
          ChannelMetadata: JSON.stringify({ type: "whatsapp", data: { context: {} } }),
          ...(inbound.button && { ButtonText: inbound.button.text, ButtonPayload: inbound.button.payload }),
        }
      : { ...describePlace("From", contact), ...describePlace("To", to) }),
  };
}

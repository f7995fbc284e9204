// Whether Twilio would take a message, with its error when not, and what it is. Asked by serve-messages. What only turns out
// while it is sent (WhatsApp's window, landlines) is send-message's.
import { readNumber } from "../format-values.ts";
import { bareNumber, isWhatsapp, WHATSAPP } from "../messages/message-types.ts";
import { isOptedOut, scopeOf } from "../messages/opt-outs.ts";
import { readVariables, renderTemplate } from "../messages/render-template.ts";
import type { NewMessage } from "../messages/send-message.ts";
import type { Fields, TwilioState } from "../twilio-state.ts";
import type { TwilioAccount } from "../twilio-types.ts";
import { isOwnOrVerified, MAGIC_OWN_NUMBER } from "../voice/call-rules.ts";
import { isGoodUrl, listField, numberField, textField } from "./check-parameters.ts";
import { checkSchedule } from "./check-schedule.ts";
import { magicError } from "./magic-numbers.ts";
import { refusalOf } from "./refuse-person.ts";
import { refuse, type TwilioReply } from "./twilio-errors.ts";

type Refused = { refused: TwilioReply };
type Route = Pick<NewMessage, "to" | "from" | "messagingServiceSid">;
type Content = Pick<NewMessage, "body" | "media" | "contentSid" | "statusCallback">;

const LONGEST_BODY = 1_600;
const MOST_MEDIA = 10;

export function checkMessage(state: TwilioState, account: TwilioAccount, form: Fields): NewMessage | Refused {
  const route = checkRoute(account, form);
  if ("refused" in route) return route;
  const content = checkContent(account, form, route);
  if ("refused" in content) return content;
  const schedule = checkSchedule(form, state.clock.now());
  if ("refused" in schedule) return schedule;
  const refused = refuseReceiver(state, account, route) ?? refuseSender(state, account, route.from);
  if (refused) return { refused };
  return { account, direction: "outbound-api", ...route, ...content, ...schedule };
}

function checkRoute(account: TwilioAccount, form: Fields): Route | Refused {
  const toText = textField(form, "To");
  if (toText === undefined) return { refused: refuse(21604) };
  const to = readAddress(toText);
  if (to === undefined) return { refused: refuse(21211, toText) };
  const serviceSid = textField(form, "MessagingServiceSid") ?? null;
  const service = account.services.find(({ sid }) => sid === serviceSid);
  if (serviceSid !== null && !service) return { refused: refuse(21701, serviceSid) };
  if (service && service.senders.length === 0) return { refused: refuse(21703, service.sid) };
  const fromText = textField(form, "From");
  if (fromText === undefined)
    return service ? { to, from: null, messagingServiceSid: service.sid } : { refused: refuse(21603) };
  const from = checkFrom(account, fromText, to);
  return typeof from === "string" ? { to, from, messagingServiceSid: serviceSid } : from;
}

/** E.164, with `whatsapp:` where it stood. */
function readAddress(text: string): string | undefined {
  const number = readNumber(bareNumber(text));
  return number === undefined ? undefined : isWhatsapp(text) ? `${WHATSAPP}${number}` : number;
}

function checkFrom(account: TwilioAccount, text: string, to: string): string | Refused {
  const from = readAddress(text);
  if (from === undefined) return { refused: refuse(21212, text) };
  if (isWhatsapp(from) !== isWhatsapp(to)) return { refused: refuse(21910, `${from}, ${to}`) };
  if (isWhatsapp(from)) {
    const known = account.whatsappSenders.some(({ number }) => number === bareNumber(from));
    return known ? from : { refused: refuse(63007, from) };
  }
  const magic = magicError("message", "from", from);
  if (magic) return { refused: refuse(magic, from) };
  const number = account.numbers.find(({ phoneNumber }) => phoneNumber === from);
  // A verified caller ID may call, not text.
  return number?.capabilities.sms || from === MAGIC_OWN_NUMBER ? from : { refused: refuse(21606, from) };
}

function checkContent(
  account: TwilioAccount,
  form: Fields,
  { messagingServiceSid }: Route,
): Content | Refused {
  const media = listField(form, "MediaUrl");
  const badMedia = media.find((url) => !isGoodUrl(url));
  if (badMedia !== undefined || media.length > MOST_MEDIA)
    return { refused: refuse(21620, badMedia ?? `${media.length} of them`) };
  const callback = textField(form, "StatusCallback");
  if (callback !== undefined && !isGoodUrl(callback)) return { refused: refuse(21609, callback) };
  const validity = numberField(form, "ValidityPeriod");
  if (validity !== undefined && (validity < 1 || validity > 36_000))
    return { refused: refuse(20001, "ValidityPeriod must be between 1 and 36000") };
  const service = account.services.find(({ sid }) => sid === messagingServiceSid);
  const text = checkText(account, form, media);
  if ("refused" in text) return text;
  return { ...text, media, statusCallback: callback ?? (service?.statusCallback || null) };
}

function checkText(
  account: TwilioAccount,
  form: Fields,
  media: string[],
): Pick<Content, "body" | "contentSid"> | Refused {
  const contentSid = textField(form, "ContentSid") ?? null;
  const body = textField(form, "Body") ?? "";
  if (contentSid === null) {
    if (body === "" && media.length === 0) return { refused: refuse(21619) };
    return body.length > LONGEST_BODY ? { refused: refuse(21617) } : { body, contentSid };
  }
  const template = account.templates.find(({ sid }) => sid === contentSid);
  if (!template) return { refused: refuse(21655, contentSid) };
  const variables = readVariables(textField(form, "ContentVariables"));
  if (!variables) return { refused: refuse(21656, textField(form, "ContentVariables")) };
  return { body: renderTemplate(template, variables), contentSid };
}

function refuseReceiver(
  state: TwilioState,
  account: TwilioAccount,
  { to, from, messagingServiceSid }: Route,
): TwilioReply | undefined {
  const number = bareNumber(to);
  const magic = magicError("message", "to", number);
  if (magic) return refuse(magic, number);
  if (!isWhatsapp(to) && !account.smsTo.some((code) => number.startsWith(`+${code}`)))
    return refuse(21408, number);
  if (account.type === "Trial" && !isOwnOrVerified(account, number)) return refuse(21608, number);
  const refused = refusalOf(state, number);
  if (refused || isWhatsapp(to)) return refused;
  const scope = messagingServiceSid ?? scopeOf(account, from ?? "");
  return isOptedOut(state, account, scope, to) ? refuse(21610, to) : undefined;
}

function refuseSender(
  state: TwilioState,
  account: TwilioAccount,
  from: string | null,
): TwilioReply | undefined {
  if (from === null || account.senderQueue === null) return undefined;
  const waiting = state.messages.filter(
    (each) => each.from === from && ["queued", "sending"].includes(each.status),
  );
  return waiting.length >= account.senderQueue ? refuse(21611, from) : undefined;
}

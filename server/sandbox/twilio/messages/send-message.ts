// A message from the moment it is taken to its last status, each told to whoever wants to know. Begun by the API and by answers
// to messages that came in.
import type { Session } from "../create-session.ts";
import type { Delivery } from "../phones/phone-script.ts";
import type { TwilioState } from "../twilio-state.ts";
import type { TwilioAccount } from "../twilio-types.ts";
import { API_VERSION } from "../voice/call-params.ts";
import { chooseSender } from "./choose-sender.ts";
import { countSegments } from "./count-segments.ts";
import { bareNumber, isWhatsapp, type MessageStatus, type TwilioMessage } from "./message-types.ts";

export interface NewMessage {
  account: TwilioAccount;
  direction: "outbound-api" | "outbound-reply";
  to: string;
  /** null: the messaging service chooses. */
  from: string | null;
  messagingServiceSid: string | null;
  body: string;
  media: string[];
  contentSid: string | null;
  statusCallback: string | null;
  sendAt: number | null;
}

const QUEUED_MS = 100;
const SENDING_MS = 200;
const SENT_MS = 400;
const DELIVERED_MS = 1_500;
const READ_MS = 3_000;
const LANDLINE = 30006;
const WINDOW_SHUT = 63016;
const WINDOW_MS = 24 * 60 * 60 * 1_000;

/** As it is taken; the rest goes on in the background. */
export function sendMessage(state: TwilioState, given: NewMessage): TwilioMessage {
  const { account, ...rest } = given;
  const sid = state.newSid(given.media.length > 0 ? "MM" : "SM");
  const session = state.newSession(sid);
  const now = session.now();
  const message: TwilioMessage = {
    ...rest,
    sid,
    accountSid: account.sid,
    status: given.sendAt !== null ? "scheduled" : given.from === null ? "accepted" : "queued",
    errorCode: null,
    segments: given.from === null ? 0 : countSegments(given.body),
    ...{ createdAt: now, updatedAt: now, sentAt: null },
  };
  state.messages.push(message);
  state.touch();
  if (given.sendAt === null) state.track(deliver(state, account, message, session));
  else void deliverLater(state, account, message, session);
  return message;
}

/** A scheduled message waits for its time on the clock, whatever the speed; it is not under way before. */
async function deliverLater(
  state: TwilioState,
  account: TwilioAccount,
  message: TwilioMessage,
  session: Session,
): Promise<void> {
  const { era } = state;
  try {
    await session.wait((message.sendAt ?? 0) - session.now(), era, "real");
  } catch (thrown) {
    if (!era.aborted) throw thrown;
    return;
  }
  if (message.status === "scheduled") state.track(deliver(state, account, message, session));
}

async function deliver(
  state: TwilioState,
  account: TwilioAccount,
  message: TwilioMessage,
  session: Session,
): Promise<void> {
  const { era } = state;
  const move = async (ms: number, status: MessageStatus, errorCode: number | null = null): Promise<void> => {
    await session.wait(ms, era);
    moveMessage(state, account, message, { status, errorCode, at: session.now() });
  };
  try {
    if (message.from === null) {
      await session.wait(QUEUED_MS, era);
      const chosen = chooseFrom(state, account, message);
      await move(0, chosen ? "queued" : "failed", chosen ? null : 21703);
      if (!chosen) return;
    }
    await move(SENDING_MS, "sending");
    const end = howItEnds(state, message, session.now());
    if (typeof end === "object" && "failed" in end) return await move(SENT_MS, "failed", end.failed);
    message.sentAt = session.now() + SENT_MS;
    await move(SENT_MS, "sent");
    if (typeof end === "object") return await move(DELIVERED_MS, "undelivered", end.undelivered);
    if (end !== "sent") await move(DELIVERED_MS, "delivered");
    state.arrived(message, session);
    if (end === "read") await move(READ_MS, "read");
  } catch (thrown) {
    if (!era.aborted) throw thrown;
  } finally {
    state.webhooks.release(message.sid);
  }
}

/** False when the service has no sender for this contact. */
function chooseFrom(state: TwilioState, account: TwilioAccount, message: TwilioMessage): boolean {
  const service = account.services.find(({ sid }) => sid === message.messagingServiceSid);
  const sender = service && chooseSender(state, service, message.to);
  if (sender === undefined) return false;
  message.from = sender;
  message.segments = countSegments(message.body);
  return true;
}

/** On WhatsApp a text of one's own is for 24 hours after the contact wrote; a template is for any time. */
function howItEnds(state: TwilioState, message: TwilioMessage, now: number): Delivery {
  const { script } = state.person(bareNumber(message.to));
  if (!isWhatsapp(message.to)) return script.landline ? { undelivered: LANDLINE } : script.sms;
  if (message.contentSid !== null || hasWindow(state, message, now)) return script.whatsapp;
  return { failed: WINDOW_SHUT };
}

export function hasWindow(
  state: TwilioState,
  { from, to }: Pick<TwilioMessage, "from" | "to">,
  now: number,
): boolean {
  const wrote = state.windows.get(`${from} ${to}`);
  return wrote !== undefined && now - wrote < WINDOW_MS;
}

function moveMessage(
  state: TwilioState,
  account: TwilioAccount,
  message: TwilioMessage,
  { status, errorCode, at }: { status: MessageStatus; errorCode: number | null; at: number },
): void {
  Object.assign(message, { status, errorCode, updatedAt: at });
  state.touch();
  if (message.statusCallback === null) return;
  state.webhooks.tell({
    ...{ account, kind: "message-status", sid: message.sid, group: message.sid, method: "POST" },
    url: message.statusCallback,
    final: ["undelivered", "failed", "read"].includes(status),
    params: statusParams(message),
  });
}

function statusParams(message: TwilioMessage): Record<string, string> {
  const { sid, status, errorCode, from, to, accountSid, messagingServiceSid } = message;
  return {
    ...{ MessageSid: sid, SmsSid: sid, MessageStatus: status, SmsStatus: status },
    ...{ AccountSid: accountSid, From: from ?? "", To: to, ApiVersion: API_VERSION },
    ...(messagingServiceSid !== null && { MessagingServiceSid: messagingServiceSid }),
    ...(errorCode !== null && { ErrorCode: String(errorCode) }),
    ...(isWhatsapp(to) && {
      ChannelPrefix: "whatsapp",
      ChannelToAddress: to,
      EventType: status.toUpperCase(),
    }),
  };
}

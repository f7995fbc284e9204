// What everything that works on an outreach's messages shares: its story, how one message is asked for, and how the
// outreach stands as an answer to the core, with the time of the next question.
import type { MessageListInstanceCreateOptions } from "twilio/lib/rest/api/v2010/account/message.js";
import { toE164 } from "../../base/phone-numbers.ts";
import { carrierEventsOf } from "../carrier-events.ts";
import type { ChannelOrder, ProviderAnswer } from "../channel.ts";
import { callbackBase, remember } from "./call-context.ts";
import { foldMessages } from "./fold-messages.ts";
import { type MessagePlan, messageEvent, readMessageEvents, statusEvent } from "./message-events.ts";
import { type MessageState, type MessageStory, readMessages } from "./read-messages.ts";
import type { TwilioMessage } from "./twilio-answers.ts";
import { clientOf } from "./twilio-client.ts";
import { accountOf, type TwilioDeps } from "./twilio-deps.ts";
import { twilioUrl } from "./twilio-routes.ts";

/** Undefined when Twilio was never asked to send anything. */
export async function messagesOf(deps: TwilioDeps, order: ChannelOrder): Promise<MessageStory | undefined> {
  return readMessages(readMessageEvents(await carrierEventsOf(deps.db, order.engagementId)));
}

/** Most characters Twilio takes in one message. */
export const MOST_CHARACTERS = 1_600;
/** Longest a text may wait at Twilio, ms. */
const VALID_MS = 3_600_000;

export const addressOf = (channel: MessagePlan["channel"], e164: string): string =>
  channel === "wmsg" ? `whatsapp:${e164}` : e164;

/** The number a message went out from, as it is kept with its state. */
export function sentFrom(address: string | null | undefined): { readonly from?: string } {
  const from = toE164(address?.replace(/^whatsapp:/i, ""));
  return from === undefined ? {} : { from };
}

/** Hands one part to Twilio and keeps its id. @throws GatewayError of the client. */
export async function sendPart(
  deps: TwilioDeps,
  order: ChannelOrder,
  plan: MessagePlan,
  part: { readonly ref: string; readonly text: string; readonly template: MessagePlan["template"] },
): Promise<TwilioMessage> {
  const client = clientOf(deps, accountOf(deps, order.tenant));
  const validityPeriod = plan.channel === "sms" ? await validFor(deps, order) : undefined;
  const message = await client.sendMessage({
    ...messageOptions(deps, order, plan, part),
    ...(validityPeriod === undefined ? {} : { validityPeriod }),
  });
  await keepSent(deps, order, part, message);
  return message;
}

/**
 * Seconds: later it could go out at an hour at which the contact may not be written to. What goes out at such an hour (an
 * answer to what they just wrote) may wait.
 */
async function validFor(deps: TwilioDeps, order: ChannelOrder): Promise<number> {
  const open = (await deps.rulesNow?.openFor(order, VALID_MS)) || VALID_MS;
  return open / 1_000;
}

export async function keepSent(
  deps: TwilioDeps,
  order: ChannelOrder,
  { ref, text }: { readonly ref: string; readonly text: string },
  { sid, status, errorCode: code, from }: TwilioMessage,
): Promise<void> {
  const now = deps.clock.now();
  await remember(
    deps,
    order,
    messageEvent("message.sent", sid, now, { sid, ref, text }),
    statusEvent({ sid, ref, status, code, ...sentFrom(from) }, now),
  );
}

function messageOptions(
  deps: TwilioDeps,
  order: ChannelOrder,
  plan: MessagePlan,
  { ref, text, template }: Parameters<typeof sendPart>[3],
): MessageListInstanceCreateOptions {
  const base = callbackBase(deps);
  const route = { kind: "message-status", engagementId: order.engagementId, ref } as const;
  return {
    to: addressOf(plan.channel, plan.contact),
    ...(plan.service === null
      ? { from: addressOf(plan.channel, plan.from ?? "") }
      : { messagingServiceSid: plan.service }),
    ...(template === null
      ? { body: text }
      : { contentSid: template.sid, contentVariables: JSON.stringify(template.variables) }),
    ...(base === undefined ? {} : { statusCallback: twilioUrl(base, deps.linkKey, route) }),
  };
}

export async function answerMessages(
  deps: TwilioDeps,
  order: ChannelOrder,
  reference: string,
): Promise<ProviderAnswer> {
  const story = await messagesOf(deps, order);
  const now = deps.clock.now();
  if (!story) return { reference, snapshot: null, nextPollAt: now + FIRST_MS };
  const snapshot = foldMessages(story, order);
  const callbacks = callbackBase(deps) !== undefined;
  const waits = story.messages.filter(({ settled }) => !settled);
  const pauses = waits.map((message) => pauseFor(message, callbacks, now));
  return {
    reference: story.opening?.sid ?? reference,
    snapshot,
    nextPollAt: waits.length === 0 ? null : now + Math.min(...pauses),
  };
}

const FIRST_MS = 5_000;
const MOST_MS = 60_000;
/** After so long without another word, "sent" was the last one, and anything else takes its time. */
export const SETTLES_MS = 10 * 60_000;

/** Often at first, ever more seldom; where Twilio calls the gateway, asking is only for what got lost. */
function pauseFor({ sentAt, status }: MessageState, callbacks: boolean, now: number): number {
  const age = now - sentAt;
  if (age >= SETTLES_MS && status !== "sent") return SETTLES_MS;
  const pause = Math.min(MOST_MS, Math.max(FIRST_MS, age / 3));
  return callbacks ? MOST_MS : Math.round(pause);
}

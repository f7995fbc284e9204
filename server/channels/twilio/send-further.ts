// Sends a further message within an outreach: an agent's reply, an automated answer, a confirmation. It goes out from the
// sender the contact knows; long ones in parts, each of them once.
import { GatewayError } from "../../base/errors.ts";
import type { ChannelOrder, OutgoingMessage, SentMessage } from "../channel.ts";
import { remember } from "./call-context.ts";
import { findPart } from "./find-message.ts";
import { answerMessages, MOST_CHARACTERS, messagesOf, sendPart } from "./message-context.ts";
import { furtherRef, type MessagePlan, messageEvent } from "./message-events.ts";
import { mayWriteFreely } from "./send-opening.ts";
import type { TwilioDeps } from "./twilio-deps.ts";

/** @throws GatewayError as the channel port says of a start. */
export async function sendFurther(
  deps: TwilioDeps,
  order: ChannelOrder,
  message: OutgoingMessage,
): Promise<SentMessage> {
  const plan = await planOf(deps, order);
  if (plan.channel === "wmsg" && !(await mayWriteFreely(deps, deps.db, order, plan.from ?? "")))
    throw new GatewayError("provider_refused", { sentence: WINDOW_SHUT });
  const known = new Map((await messagesOf(deps, order))?.messages.map((state) => [state.ref, state]));
  let first: SentMessage | undefined;
  for (const part of partsOf(deps, message)) {
    const there = known.get(part.ref);
    const sent = there ?? (await sendPart(deps, order, plan, part));
    first ??= { reference: sent.sid, at: there?.sentAt ?? deps.clock.now() };
  }
  if (first) return withNextPoll(deps, order, first);
  throw new GatewayError("provider_refused", { sentence: "There is nothing to send." });
}

/** null: nothing of it was certainly sent, or not all: then sending again goes on where it was. */
export async function findFurther(
  deps: TwilioDeps,
  order: ChannelOrder,
  message: OutgoingMessage,
): Promise<SentMessage | null> {
  const plan = await planOf(deps, order);
  let first: SentMessage | undefined;
  for (const part of partsOf(deps, message)) {
    const found = await findPart(deps, order, plan, part, message.since);
    if (!found) return null;
    first ??= { reference: found.sid, at: found.sentAt };
  }
  return first ? withNextPoll(deps, order, first) : null;
}

async function withNextPoll(deps: TwilioDeps, order: ChannelOrder, sent: SentMessage): Promise<SentMessage> {
  const { nextPollAt } = await answerMessages(deps, order, sent.reference);
  return { ...sent, nextPollAt };
}

const WINDOW_SHUT =
  "The contact has not written on WhatsApp in the last 24 hours, so WhatsApp does not take free text. Start a new outreach with a template instead.";

const partsOf = (deps: TwilioDeps, { id, text }: OutgoingMessage) =>
  deps
    .splitText(text, MOST_CHARACTERS)
    .map((part, index) => ({ ref: furtherRef(id, index), text: part, template: null }));

/** Who wrote first is answered from the number they wrote to; that is kept like the plan of an opening that never was. */
async function planOf(deps: TwilioDeps, order: ChannelOrder): Promise<MessagePlan> {
  const story = await messagesOf(deps, order);
  if (story) return story.plan;
  const { attempt, contact, fromNumber: from } = order;
  const channel = order.channel === "wmsg" ? "wmsg" : "sms";
  const { numbers, whatsappNumbers, services, others } = deps.ownSenders(order.tenant);
  const isOwn = (channel === "wmsg" ? whatsappNumbers : numbers).some((number) => number === from);
  const mayBePool = channel === "sms" && services.length > 0 && !others.numbers.some((one) => one === from);
  if (from === null || !(isOwn || mayBePool))
    throw new GatewayError("wrong_state", { sentence: "Nothing was sent to this contact yet." });
  const plan = { attempt, channel, contact, from, service: null, text: "", template: null } as const;
  await remember(deps, order, messageEvent("message.plan", String(attempt), deps.clock.now(), plan));
  return plan;
}

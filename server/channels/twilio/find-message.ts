// Looks for a message whose sending was asked for but whose answer was lost. Twilio lists messages by who they are for; the
// text and the sender tell which it is, and those that other outreaches know are theirs.
import { GatewayError } from "../../base/errors.ts";
import type { ChannelOrder, ProviderAnswer } from "../channel.ts";
import { remember } from "./call-context.ts";
import { CLOCK_SKEW_MS, KNOWN_MS, waitForLists } from "./find-call.ts";
import { findKnownSids } from "./find-known-sids.ts";
import { addressOf, answerMessages, keepSent, messagesOf } from "./message-context.ts";
import { type MessagePlan, messageEvent, openingRef } from "./message-events.ts";
import type { MessageState } from "./read-messages.ts";
import type { TwilioMessage } from "./twilio-answers.ts";
import { clientOf } from "./twilio-client.ts";
import { accountOf, type TwilioDeps } from "./twilio-deps.ts";

/** As the channel port says of findStart. */
export async function findOpening(
  deps: TwilioDeps,
  order: ChannelOrder,
  since: number,
): Promise<ProviderAnswer | null> {
  const story = await messagesOf(deps, order);
  // Without a plan Twilio was never asked.
  if (!story) return null;
  const { plan, plannedAt } = story;
  const part = { ref: openingRef(plan), text: plan.text, template: plan.template };
  // The plan was stored right before Twilio was asked; whoever looks may know less well when that was.
  const found = await findPart(deps, order, plan, part, Math.min(since, plannedAt));
  return found ? answerMessages(deps, order, "") : null;
}

/**
 * Undefined: it was certainly not sent. `since`: when it was first tried, epoch ms.
 * @throws GatewayError provider_fate_unknown when several could be it, or the client's.
 */
export async function findPart(
  deps: TwilioDeps,
  order: ChannelOrder,
  plan: MessagePlan,
  part: { readonly ref: string; readonly text: string; readonly template: MessagePlan["template"] },
  since: number,
): Promise<Pick<MessageState, "sid" | "sentAt"> | undefined> {
  const known = (await messagesOf(deps, order))?.messages ?? [];
  const told = known.find(({ ref }) => ref === part.ref);
  // Twilio told how it stands before it answered that it took it.
  if (told) return keepTold(deps, order, part, told);
  await waitForLists(deps, since);
  const listed = await clientOf(deps, accountOf(deps, order.tenant)).messagesTo(
    addressOf(plan.channel, plan.contact),
  );
  const others = await findKnownSids(deps.db, order.engagementId, "message.sent", since - KNOWN_MS);
  const own = new Set(known.map(({ sid }) => sid));
  const ours = listed.filter(
    (message) => couldBe(message, plan, part, since) && !others.has(message.sid) && !own.has(message.sid),
  );
  if (ours.length > 1) throw new GatewayError("provider_fate_unknown", { sentence: SEVERAL });
  const [message] = ours;
  if (!message) return undefined;
  await keepSent(deps, order, part, message);
  return { sid: message.sid, sentAt: message.dateCreated ?? deps.clock.now() };
}

async function keepTold(
  deps: TwilioDeps,
  order: ChannelOrder,
  { ref, text }: { readonly ref: string; readonly text: string },
  told: MessageState,
): Promise<MessageState> {
  const { sid } = told;
  if (told.text === null)
    await remember(deps, order, messageEvent("message.sent", sid, told.sentAt, { sid, ref, text }));
  return told;
}

const SEVERAL =
  "Twilio has several messages that could be this one, so it is not known whether it was sent. Look into Twilio's message log, then resume it here or cancel it.";

function couldBe(
  message: TwilioMessage,
  plan: MessagePlan,
  { text, template }: { readonly text: string; readonly template: MessagePlan["template"] },
  since: number,
): boolean {
  if (message.direction === "inbound") return false;
  if (message.dateCreated !== null && message.dateCreated < since - CLOCK_SKEW_MS) return false;
  const fromUs =
    plan.service === null
      ? message.from === addressOf(plan.channel, plan.from ?? "")
      : message.messagingServiceSid === plan.service;
  // A trial account puts words of Twilio's before the text; a template's wording only Twilio knows.
  return fromUs && (template !== null || message.body.endsWith(text));
}

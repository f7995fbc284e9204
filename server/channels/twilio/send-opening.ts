// Starts an outreach by message: plans its opening, stores the plan, hands it to Twilio. Twilio has no idempotency
// key, so when an answer is lost, its lists tell whether the message exists.
import { GatewayError, RETRY_LATER } from "../../base/errors.ts";
import type { DbOrTrx } from "../../db/schema.ts";
import type { ChannelOrder, ProviderAnswer } from "../channel.ts";
import { remember } from "./call-context.ts";
import {
  chooseSender,
  fillTemplate,
  fittingTemplate,
  noTemplate,
  templateText,
  windowIsOpen,
} from "./choose-sender.ts";
import { findPart } from "./find-message.ts";
import { answerMessages, messagesOf, sendPart } from "./message-context.ts";
import { type MessagePlan, messageEvent, openingRef } from "./message-events.ts";
import { refuseDeafNumber } from "./refuse-deaf-number.ts";
import type { TwilioAccount } from "./twilio-account.ts";
import { accountOf, type TwilioDeps } from "./twilio-deps.ts";

/** @throws GatewayError as the channel port says of start; invalid_phone for a number known to receive no texts. */
export async function sendOpening(deps: TwilioDeps, order: ChannelOrder): Promise<ProviderAnswer> {
  const now = deps.clock.now();
  const planned = await planMessage(deps, accountOf(deps, order.tenant), order);
  await remember(deps, order, messageEvent("message.plan", String(planned.attempt), now, planned));
  // The same try again (after a crash) goes by the plan it had.
  const story = await messagesOf(deps, order);
  const plan = story?.plan ?? planned;
  if (!story?.opening) await sendOnce(deps, order, plan, now);
  return answerMessages(deps, order, "");
}

async function sendOnce(
  deps: TwilioDeps,
  order: ChannelOrder,
  plan: MessagePlan,
  since: number,
): Promise<void> {
  const { tenant, contact } = order;
  if (plan.channel === "sms") await refuseDeafNumber(deps.db, { tenant, contact, now: since });
  const part = { ref: openingRef(plan), text: plan.text, template: plan.template };
  try {
    await sendPart(deps, order, plan, part);
  } catch (error) {
    if (!(error instanceof GatewayError) || error.code !== "provider_fate_unknown") throw error;
    if (await findPart(deps, order, plan, part, since)) return;
    throw new GatewayError("provider_unavailable", {
      sentence: "Twilio gave no clear answer, and the message is not in its list: it was not sent.",
      retry: RETRY_LATER,
      cause: error,
    });
  }
}

/** @throws GatewayError channel_unavailable without a sender, or where WhatsApp wants a template and none fits. */
async function planMessage(
  deps: TwilioDeps,
  account: TwilioAccount,
  order: ChannelOrder,
): Promise<MessagePlan> {
  const channel = order.channel === "wmsg" ? "wmsg" : "sms";
  const sender = chooseSender(channel, account, deps.sender(order.tenant, order.userId));
  const base = { attempt: order.attempt, channel, contact: order.contact, ...sender } as const;
  const needsTemplate =
    channel === "wmsg" && !(await mayWriteFreely(deps, deps.db, order, sender.from ?? ""));
  if (!needsTemplate) return { ...base, text: deps.openingText(order, { optOutHint: true }), template: null };
  const template = fittingTemplate(account.whatsappTemplates, order.type);
  if (!template) throw noTemplate();
  const variables = fillTemplate(template, order);
  const text = templateText(template.name, variables);
  return { ...base, text, template: { sid: template.content_sid, variables } };
}

/** WhatsApp alone asks: has the contact written lately? */
export async function mayWriteFreely(
  deps: TwilioDeps,
  db: DbOrTrx,
  order: Pick<ChannelOrder, "tenant" | "contact">,
  sender: string,
): Promise<boolean> {
  return windowIsOpen(await deps.lastInboundAt(db, order.tenant, sender, order.contact), deps.clock.now());
}

// Asks Twilio how the messages of an outreach stand and stores what it says; and takes in what it tells by itself.
import { GatewayError } from "../../base/errors.ts";
import type { ChannelOrder, ProviderAnswer } from "../channel.ts";
import { remember } from "./call-context.ts";
import { MESSAGE_SID, param, sidParam, type TwilioParams, wholeParam } from "./callback-params.ts";
import { isOptOut } from "./fold-messages.ts";
import { answerMessages, messagesOf, SETTLES_MS, sentFrom } from "./message-context.ts";
import { messageEvent, statusEvent } from "./message-events.ts";
import type { MessageState } from "./read-messages.ts";
import type { CallbackResult, OutreachRoute } from "./twilio-callbacks.ts";
import { clientOf, type TwilioClient } from "./twilio-client.ts";
import { accountOf, type TwilioDeps } from "./twilio-deps.ts";

/** @throws GatewayError of the client. */
export async function reconcileMessages(
  deps: TwilioDeps,
  order: ChannelOrder,
  reference: string,
): Promise<ProviderAnswer> {
  const client = clientOf(deps, accountOf(deps, order.tenant));
  const story = await messagesOf(deps, order);
  for (const { sid, ref, settled } of story?.messages ?? [])
    if (!settled) await readMessage(deps, client, order, { sid, ref });
  return answerMessages(deps, order, reference);
}

async function readMessage(
  deps: TwilioDeps,
  client: TwilioClient,
  order: ChannelOrder,
  { sid, ref }: { readonly sid: string; readonly ref: string | null },
): Promise<void> {
  const { status, errorCode: code, from, dateSent, dateCreated } = await client.message(sid);
  const now = deps.clock.now();
  const sentFor = now - (dateSent ?? dateCreated ?? now);
  const last = status === "sent" && sentFor >= SETTLES_MS;
  await remember(
    deps,
    order,
    statusEvent({ sid, ref, status, code, ...sentFrom(from) }, now),
    // Not every carrier says that a message arrived.
    ...(last ? [messageEvent("message.assumed", sid, now, { sid })] : []),
  );
}

type StatusRoute = Extract<OutreachRoute, { kind: "message-status" }>;

export async function takeMessageStatus(
  deps: TwilioDeps,
  order: ChannelOrder,
  { ref }: StatusRoute,
  params: TwilioParams,
  now: number,
): Promise<CallbackResult> {
  const sid = sidParam(params, "MessageSid", MESSAGE_SID) ?? sidParam(params, "SmsSid", MESSAGE_SID);
  const status = (param(params, "MessageStatus") ?? param(params, "SmsStatus"))?.toLowerCase();
  const code = wholeParam(params, "ErrorCode") || null;
  const events =
    sid === undefined || status === undefined
      ? []
      : [statusEvent({ sid, ref, status, code, ...sentFrom(param(params, "From")) }, now)];
  const stored = await remember(deps, order, ...events);
  const message = (await messagesOf(deps, order))?.messages.find((each) => each.sid === sid);
  const answer = await answerMessages(deps, order, sid ?? "");
  const wish = message && isOptOut(message) ? ({ wish: "opt_out" } as const) : {};
  return { stored, answer, twiml: null, ...wish };
}

/** States in which Twilio still holds a message back. */
const HELD = new Set(["accepted", "scheduled", "queued"]);

/** Takes back what Twilio has not sent yet; what is out is out, and nothing more follows. */
export async function cancelMessages(
  deps: TwilioDeps,
  order: ChannelOrder,
  reference: string,
): Promise<ProviderAnswer> {
  const client = clientOf(deps, accountOf(deps, order.tenant));
  const story = await messagesOf(deps, order);
  if (story?.opening && HELD.has(story.opening.status)) await takeBack(deps, client, order, story.opening);
  await remember(deps, order, messageEvent("message.cancel", "", deps.clock.now(), {}));
  return answerMessages(deps, order, reference);
}

async function takeBack(
  deps: TwilioDeps,
  client: TwilioClient,
  order: ChannelOrder,
  { sid, ref }: MessageState,
): Promise<void> {
  try {
    const { status, errorCode: code } = await client.cancelMessage(sid);
    await remember(deps, order, statusEvent({ sid, ref, status, code }, deps.clock.now()));
  } catch (error) {
    // It went out meanwhile.
    if (!(error instanceof GatewayError) || error.code !== "provider_refused") throw error;
  }
}

// Outreach carried by Twilio: calls with the agent on the line first, announcements, texts and WhatsApp. What Twilio told is
// kept in the store, and every answer is that store folded; so lost, doubled and disordered callbacks, polls and restarts
// lead to the same end.
import { isVoice } from "../../../shared/values.ts";
import { GatewayError } from "../../base/errors.ts";
import { carrierEventsOf } from "../carrier-events.ts";
import type { ChannelOrder, ChannelProvider } from "../channel.ts";
import { remember, storyOf } from "./call-context.ts";
import { callEvent, readCallEvents } from "./call-events.ts";
import { takeVerification } from "./caller-ids.ts";
import { createCallTurns } from "./calls-per-second.ts";
import { cancelCall } from "./cancel-call.ts";
import { createCallerIdCheck } from "./check-caller-id.ts";
import { findCall } from "./find-call.ts";
import { findElsewhere } from "./find-elsewhere.ts";
import { findOpening } from "./find-message.ts";
import { findObjection } from "./find-objection.ts";
import { placeCall } from "./place-call.ts";
import { callMode } from "./plan-call.ts";
import { eventsOf } from "./read-leg.ts";
import { reconcileCall } from "./reconcile-call.ts";
import { cancelMessages, reconcileMessages, takeMessageStatus } from "./reconcile-messages.ts";
import { findFurther, sendFurther } from "./send-further.ts";
import { sendOpening } from "./send-opening.ts";
import { takeVoiceCallback } from "./take-voice-callback.ts";
import type { SaidTurn, TwilioCallbacks } from "./twilio-callbacks.ts";
import { accountOf, type TwilioDeps } from "./twilio-deps.ts";

export function createTwilio(deps: TwilioDeps): ChannelProvider & TwilioCallbacks {
  const turns = createCallTurns(() => deps.clock.monotonic());
  const callerIds = createCallerIdCheck(() => deps.clock.now());
  const voice = ({ channel }: Pick<ChannelOrder, "channel">): boolean => isVoice(channel);
  return {
    name: "twilio",
    // Twilio has no idempotency key; findStart tells what became of a start.
    startIsIdempotent: false,
    reachesPeople: true,
    start: (order) => (voice(order) ? placeCall(deps, callerIds, order) : sendOpening(deps, order)),
    poll: (order, reference) =>
      voice(order) ? reconcileCall(deps, order, reference) : reconcileMessages(deps, order, reference),
    pause: async (order) => {
      throw new GatewayError("wrong_state", { sentence: voice(order) ? NO_CALL_PAUSE : NO_MESSAGE_PAUSE });
    },
    // Nothing is ever paused there, so going on is looking how it stands.
    resume: (order, reference) =>
      voice(order) ? reconcileCall(deps, order, reference) : reconcileMessages(deps, order, reference),
    cancel: (order, reference) =>
      voice(order) ? cancelCall(deps, order, reference) : cancelMessages(deps, order, reference),
    objection: (order, db) => findObjection(deps, order, db),
    takeTurn: (order) => (voice(order) ? turns.take(accountOf(deps, order.tenant)) : 0),
    perAgent: (tenant, channel, type?: ChannelOrder["type"]) => agentPlaces(deps, { tenant, channel, type }),
    findStart: (order, since) =>
      voice(order) ? findCall(deps, order, since) : findOpening(deps, order, since),
    findElsewhere: (order, since) => findElsewhere(deps, callerIds, order, since),
    send: (order, _reference, message) => sendFurther(deps, order, message),
    findSent: (order, _reference, message) => findFurther(deps, order, message),
    takeCallback: (order, route, params, at) =>
      route.kind === "voice"
        ? takeVoiceCallback(deps, order, route, params, at)
        : takeMessageStatus(deps, order, route, params, at),
    noteSaid: (order, turn, said) => noteSaid(deps, order, turn, said),
    saidInTurn: (order, turn) => saidInTurn(deps, order, turn),
    takeVerification: (tenant, params) => takeVerification(deps, callerIds, tenant, params),
  };
}

const NO_CALL_PAUSE = "A call cannot be paused. Let it go on, or cancel it.";
const NO_MESSAGE_PAUSE =
  "A message that was handed to Twilio cannot be paused. Cancel it, or take the conversation over.";

/** An agent has one phone; where only a machine talks, none is needed. Without a type the agent may be. */
function agentPlaces(
  deps: TwilioDeps,
  {
    tenant,
    channel,
    type,
  }: Pick<ChannelOrder, "tenant" | "channel"> & { readonly type: ChannelOrder["type"] | undefined },
): number | undefined {
  if (!isVoice(channel)) return undefined;
  const account = deps.account(tenant);
  if (type === undefined || !account) return 1;
  return callMode(deps, account, { tenant, channel, type }) === "bridge" ? 1 : undefined;
}

async function noteSaid(deps: TwilioDeps, order: ChannelOrder, turn: number, said: SaidTurn): Promise<void> {
  const story = await storyOf(deps, order);
  if (!story?.first) return;
  const { sid } = story.first;
  const data = { attempt: story.plan.attempt, sid, turn, ...said };
  await remember(deps, order, callEvent("call.said", `${sid}:${turn}`, deps.clock.now(), data));
}

async function saidInTurn(
  deps: TwilioDeps,
  order: ChannelOrder,
  turn: number,
): Promise<SaidTurn | undefined> {
  const story = await storyOf(deps, order);
  const events = readCallEvents(await carrierEventsOf(deps.db, order.engagementId));
  return eventsOf(events, "call.said").find(
    ({ data }) => data.turn === turn && data.sid === story?.first?.sid,
  )?.data;
}

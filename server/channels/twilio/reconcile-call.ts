// Asks Twilio how a call stands and stores what it says: what callbacks were lost, or were never to come. What the records
// say of a leg that is over is the last word on it.
import { GatewayError } from "../../base/errors.ts";
import type { CarrierEvent } from "../carrier-events.ts";
import type { ChannelOrder, ProviderAnswer } from "../channel.ts";
import { actOnCall } from "./act-on-call.ts";
import { answerCall, remember, storyOf } from "./call-context.ts";
import { callEvent, type LegWord, legEvent } from "./call-events.ts";
import { failedLeg } from "./decide-call.ts";
import { type CallStory, wasDialled } from "./read-call.ts";
import { readCallFailure } from "./read-call-failure.ts";
import { isOver } from "./read-leg.ts";
import type { TwilioCall } from "./twilio-answers.ts";
import { clientOf, type TwilioClient } from "./twilio-client.ts";
import { accountOf, type TwilioDeps } from "./twilio-deps.ts";

/** Twilio's record of a leg as a word to store. */
export function legOfRecord(
  attempt: number,
  leg: LegWord["leg"],
  call: TwilioCall,
  now: number,
): CarrierEvent {
  const { sid, status, duration, answeredBy, dateCreated: createTime, endTime } = call;
  const over = isOver(status);
  const at = over && endTime !== null ? Math.min(endTime, now) : now;
  const word = {
    attempt,
    sid,
    leg,
    status,
    duration,
    answeredBy,
    createTime,
    endTime: over ? endTime : null,
  };
  return legEvent({ ...word, sequence: null, sip: null, code: null, polled: true }, at);
}

/** @throws GatewayError of the client; provider_refused for a call nothing is known of. */
export async function reconcileCall(
  deps: TwilioDeps,
  order: ChannelOrder,
  reference: string,
): Promise<ProviderAnswer> {
  const client = clientOf(deps, accountOf(deps, order.tenant));
  await readRecords(deps, client, order, reference);
  const story = await storyOf(deps, order);
  if (story) await actOnCall(deps, order, story);
  return answerCall(deps, order, reference);
}

/** The records alone, without doing anything in the call. */
export async function readRecords(
  deps: TwilioDeps,
  client: TwilioClient,
  order: ChannelOrder,
  reference: string,
): Promise<void> {
  const story = await storyOf(deps, order);
  if (!story) throw new GatewayError("provider_refused", { sentence: "This call was never placed." });
  const { attempt } = story.plan;
  const read = (leg: LegWord["leg"], call: TwilioCall) => legOfRecord(attempt, leg, call, deps.clock.now());
  if (!story.first?.recordRead) {
    const first = await client.call(story.first?.sid ?? reference);
    await remember(deps, order, read("first", first));
  }
  for (const step of [readLegs, readFailure, readRecordings]) {
    const now = await storyOf(deps, order);
    if (now) await step({ deps, client, order, story: now, read });
  }
}

interface Reading {
  readonly deps: TwilioDeps;
  readonly client: TwilioClient;
  readonly order: ChannelOrder;
  readonly story: CallStory;
  readonly read: (leg: LegWord["leg"], call: TwilioCall) => CarrierEvent;
}

/** A leg just dialled may not be listed yet, ms. */
const LEG_LAG_MS = 5_000;

async function readLegs({ deps, client, order, story, read }: Reading): Promise<void> {
  const { first, contact, plan } = story;
  if (plan.mode !== "bridge" || first === null) return;
  const settled = contact?.recordRead === true || (story.legsListed && contact === null);
  if (settled || !(wasDialled(story) || first.over)) return;
  const legs = await client.legsOf(first.sid);
  await remember(deps, order, ...legs.map((leg) => read("second", leg)));
  const now = deps.clock.now();
  const mayCome = legs.length === 0 && wasDialled(story) && now - (first.endedAt ?? now) < LEG_LAG_MS;
  if (!first.over || mayCome) return;
  const sids = legs.map(({ sid }) => sid).toSorted();
  const data = { attempt: plan.attempt, sid: first.sid, sids };
  await remember(deps, order, callEvent("call.legs", first.sid, now, data));
}

async function readFailure({ deps, client, order, story }: Reading): Promise<void> {
  const leg = failedLeg(story);
  if (!story.first || !leg || leg.failureRead) return;
  const failure = await readCallFailure(client, { sid: leg.sid, placedSid: story.first.sid });
  const data = { attempt: story.plan.attempt, sid: leg.sid, ...failure };
  await remember(deps, order, callEvent("call.failure", leg.sid, deps.clock.now(), data));
}

async function readRecordings({ deps, client, order, story }: Reading): Promise<void> {
  const { first, contact, plan } = story;
  if (plan.notice === null || !first || !contact?.over || story.recordings.length > 0) return;
  const { attempt } = plan;
  const now = deps.clock.now();
  const found = (await client.recordingsOf(first.sid)).filter(({ status }) => status !== "absent");
  await remember(
    deps,
    order,
    ...found.map(({ sid: recording }) =>
      callEvent("call.recording", recording, now, { attempt, sid: first.sid, recording }),
    ),
    callEvent("call.recordings", first.sid, now, { attempt, sid: first.sid }),
  );
}

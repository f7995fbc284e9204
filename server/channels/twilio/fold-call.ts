// A call's stored words as one snapshot. Pure: the same words give the same snapshot in any order and however often they
// came. Called after every callback and every poll.
import type { ChannelOrder, ProviderSnapshot, SnapshotEvent, SnapshotMessage } from "../channel.ts";
import type { CallVerdict } from "./call-verdict.ts";
import { decideCall } from "./decide-call.ts";
import { type CallStory, wasDialled } from "./read-call.ts";
import type { Leg } from "./read-leg.ts";

type Order = Pick<ChannelOrder, "contact" | "attempt" | "agentName" | "personName">;

export interface FoldedCall {
  readonly snapshot: ProviderSnapshot;
  readonly verdict: CallVerdict;
}

/** `recordingUrl`: where a recording of this id can be heard. */
export function foldCall(
  story: CallStory,
  order: Order,
  recordingUrl: (recording: string) => string,
): FoldedCall {
  const verdict = decideCall(story, order);
  const { first, contact } = story;
  const endedAt = contact?.endedAt ?? first?.endedAt ?? story.canceledAt;
  const recording = story.recordings[0];
  const snapshot: ProviderSnapshot = {
    status: verdict.over ? verdict.status : first === null || waits(first) ? "queued" : "in_progress",
    outcome: verdict.over ? verdict.outcome : null,
    summary: verdict.over ? verdict.sentence : null,
    startedAt: story.placedAt,
    completedAt: verdict.over ? endedAt : null,
    duration: verdict.over ? talkTime(contact) : null,
    transcript: transcriptOf(story),
    history: historyOf(story, verdict, endedAt),
    ...(recording === undefined ? {} : { recordingUrl: recordingUrl(recording) }),
    seenAt: story.seenAt,
  };
  return { snapshot, verdict };
}

const waits = ({ status }: Leg): boolean => status === "queued";

/** Of the contact's leg alone: the agent waits longer. */
const talkTime = (contact: Leg | null): number | null =>
  contact?.status === "completed" ? contact.duration : null;

function transcriptOf({ first, speech }: CallStory): SnapshotMessage[] {
  return speech.map(({ turn, at, text, said }) => ({
    at,
    direction: said ? "outbound" : "inbound",
    text,
    key: `${first?.sid ?? ""}:${turn}:${said ? "said" : "heard"}`,
  }));
}

/** Lines depend on what happened, not on how it became known, so that each is written once. */
function historyOf(story: CallStory, verdict: CallVerdict, endedAt: number | null): SnapshotEvent[] {
  const { plan, first, contact, placedAt } = story;
  const bridge = plan.mode === "bridge";
  const line = (at: number | null, event: string, detail: string): SnapshotEvent[] =>
    at === null ? [] : [{ at, event, detail }];
  const dialledAt = bridge && wasDialled(story) ? (story.pressedAt ?? story.orderedAt("dial")) : null;
  return [
    ...line(placedAt, bridge ? "agent_called" : "contact_called", bridge ? AGENT_CALLED : CONTACT_CALLED),
    ...plan.remarks.flatMap((remark) => line(placedAt, "remark", remark)),
    ...(bridge ? line(first?.answeredAt ?? null, "agent_answered", "The agent's phone was answered") : []),
    ...line(story.pressedAt, "agent_pressed_1", "The agent pressed 1"),
    ...line(dialledAt, "contact_called", CONTACT_CALLED),
    ...line(contact?.answeredAt ?? null, "contact_answered", "The contact's phone was answered"),
    ...line(story.orderedAt("announce"), "announcement_started", "The announcement is spoken"),
    ...line(story.orderedAt("voicemail"), "voicemail_started", "The voicemail message is spoken"),
    ...line(story.wantsOutAt, "opt_out_voice", "The contact pressed 9: no more calls"),
    ...line(story.canceledAt, "cancel_told", "Twilio was asked to end the call"),
    ...(verdict.over ? line(endedAt ?? story.seenAt, verdict.event, verdict.sentence) : []),
  ];
}

const AGENT_CALLED = "Called the agent first";
const CONTACT_CALLED = "Called the contact";

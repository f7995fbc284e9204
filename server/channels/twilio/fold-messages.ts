// The stored words about an outreach's messages as one snapshot. Pure. An opening that was delivered ends what expects no
// answer; a conversation goes on until the core closes it.
import type { EngagementStatus } from "../../../shared/values.ts";
import type { ChannelOrder, ProviderSnapshot, SnapshotEvent, SnapshotMessage } from "../channel.ts";
import { furtherIdOf, isOpeningRef } from "./message-events.ts";
import type { MessageState, MessageStory } from "./read-messages.ts";
import { twilioCode } from "./twilio-codes.ts";

type Order = Pick<ChannelOrder, "type" | "inCampaign">;

interface Verdict {
  readonly status: EngagementStatus;
  readonly outcome: string | null;
  readonly summary: string | null;
}

export function foldMessages(story: MessageStory, order: Order): ProviderSnapshot {
  const verdict = judge(story, order);
  const over = ["completed", "failed", "canceled"].includes(verdict.status);
  const optOut = sentenceOfOptOut(story);
  const undelivered = undeliveredOf(story);
  return {
    ...verdict,
    startedAt: story.plannedAt,
    completedAt: over ? endOf(story) : null,
    duration: null,
    transcript: transcriptOf(story),
    history: historyOf(story),
    seenAt: story.seenAt,
    ...(optOut === undefined ? {} : { optOut }),
    ...(undelivered.length === 0 ? {} : { undelivered }),
  };
}

function sentenceOfOptOut({ messages }: MessageStory): string | undefined {
  const refused = messages.find(isOptOut);
  return refused === undefined ? undefined : (failureOf(refused) ?? undefined);
}

/** Long ones go out in parts: one that did not arrive is enough. */
function undeliveredOf({ messages }: MessageStory): { id: string; why: string }[] {
  const failed = new Map<string, string>();
  for (const message of messages) {
    const id = furtherIdOf(message.ref);
    const why = failureOf(message);
    if (id !== undefined && why !== null && !failed.has(id)) failed.set(id, why);
  }
  return [...failed].map(([id, why]) => ({ id, why }));
}

const endOf = ({ opening, canceledAt, seenAt }: MessageStory): number =>
  opening?.settled ? opening.statusAt : (canceledAt ?? seenAt);

/** Why a message was not delivered, for a person; null while it may be. */
export function failureOf(message: MessageState): string | null {
  if (!message.settled || message.delivered) return null;
  if (message.status === "canceled") return "The message was canceled before it went out.";
  return twilioCode(message.code)?.sentence ?? `The message was not delivered${errorOf(message)}.`;
}

const errorOf = ({ code }: MessageState): string => (code === null ? "" : ` (Twilio's error ${code})`);

/** The contact does not want to be written to, as Twilio or WhatsApp know. */
export const isOptOut = (message: MessageState): boolean => twilioCode(message.code)?.means === "opted_out";

function judge(story: MessageStory, order: Order): Verdict {
  const { opening, canceledAt } = story;
  if (opening?.settled && !opening.delivered) return undelivered(opening);
  const optOut = sentenceOfOptOut(story);
  if (optOut !== undefined) return { status: "completed", outcome: "not_interested", summary: optOut };
  if (canceledAt !== null)
    return { status: "canceled", outcome: "canceled", summary: "Nothing more is sent to the contact." };
  if (opening === null) return { status: "queued", outcome: null, summary: null };
  if (!opening.delivered) return { status: "in_progress", outcome: null, summary: null };
  return order.type === "informational" || order.inCampaign
    ? { status: "completed", outcome: "delivered", summary: "The message was delivered." }
    : { status: "in_progress", outcome: "delivered", summary: null };
}

function undelivered(message: MessageState): Verdict {
  const summary = failureOf(message);
  if (message.status === "canceled") return { status: "canceled", outcome: "canceled", summary };
  const means = twilioCode(message.code)?.means;
  if (means === "bad_number") return { status: "completed", outcome: "invalid_phone", summary };
  const rule = means === "opted_out" || means === "do_not_call" ? means : "failed";
  return { status: "failed", outcome: rule, summary };
}

/** Openings alone, earlier tries' included: of further messages whoever had them sent tells. */
function transcriptOf({ messages, opening, plan }: MessageStory): SnapshotMessage[] {
  const openings = messages.filter(({ ref }) => isOpeningRef(ref));
  return openings.toSorted(bySending).flatMap((message) => {
    // Of the opening it is known what it says even where its sending never got an answer.
    const text = message.text ?? (message === opening ? plan.text : null);
    const { sid: key, sentAt: at } = message;
    return text === null ? [] : [{ at, direction: "outbound" as const, text, key }];
  });
}

const bySending = (a: MessageState, b: MessageState): number =>
  a.sentAt - b.sentAt ||
  (a.ref ?? "").localeCompare(b.ref ?? "", "en", { numeric: true }) ||
  a.sid.localeCompare(b.sid);

/** Lines depend on what happened, not on how it became known. */
function historyOf({ messages, opening, plan, plannedAt, canceledAt }: MessageStory): SnapshotEvent[] {
  const used = plan.template === null ? "" : ", with a WhatsApp template";
  const told = messages.flatMap((message) => linesOf(message, message === opening));
  return [
    ...(opening
      ? [{ at: plannedAt, event: "message_sent", detail: `The message was handed to Twilio${used}` }]
      : []),
    ...told,
    ...(canceledAt === null
      ? []
      : [{ at: canceledAt, event: "cancel_told", detail: "Nothing more is sent to the contact" }]),
  ];
}

function linesOf(message: MessageState, isOpening: boolean): SnapshotEvent[] {
  const at = message.statusAt;
  const failure = failureOf(message);
  if (failure !== null)
    return [{ at, event: isOpening ? "message_undelivered" : "reply_undelivered", detail: failure }];
  if (!isOpening || !message.delivered) return [];
  return [{ at, event: "message_delivered", detail: "The message was delivered" }];
}

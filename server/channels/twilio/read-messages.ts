// What all stored words about an outreach's messages say together, in whichever order and however often they came. Pure.
import { type MessageEvent, type MessagePlan, openingRef } from "./message-events.ts";

export interface MessageState {
  readonly sid: string;
  /** Which message it is (message-events.ts); null: not known to be any. */
  readonly ref: string | null;
  /** Twilio's word: the one furthest on. */
  readonly status: string;
  readonly code: number | null;
  /** null: known only from what Twilio told of it. */
  readonly text: string | null;
  readonly sentAt: number;
  /** When its state was told first. */
  readonly statusAt: number;
  /** Nothing more is to come. */
  readonly settled: boolean;
  readonly delivered: boolean;
}

export interface MessageStory {
  readonly plan: MessagePlan;
  readonly plannedAt: number;
  readonly messages: readonly MessageState[];
  /** Of the newest attempt; null until Twilio has it. */
  readonly opening: MessageState | null;
  readonly canceledAt: number | null;
  /** Newest word of all. */
  readonly seenAt: number;
}

/** Undefined while nothing was planned. */
export function readMessages(events: readonly MessageEvent[]): MessageStory | undefined {
  const newest = of(events, "message.plan").toSorted((a, b) => b.data.attempt - a.data.attempt)[0];
  if (!newest) return undefined;
  const plan = newest.data;
  const messages = statesOf(events);
  const cancels = of(events, "message.cancel").map(({ at }) => at);
  return {
    plan,
    plannedAt: newest.at,
    messages,
    opening: messages.find(({ ref }) => ref === openingRef(plan)) ?? null,
    canceledAt: cancels.length === 0 ? null : Math.min(...cancels),
    seenAt: Math.max(...events.map(({ at }) => at)),
  };
}

type Of<K extends MessageEvent["kind"]> = Extract<MessageEvent, { kind: K }>;

function of<K extends MessageEvent["kind"]>(events: readonly MessageEvent[], kind: K): Of<K>[] {
  return events.filter((event): event is Of<K> => event.kind === kind);
}

/** How far each word is; where two ends are told, a delivery that was seen counts. */
const FURTHER = [
  "accepted",
  "scheduled",
  "queued",
  "sending",
  "sent",
  "canceled",
  "failed",
  "undelivered",
  "partially_delivered",
  "delivered",
  "read",
];
const ENDS = new Set(FURTHER.slice(FURTHER.indexOf("canceled")));
const DELIVERED = new Set(["partially_delivered", "delivered", "read"]);

function statesOf(events: readonly MessageEvent[]): MessageState[] {
  const sent = of(events, "message.sent");
  const words = of(events, "message.status");
  const assumed = new Set(of(events, "message.assumed").map(({ data }) => data.sid));
  const sids = new Set([...sent, ...words].map(({ data }) => data.sid));
  return [...sids].toSorted().map((sid) => {
    const own = words.filter(({ data }) => data.sid === sid);
    const order = sent.find(({ data }) => data.sid === sid);
    const last = own.toSorted(furthest)[0]?.data;
    const status = last?.status ?? "queued";
    const refs = [...own.flatMap(({ data }) => data.ref ?? [])].toSorted();
    return {
      sid,
      ref: order?.data.ref ?? refs[0] ?? null,
      status,
      code: last?.code ?? null,
      text: order?.data.text ?? null,
      sentAt: order?.at ?? Math.min(...own.map(({ at }) => at)),
      statusAt: Math.min(
        ...(last ? own.filter(({ data }) => data.status === status) : sent).map(({ at }) => at),
      ),
      settled: ENDS.has(status) || assumed.has(sid),
      delivered: DELIVERED.has(status) || (status === "sent" && assumed.has(sid)),
    };
  });
}

const rank = (status: string): number => FURTHER.indexOf(status);

// An end with a reason says more than the same end without one.
const furthest = (a: Of<"message.status">, b: Of<"message.status">): number =>
  rank(b.data.status) - rank(a.data.status) || (b.data.code ?? 0) - (a.data.code ?? 0);

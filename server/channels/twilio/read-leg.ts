// One leg of a call from everything that was told of it: callbacks in any order, Twilio's own records, what machine detection
// and the search for a failure found. Pure; part of read-call.ts.
import type { CallEvent, LegWord } from "./call-events.ts";

export interface Leg {
  readonly sid: string;
  /** Twilio's word: the first end there was, else how far it has come. */
  readonly status: string;
  readonly over: boolean;
  /** Twilio's own record of its end was read, so nothing more is to come. */
  readonly recordRead: boolean;
  readonly duration: number | null;
  /** human, machine_…, fax, unknown; null: not told. */
  readonly answeredBy: string | null;
  readonly sip: number | null;
  readonly codes: readonly number[];
  /** Twilio's records were searched for why it failed. */
  readonly failureRead: boolean;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  /** When it was made and ended by Twilio's clock. */
  readonly createTime: number | null;
  readonly endTime: number | null;
}

export type CallEventOf<K extends CallEvent["kind"]> = Extract<CallEvent, { kind: K }>;

export function eventsOf<K extends CallEvent["kind"]>(
  events: readonly CallEvent[],
  kind: K,
): CallEventOf<K>[] {
  return events.filter((event): event is CallEventOf<K> => event.kind === kind);
}

export const earliest = (events: readonly { readonly at: number }[]): number | null =>
  events.length === 0 ? null : Math.min(...events.map(({ at }) => at));

const ENDS = new Set(["completed", "busy", "no-answer", "failed", "canceled"]);
const PROGRESS = ["queued", "initiated", "ringing", "in-progress"];
export const isOver = (status: string): boolean => ENDS.has(status);

export function readLegs(events: readonly CallEvent[]): { first: Leg[]; second: Leg[] } {
  const words = eventsOf(events, "call.leg");
  const bySid = Map.groupBy(words, ({ data }) => data.sid);
  const legs = [...bySid].map(([sid, told]) => ({
    leg: told[0]?.data.leg,
    read: readLeg(sid, told, events),
  }));
  const which = (name: LegWord["leg"]) => legs.filter(({ leg }) => leg === name).map(({ read }) => read);
  return { first: which("first"), second: which("second") };
}

function readLeg(sid: string, words: readonly CallEventOf<"call.leg">[], events: readonly CallEvent[]): Leg {
  const end = words.filter(({ data }) => isOver(data.status)).toSorted(byTime)[0];
  const furthest = words.toSorted((a, b) => progress(b.data.status) - progress(a.data.status))[0];
  const status = end?.data.status ?? furthest?.data.status ?? "queued";
  const failures = eventsOf(events, "call.failure").filter(({ data }) => data.sid === sid);
  const ended = words.filter(({ data }) => data.status === status);
  const duration = largest(ended.map(({ data }) => data.duration));
  const endedAt = end?.at ?? null;
  const answered = earliest(words.filter(({ data }) => data.status === "in-progress"));
  return {
    sid,
    status,
    over: end !== undefined,
    recordRead: words.some(({ data }) => data.polled && isOver(data.status)),
    duration,
    answeredBy: readAnsweredBy(sid, words, events),
    sip: largest([...words, ...failures].map(({ data }) => data.sip)),
    codes: [...words.map(({ data }) => data.code ?? 0), ...failures.flatMap(({ data }) => data.codes)].filter(
      (code) => code > 0,
    ),
    failureRead: failures.length > 0,
    answeredAt:
      answered ?? (status === "completed" && endedAt !== null ? endedAt - (duration ?? 0) * 1000 : null),
    endedAt,
    createTime: largest(words.map(({ data }) => data.createTime)),
    endTime: largest(ended.map(({ data }) => data.endTime)),
  };
}

const progress = (status: string): number => PROGRESS.indexOf(status);

// Callbacks are numbered, records are not; the first end counts whatever comes after it.
function byTime(a: CallEventOf<"call.leg">, b: CallEventOf<"call.leg">): number {
  const order = ({ data }: CallEventOf<"call.leg">): number => data.sequence ?? Number.MAX_SAFE_INTEGER;
  return order(a) - order(b) || a.at - b.at || a.data.status.localeCompare(b.data.status);
}

export const largest = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
};

/** Of several verdicts the one that took longest to reach: the end of a greeting says more than its beginning. */
const VERDICTS = [
  "unknown",
  "human",
  "fax",
  "machine_start",
  "machine_end_other",
  "machine_end_silence",
  "machine_end_beep",
];

function readAnsweredBy(
  sid: string,
  words: readonly CallEventOf<"call.leg">[],
  events: readonly CallEvent[],
): string | null {
  const told = [
    ...words.map(({ data }) => data.answeredBy),
    ...eventsOf(events, "call.amd").map(({ data }) => (data.sid === sid ? data.answeredBy : null)),
  ].filter((each) => each !== null);
  const rank = (verdict: string): number => VERDICTS.indexOf(verdict);
  return told.toSorted((a, b) => rank(b) - rank(a) || a.localeCompare(b))[0] ?? null;
}

/** Where a leg was tried again, the one that came furthest; an answered one before all others. */
export function pickLeg(legs: readonly Leg[]): Leg | null {
  const rank = ({ status }: Leg): number =>
    status === "completed" || status === "in-progress" ? 2 : isOver(status) ? 0 : 1;
  return legs.toSorted((a, b) => rank(b) - rank(a) || a.sid.localeCompare(b.sid))[0] ?? null;
}

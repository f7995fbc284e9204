// What all stored words about a call say together, in whichever order and however often they came. Pure; the first step of
// folding a call, and what decides what the gateway does next in it.
import type { CallEvent } from "./call-events.ts";
import type { CallPlan } from "./call-plan.ts";
import { type CallEventOf, earliest, eventsOf, type Leg, largest, pickLeg, readLegs } from "./read-leg.ts";
import type { SaidTurn } from "./twilio-callbacks.ts";
import type { Withheld } from "./twilio-deps.ts";

export interface Speech {
  readonly turn: number;
  readonly at: number;
  readonly text: string;
  readonly said: boolean;
}

export interface CallStory {
  readonly plan: CallPlan;
  readonly placedAt: number;
  /** Legs of earlier tries. */
  readonly earlier: ReadonlySet<string>;
  /** The call that was placed; null until Twilio named it. */
  readonly first: Leg | null;
  /** The contact's leg. In a bridge the one that was dialled, else the first. */
  readonly contact: Leg | null;
  readonly pressedAt: number | null;
  /** Why the contact was not rung although the agent was on the line. */
  readonly withheld: Withheld | null;
  /** When the gateway last ordered it and Twilio did not refuse. */
  readonly orderedAt: (act: ActName) => number | null;
  /** When Twilio said that it does it. */
  readonly begunAt: (act: ActName) => number | null;
  /** How often it was tried. */
  readonly tries: (act: ActName) => number;
  /** Agent and contact were on one line; null: not told. */
  readonly bridged: boolean | null;
  readonly playedAt: number | null;
  readonly digitAt: number | null;
  readonly wantsOutAt: number | null;
  /** The first leg is over, and Twilio was asked for all legs it had. */
  readonly legsListed: boolean;
  readonly canceledAt: number | null;
  readonly speech: readonly Speech[];
  /** What the contact said or pressed in a turn; undefined for one that was not reported. */
  readonly heard: (turn: number) => { readonly text: string; readonly digits: string } | undefined;
  /** What the conversation came to, where one of its turns ended it. */
  readonly result:
    | (Pick<SaidTurn, "summary"> & { readonly outcome: NonNullable<SaidTurn["outcome"]> })
    | null;
  readonly recordings: readonly string[];
  /** Twilio was asked for them once the call was over. */
  readonly recordingsListed: boolean;
  /** Newest word of all. */
  readonly seenAt: number;
}

/** Undefined while nothing was planned. Only the newest attempt counts: what an earlier one still tells is not this one's. */
export function readCall(events: readonly CallEvent[]): CallStory | undefined {
  const plans = eventsOf(events, "call.plan").toSorted((a, b) => b.data.attempt - a.data.attempt);
  const newest = plans[0];
  if (!newest) return undefined;
  const plan = newest.data;
  const own = events.filter(({ data }) => data.attempt === plan.attempt);
  const legs = readLegs(own);
  const first = pickLeg(legs.first);
  return {
    plan,
    placedAt: newest.at,
    earlier: new Set(
      eventsOf(events, "call.leg").flatMap(({ data }) => (data.attempt === plan.attempt ? [] : [data.sid])),
    ),
    first,
    contact: plan.mode === "bridge" ? pickLeg(legs.second) : first,
    ...readActs(own),
    ...readKeys(own),
    withheld: eventsOf(own, "call.withheld")[0]?.data.why ?? null,
    bridged: readBridged(own),
    legsListed: eventsOf(own, "call.legs").length > 0,
    canceledAt: earliest(eventsOf(own, "call.cancel")),
    speech: readSpeech(own),
    heard: (turn) => eventsOf(own, "call.speech").find(({ data }) => data.turn === turn)?.data,
    result: readResult(own),
    recordings: eventsOf(own, "call.recording")
      .map(({ data }) => data.recording)
      .toSorted(),
    recordingsListed: eventsOf(own, "call.recordings").length > 0,
    seenAt: Math.max(...own.map(({ at }) => at)),
  };
}

/** The contact was to be dialled, or somebody was. */
export const wasDialled = ({ contact, withheld, pressedAt, orderedAt }: CallStory): boolean =>
  contact !== null || (withheld === null && (pressedAt !== null || orderedAt("dial") !== null));

function readBridged(events: readonly CallEvent[]): boolean | null {
  const told = eventsOf(events, "call.dialled");
  return told.length === 0 ? null : told.some(({ data }) => data.bridged);
}

function readKeys(events: readonly CallEvent[]) {
  const digits = eventsOf(events, "call.digit");
  const nine = [...digits, ...eventsOf(events, "call.speech")].filter(({ data }) => data.digits === "9");
  return {
    pressedAt: earliest(eventsOf(events, "call.pressed").filter(({ data }) => data.digits === "1")),
    playedAt: earliest(eventsOf(events, "call.played")),
    digitAt: earliest(digits),
    wantsOutAt: earliest(nine),
  };
}

export type ActName = CallEventOf<"call.act">["data"]["act"];

function readActs(events: readonly CallEvent[]): Pick<CallStory, "orderedAt" | "begunAt" | "tries"> {
  const undone = new Set(eventsOf(events, "call.undone").map(({ data }) => `${data.act}:${data.turn}`));
  const tried = (act: ActName) => eventsOf(events, "call.act").filter(({ data }) => data.act === act);
  return {
    tries: (act) => tried(act).length,
    begunAt: (act) =>
      largest(eventsOf(events, "call.done").map(({ at, data }) => (data.act === act ? at : null))),
    orderedAt: (act) => {
      const standing = tried(act).filter(({ data }) => !undone.has(`${act}:${data.turn}`));
      return standing.length === 0 ? null : Math.max(...standing.map(({ at }) => at));
    },
  };
}

function readResult(events: readonly CallEvent[]): CallStory["result"] {
  const said = eventsOf(events, "call.said").toSorted((a, b) => a.data.turn - b.data.turn);
  return (
    said
      .flatMap(({ data: { outcome, summary } }) => (outcome === null ? [] : [{ outcome, summary }]))
      .at(0) ?? null
  );
}

function readSpeech(events: readonly CallEvent[]): Speech[] {
  const lines = [
    ...eventsOf(events, "call.speech").filter(({ data }) => data.text !== ""),
    ...eventsOf(events, "call.said").filter(({ data }) => data.text !== ""),
  ].map(({ kind, at, data }) => ({ turn: data.turn, at, text: data.text, said: kind === "call.said" }));
  // A turn is what they said, then what is said to that.
  return lines.toSorted((a, b) => a.turn - b.turn || Number(a.said) - Number(b.said));
}

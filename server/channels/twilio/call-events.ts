// The kinds of things that are stored about a call, each once: the plan, what Twilio told or was seen to say, what the
// gateway ordered. Written by whoever takes a callback or polls; read by read-call.ts alone.
import { z } from "zod";
import type { CarrierEvent } from "../carrier-events.ts";
import { callPlanSchema } from "./call-plan.ts";

/** first: the call that was placed (the agent's in a bridge). second: the leg it dialled. */
const leg = z.enum(["first", "second"]);
const sid = z.string();
const attempt = z.number();
const number = z.number().nullable();

/** How one leg stands, by a callback or by Twilio's record of the call. */
const legWord = z.object({
  attempt,
  sid,
  leg,
  status: z.string(),
  /** Of a callback. */
  sequence: number,
  /** Seconds. */
  duration: number,
  answeredBy: z.string().nullable(),
  sip: number,
  code: number,
  /** When it was made and ended by Twilio's clock, epoch ms. */
  createTime: number,
  endTime: number,
  /** By Twilio's record, which is complete once the leg is over. */
  polled: z.boolean(),
});
export type LegWord = z.infer<typeof legWord>;

/** What the gateway makes Twilio do in a running call. `turn` counts the tries. */
const act = z.object({
  attempt,
  sid,
  act: z.enum(["dial", "announce", "voicemail", "hang_up"]),
  turn: z.number(),
});

const KINDS = {
  "call.plan": callPlanSchema,
  "call.leg": legWord,
  "call.amd": z.object({ attempt, sid, answeredBy: z.string() }),
  /** The gateway's dialling came to its end; `bridged`: agent and contact were on one line. */
  "call.dialled": z.object({ attempt, sid, bridged: z.boolean() }),
  "call.pressed": z.object({ attempt, sid, digits: z.string() }),
  /** The contact must not be rung any more, so they are not. */
  "call.withheld": z.object({ attempt, sid, why: z.enum(["closed", "opted_out"]) }),
  "call.act": act,
  /** Twilio certainly did not do it. */
  "call.undone": act,
  /** Twilio said that it does it. */
  "call.done": act,
  "call.played": z.object({ attempt, sid }),
  "call.digit": z.object({ attempt, sid, digits: z.string() }),
  "call.speech": z.object({ attempt, sid, turn: z.number(), text: z.string(), digits: z.string() }),
  /** `outcome`: what the conversation came to, where this turn ended it; `summary` in words. */
  "call.said": z.object({
    attempt,
    sid,
    turn: z.number(),
    text: z.string(),
    last: z.boolean(),
    outcome: z.enum(["connected", "not_interested"]).nullable().default(null),
    summary: z.string().nullable().default(null),
  }),
  /** The first leg was over and its other legs were looked for: `sids` are all there are. */
  "call.legs": z.object({ attempt, sid, sids: z.array(sid) }),
  /** Why a leg failed, as far as Twilio's records tell. */
  "call.failure": z.object({ attempt, sid, sip: number, codes: z.array(z.number()) }),
  "call.recording": z.object({ attempt, sid, recording: z.string() }),
  /** The call was over and its recordings were looked for. */
  "call.recordings": z.object({ attempt, sid }),
  /** Somebody asked to stop it. */
  "call.cancel": z.object({ attempt }),
} as const;

type Kinds = typeof KINDS;
export type CallEventKind = keyof Kinds;
type DataOf<K extends CallEventKind> = z.infer<Kinds[K]>;
/** A stored word about a call, read back. */
export type CallEvent = {
  readonly [K in CallEventKind]: { readonly kind: K; readonly at: number; readonly data: DataOf<K> };
}[CallEventKind];

/** `key` need only be unique among the events of one kind and engagement. */
export const callEvent = <K extends CallEventKind>(
  kind: K,
  key: string,
  at: number,
  data: DataOf<K>,
): CarrierEvent => ({ kind, key: `${kind}:${key}`, at, data });

/** Those that are about calls; what cannot be read (written by a newer version) is passed over. */
export function readCallEvents(stored: readonly CarrierEvent[]): CallEvent[] {
  return stored.flatMap(({ kind, at, data }) => {
    if (!isCallEventKind(kind)) return [];
    const read = KINDS[kind].safeParse(data);
    return read.success ? [{ kind, at, data: read.data } as CallEvent] : [];
  });
}

const isCallEventKind = (kind: string): kind is CallEventKind => Object.hasOwn(KINDS, kind);

export const legEvent = (word: LegWord, at: number): CarrierEvent =>
  callEvent(
    "call.leg",
    word.polled ? `${word.sid}:polled:${word.status}:${word.answeredBy ?? ""}` : `${word.sid}:${word.status}`,
    at,
    word,
  );

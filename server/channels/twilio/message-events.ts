// The kinds of things that are stored about messages of an outreach, each once: the plan of its opening, what was handed to
// Twilio, how each stands. Written by whoever sends, takes a callback or polls; read by read-messages.ts alone.
import { z } from "zod";
import type { CarrierEvent } from "../carrier-events.ts";

/** How an opening is to go, stored before Twilio is asked. */
export const messagePlanSchema = z.object({
  attempt: z.number(),
  channel: z.enum(["sms", "wmsg"]),
  /** E.164. */
  contact: z.string(),
  /** One of both: a number (E.164), or a messaging service that picks one. */
  from: z.string().nullable(),
  service: z.string().nullable(),
  /** What goes out; with a template what tells of it. */
  text: z.string(),
  template: z.object({ sid: z.string(), variables: z.record(z.string(), z.string()) }).nullable(),
});
export type MessagePlan = z.infer<typeof messagePlanSchema>;

const KINDS = {
  "message.plan": messagePlanSchema,
  /** `ref`: "opening" and the attempt ("opening.1"), or our id and the part of a further message ("msg_….0"). */
  "message.sent": z.object({ sid: z.string(), ref: z.string(), text: z.string() }),
  "message.status": z.object({
    sid: z.string(),
    ref: z.string().nullable(),
    status: z.string(),
    code: z.number().nullable(),
    /** E.164: which number it went out from, where Twilio says so. */
    from: z.string().optional(),
  }),
  /** `sent` was the last word for so long that none is to be expected any more. */
  "message.assumed": z.object({ sid: z.string() }),
  /** Somebody asked to stop it. */
  "message.cancel": z.object({}),
} as const;

type Kinds = typeof KINDS;
type DataOf<K extends keyof Kinds> = z.infer<Kinds[K]>;
/** A stored word about messages, read back. */
export type MessageEvent = {
  readonly [K in keyof Kinds]: { readonly kind: K; readonly at: number; readonly data: DataOf<K> };
}[keyof Kinds];

/** `key` need only be unique among the events of one kind and engagement. */
export const messageEvent = <K extends keyof Kinds>(
  kind: K,
  key: string,
  at: number,
  data: DataOf<K>,
): CarrierEvent => ({ kind, key: `${kind}:${key}`, at, data });

/** Which message an opening is among all of the outreach's. */
export const openingRef = ({ attempt }: Pick<MessagePlan, "attempt">): string => `opening.${attempt}`;
export const isOpeningRef = (ref: string | null): boolean => ref?.startsWith("opening.") === true;

/** A part of a further message, and the message it is a part of. */
export const furtherRef = (id: string, part: number): string => `${id}.${part}`;
export const furtherIdOf = (ref: string | null): string | undefined =>
  ref === null || isOpeningRef(ref) ? undefined : ref.replace(/\.\d+$/, "");

/** Those that are about messages; what cannot be read is passed over. */
export function readMessageEvents(stored: readonly CarrierEvent[]): MessageEvent[] {
  return stored.flatMap(({ kind, at, data }) => {
    if (!isMessageEventKind(kind)) return [];
    const read = KINDS[kind].safeParse(data);
    return read.success ? [{ kind, at, data: read.data } as MessageEvent] : [];
  });
}

const isMessageEventKind = (kind: string): kind is keyof Kinds => Object.hasOwn(KINDS, kind);

/** A callback's word and a record's are the same word. */
export const statusEvent = (data: DataOf<"message.status">, at: number): CarrierEvent =>
  messageEvent("message.status", `${data.sid}:${data.status}:${data.code ?? ""}`, at, data);

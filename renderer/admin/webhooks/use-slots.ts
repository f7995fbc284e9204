// The places for webhooks as last compared, and what to say of each.
import { type WebhookSlot, webhookSlotsSchema } from "../../../shared/console/webhook-slots.schema.ts";
import type { Tone } from "../kit/state-badge.tsx";
import { useRead } from "../kit/use-read.ts";
import { SLOTS } from "../texts/webhooks.ts";

export function useSlots() {
  const read = useRead("/webhook-slots", webhookSlotsSchema, { everyMs: 20_000 });
  return { ...read, data: read.data?.slots } as ReturnType<typeof useRead<WebhookSlot[]>>;
}

export const isBroken = ({ result }: WebhookSlot): boolean => result === "failed" || result === "full";

/** Proven within the day the regular look leaves at most, else it was right before but not lately. */
const FRESH_MS = 26 * 3_600_000;

export function healthOf(slot: WebhookSlot, now: number): { readonly tone: Tone; readonly word: string } {
  const word = SLOTS.results[slot.result] ?? slot.result;
  if (isBroken(slot)) return { tone: "bad", word };
  return { tone: now - slot.checked_at > FRESH_MS ? "wait" : "ok", word };
}

export interface Place {
  readonly kind: "ours" | "other" | "free" | "unknown";
  /** The holder's address; "" where there is none. */
  readonly url: string;
}

/** Rollout names no limit of webhooks; Follow Up Boss gives two per event. */
export const isLimited = ({ url }: WebhookSlot): boolean => !url.includes("/integration/rollout/");

/** Who holds the places of an event; two where there are no more. */
export function placesOf(slot: WebhookSlot): readonly Place[] {
  const { result, holders, url } = slot;
  if (result === "failed") return [UNKNOWN, UNKNOWN];
  const others = holders.map((holder): Place => ({ kind: "other", url: holder }));
  const ours: readonly Place[] = result === "full" ? [] : [{ kind: "ours", url }];
  const taken = [...ours, ...others];
  return taken.length >= 2 || !isLimited(slot) ? taken : [...taken, FREE].slice(0, 2);
}

const UNKNOWN: Place = { kind: "unknown", url: "" };
const FREE: Place = { kind: "free", url: "" };

/** The part of an address people recognise it by. */
export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);

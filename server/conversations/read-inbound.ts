// Asks Twilio for what contacts wrote since the last look: where Twilio cannot call the gateway that is the only way, and
// where it can its calls may be lost. What is found twice is taken once.
import type { TenantSettings } from "../../shared/settings.schema.ts";
import { TWILIO_MESSAGES } from "../channels/twilio/inbound-messages.ts";
import { listInbound } from "../channels/twilio/list-inbound.ts";
import type { ConversationRoomDeps } from "./conversation-deps.ts";
import { findMailbox, readable, unreadable } from "./mailbox.store.ts";
import { takeMessage } from "./take-twilio.ts";

const ALONE_MS = 10_000;
const BESIDE_CALLS_MS = 300_000;
/** How far back a first look goes, and any; and how much looks overlap: lists lag behind, and clocks differ. */
const FIRST_MS = 3_600_000;
const MOST_MS = 30 * 86_400_000;
const OVERLAP_MS = 600_000;

export const readsCarrier = ({ channels }: Readonly<TenantSettings>): boolean =>
  channels.sms === "twilio" || channels.wmsg === "twilio";

/** When to look again, epoch ms; null while Twilio carries no texts. What Twilio refuses is kept for the console. */
export async function readInbound(deps: ConversationRoomDeps, slug: string): Promise<number | null> {
  const tenant = deps.settings.tenant(slug);
  if (!tenant || !readsCarrier(tenant)) return null;
  const now = deps.clock.now();
  const before = (await findMailbox(deps.db, slug, TWILIO_MESSAGES))?.last_uid ?? 0;
  const place = (lastUid: number) => ({
    ...{ tenant: slug, folder: TWILIO_MESSAGES, state: { uidValidity: "", lastUid } },
  });
  let reached = before;
  let from = since(before, now);
  try {
    // A lot came in while the gateway was off: piece by piece, each kept before the next is asked for.
    while (from < now) {
      const { messages, readTo } = await listInbound(deps.twilioDeps, slug, from);
      for (const message of messages) await takeMessage(deps, slug, message);
      from = readTo;
      reached = Math.min(readTo, now);
      await readable(deps, place(reached));
    }
  } catch (error) {
    return unreadable(deps, place(reached), error);
  }
  return now + (deps.twilioDeps.publicUrl() === undefined ? ALONE_MS : BESIDE_CALLS_MS);
}

/** Nothing that came in while the gateway was off is passed over: who wrote STOP meanwhile must have been heard. */
const since = (readTo: number, now: number): number =>
  readTo === 0 ? now - FIRST_MS : Math.max(readTo - OVERLAP_MS, now - MOST_MS);

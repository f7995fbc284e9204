// Asks Twilio for what contacts wrote since the last look: where Twilio cannot call the gateway that is the only way, and
// where it can its calls may be lost. What is found twice is taken once.
import type { TenantSettings } from "../../shared/settings.schema.ts";
import { listInbound, TWILIO_MESSAGES } from "../channels/twilio/inbound-messages.ts";
import type { ConversationRoomDeps } from "./conversation-deps.ts";
import { readable, unreadable } from "./mailbox.store.ts";
import { takeMessage } from "./take-twilio.ts";

const ALONE_MS = 10_000;
const BESIDE_CALLS_MS = 300_000;
/** How far back a first look goes, and how much looks overlap: lists lag behind. */
const FIRST_MS = 3_600_000;
const OVERLAP_MS = 120_000;

export const readsCarrier = ({ channels }: Readonly<TenantSettings>): boolean =>
  channels.sms === "twilio" || channels.wmsg === "twilio";

/** When to look again, epoch ms; null while Twilio carries no texts. What Twilio refuses is kept for the console. */
export async function readInbound(deps: ConversationRoomDeps, slug: string): Promise<number | null> {
  const tenant = deps.settings.tenant(slug);
  if (!tenant || !readsCarrier(tenant)) return null;
  const now = deps.clock.now();
  const place = { tenant: slug, folder: TWILIO_MESSAGES, state: null };
  try {
    for (const message of await listInbound(deps.twilioDeps, slug, await since(deps, slug, now)))
      await takeMessage(deps, slug, message);
    await readable(deps, place);
  } catch (error) {
    return unreadable(deps, place, error);
  }
  return now + (deps.twilioDeps.publicUrl() === undefined ? ALONE_MS : BESIDE_CALLS_MS);
}

async function since(deps: ConversationRoomDeps, tenant: string, now: number): Promise<number> {
  const newest = await deps.db
    .selectFrom("inbound_messages")
    .select((select) => select.fn.max("at").as("at"))
    .where("tenant", "=", tenant)
    .where("provider", "=", "twilio")
    .executeTakeFirst();
  const last = newest?.at == null ? 0 : Number(newest.at) - OVERLAP_MS;
  return Math.max(last, now - FIRST_MS);
}

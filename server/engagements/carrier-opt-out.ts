// The carrier refuses a contact because they told it to stop, or have blocked the brokerage: that is their wish, whoever was
// told of it. Stored once per outreach, so that what the carrier repeats does not undo a START that came after it.
import type { Channel } from "../../shared/values.ts";
import type { Trx } from "../db/schema.ts";
import { changeConversation } from "./conversation.store.ts";
import type { EngagementRow } from "./engagement.store.ts";
import type { EngagementDeps } from "./engagement-deps.ts";
import { recordOptOut } from "./record-opt-out.ts";

type CarrierDeps = Pick<EngagementDeps, "journal" | "clock" | "settings">;

/** `sentence`: what the carrier says, for a person. Nobody answers in this outreach any more. */
export async function carrierOptOut(
  deps: CarrierDeps,
  trx: Trx,
  row: EngagementRow,
  sentence: string,
): Promise<void> {
  const tenant = deps.settings.tenant(row.tenant);
  if (!tenant || row.contact === null || (await isStored(trx, row.id))) return;
  const at = deps.clock.now();
  const channel = row.channel as Channel;
  await recordOptOut(deps, trx, {
    ...{ tenant, row, contact: row.contact, channel },
    ...{ source: "carrier", said: sentence, by: null, at },
  });
  const closed = { answers: "nobody" as const, needs_agent: null, closed_at: at, closed_why: sentence };
  await changeConversation(trx, row.id, closed, at);
}

async function isStored(trx: Trx, engagementId: string): Promise<boolean> {
  const stored = await trx
    .selectFrom("suppressions")
    .select("id")
    .where("engagement_id", "=", engagementId)
    .where("source", "=", "carrier")
    .limit(1)
    .executeTakeFirst();
  return stored !== undefined;
}

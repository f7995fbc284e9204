// Practising leaves nothing behind: everything the practice brokerage did is taken out of the tables. Called when a rehearsal ends, and at the start after one that was cut off.
import { PRACTICE_TENANT } from "../../shared/console/sandbox.schema.ts";
import type { Db, Trx } from "../db/schema.ts";

/** Tables whose rows say whose they are. Parents last, since the rows below them are found through them. */
const OWNED = [
  "activities",
  "outgoing_messages",
  "inbound_messages",
  "conversations",
  "mailboxes",
  "suppressions",
  "contact_ledger",
  "embed_refusals",
  "guide_ticks",
  "crm_users",
  "user_links",
  "tag_sweeps",
  "tag_carriers",
  "forwards",
  "fan_out_targets",
  "rejected_deliveries",
  "webhook_slots",
  "channel_pace",
  "deliveries",
  "journal",
  "campaigns",
  "engagements",
] as const;
const OF_ENGAGEMENTS = ["engagement_events", "messages", "carrier_events"] as const;
const OF_CAMPAIGNS = ["campaign_members", "campaign_counts"] as const;

/** Most databases take a thousand parameters and more. */
const AT_ONCE = 500;

/** All of it or nothing. Work that runs at this moment ends by itself, having nothing left to work on. */
export function forgetPractice(db: Db): Promise<void> {
  return db.transaction().execute(async (trx) => {
    await forgetJobs(trx);
    const engagements = trx.selectFrom("engagements").select("id").where("tenant", "=", PRACTICE_TENANT);
    const campaigns = trx.selectFrom("campaigns").select("id").where("tenant", "=", PRACTICE_TENANT);
    for (const table of OF_ENGAGEMENTS)
      await trx.deleteFrom(table).where("engagement_id", "in", engagements).execute();
    for (const table of OF_CAMPAIGNS)
      await trx.deleteFrom(table).where("campaign_id", "in", campaigns).execute();
    for (const table of OWNED) await trx.deleteFrom(table).where("tenant", "=", PRACTICE_TENANT).execute();
  });
}

/** A job knows its subject only in its payload, which is written the same way each time (queue/enqueue.ts). */
async function forgetJobs(trx: Trx): Promise<void> {
  await trx
    .deleteFrom("jobs")
    .where("state", "!=", "running")
    .where("payload", "like", `{"tenant":${JSON.stringify(PRACTICE_TENANT)}%`)
    .execute();
  const payloads = await payloadsOf(trx);
  for (let from = 0; from < payloads.length; from += AT_ONCE)
    await trx
      .deleteFrom("jobs")
      .where("state", "!=", "running")
      .where("payload", "in", payloads.slice(from, from + AT_ONCE))
      .execute();
}

async function payloadsOf(trx: Trx): Promise<readonly string[]> {
  const subjects = [
    ["engagement_id", "engagements"],
    ["campaign_id", "campaigns"],
    ["activity_id", "activities"],
    ["message_id", "outgoing_messages"],
    ["delivery_id", "deliveries"],
    ["forward_id", "forwards"],
  ] as const;
  const found: string[] = [];
  for (const [name, table] of subjects) {
    const rows = await trx.selectFrom(table).select("id").where("tenant", "=", PRACTICE_TENANT).execute();
    found.push(...rows.map(({ id }) => JSON.stringify({ [name]: id })));
  }
  return found;
}

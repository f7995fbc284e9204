// Campaigns: the batch, who is on it, its counts, the pace of a channel; what engagements and jobs need for them.
import { type Kysely, sql } from "kysely";
import { createTable, type Dialect } from "../create-table.ts";

export async function campaigns(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await createTable(db, dialect, "campaigns", {
    id: "text primary",
    tenant: "text!",
    crm_account_id: "text",
    campaign_key: "text! unique",
    request_hash: "text!",
    source: "text!",
    smart_list_id: "text",
    name: "text!",
    channel: "text",
    type: "text!",
    instruction: "text!",
    user_id: "text",
    crm_user_id: "text",
    acts_with: "text!",
    from_number: "text",
    provider: "text",
    status: "text!",
    stage: "text!",
    message: "text",
    error_code: "text",
    total: "integer",
    members: "integer!",
    will_queue: "integer!",
    queued: "integer!",
    skipped: "integer!",
    done: "integer!",
    cursor: "text",
    pass: "integer!",
    pages: "integer!",
    barren_pages: "integer!",
    moved: "integer!",
    seen_twice: "integer!",
    found_late: "integer!",
    next_position: "integer!",
    pace_at_once: "integer",
    pace_per_minute: "integer",
    last_release_at: "integer",
    retry: "text",
    created_at: "integer!",
    checked_at: "integer",
    started_at: "integer",
    ended_at: "integer",
    updated_at: "integer!",
  });
  await db.schema
    .createIndex("campaigns_of")
    .on("campaigns")
    .columns(["tenant", "crm_account_id", "created_at"])
    .execute();
  await db.schema.createIndex("campaigns_status").on("campaigns").columns(["status", "updated_at"]).execute();
  await members(db, dialect);
  await counts(db, dialect);
  await engagementsAndJobs(db);
}

async function members(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await createTable(
    db,
    dialect,
    "campaign_members",
    {
      campaign_id: "text!",
      position: "integer!",
      person_key: "text!",
      person_id: "text",
      person_name: "text!",
      contact: "text",
      contact_key: "text",
      reason: "text",
      order_details: "text",
      state: "text!",
      outcome: "text",
      attempts: "integer!",
      retry_at: "integer",
      engagement_id: "text",
      done_at: "integer",
    },
    ["campaign_id", "position"],
  );
  const index = (name: string, columns: string[]) =>
    db.schema.createIndex(name).on("campaign_members").columns(columns);
  await index("campaign_members_person", ["campaign_id", "person_key"]).unique().execute();
  await index("campaign_members_contact", ["campaign_id", "contact_key"]).execute();
  await index("campaign_members_state", ["campaign_id", "state", "position"]).execute();
  await index("campaign_members_retry", ["campaign_id", "retry_at"]).execute();
  await index("campaign_members_done", ["campaign_id", "done_at"]).execute();
}

async function counts(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await createTable(
    db,
    dialect,
    "campaign_counts",
    { campaign_id: "text!", kind: "text!", name: "text!", n: "integer!" },
    ["campaign_id", "kind", "name"],
  );
  await createTable(
    db,
    dialect,
    "channel_pace",
    { tenant: "text!", account: "text!", channel: "text!", last_release_at: "integer!" },
    ["tenant", "account", "channel"],
  );
}

async function engagementsAndJobs(db: Kysely<unknown>): Promise<void> {
  const add = (table: string, column: string, type: "text" | "bigint" | "integer") =>
    db.schema.alterTable(table).addColumn(column, type).execute();
  await add("engagements", "campaign_id", "text");
  await add("engagements", "campaign_state", "text");
  await add("engagements", "campaign_position", "integer");
  await add("jobs", "lane_key", "text");
  await db.schema
    .createIndex("engagements_campaign")
    .on("engagements")
    .columns(["campaign_id", "campaign_state", "channel", "campaign_position"])
    .execute();
  await db.schema
    .createIndex("engagements_campaign_ended")
    .on("engagements")
    .columns(["tenant"])
    .where(sql.ref("campaign_state"), "=", sql.lit("ended"))
    .execute();
  // Jobs are claimed lane by lane, in each the most urgent first; the older index sorted all that were due.
  await db.schema.dropIndex("jobs_due").execute();
  await db.schema
    .createIndex("jobs_claim")
    .on("jobs")
    .columns(["state", "lane_key", "priority", "run_at", "id"])
    .execute();
}

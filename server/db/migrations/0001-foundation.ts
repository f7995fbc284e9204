// First tables: queue, engagements with their history and transcript, outbox, journal, what was learned about keys.
import type { Kysely } from "kysely";
import { createTable, type Dialect } from "../create-table.ts";

export async function foundation(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await jobs(db, dialect);
  await engagements(db, dialect);
  await engagementRows(db, dialect);
  await activities(db, dialect);
  await journal(db, dialect);
  await crmTables(db, dialect);
}

async function jobs(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await createTable(db, dialect, "jobs", {
    id: "key",
    kind: "text!",
    payload: "text!",
    group_key: "text",
    dedupe_key: "text unique",
    priority: "integer!",
    run_at: "integer!",
    attempts: "integer!",
    max_attempts: "integer!",
    state: "text!",
    lease_owner: "text",
    lease_until: "integer",
    last_error: "text",
    created_at: "integer!",
  });
  await db.schema.createIndex("jobs_due").on("jobs").columns(["state", "priority", "run_at"]).execute();
  await db.schema.createIndex("jobs_group").on("jobs").columns(["group_key", "state", "id"]).execute();
}

async function engagements(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await createTable(db, dialect, "engagements", {
    id: "text primary",
    tenant: "text!",
    crm_account_id: "text",
    start_key: "text! unique",
    request_hash: "text!",
    source: "text!",
    channel: "text!",
    type: "text!",
    instruction: "text!",
    status: "text!",
    outcome: "text",
    rule: "text",
    person_id: "text",
    person_name: "text",
    user_id: "text",
    crm_user_id: "text",
    acts_with: "text!",
    contact: "text",
    from_number: "text",
    provider: "text!",
    provider_ref: "text",
    provider_seen_at: "integer",
    launch_state: "text!",
    launch_attempts: "integer!",
    parked_reason: "text",
    crm_writer: "text!",
    person_introduced_at: "integer",
    scheduled_at: "integer",
    started_at: "integer",
    completed_at: "integer",
    duration: "integer",
    summary: "text",
    created_at: "integer!",
    updated_at: "integer!",
  });
  const index = (name: string, columns: string[]) =>
    db.schema.createIndex(name).on("engagements").columns(columns).execute();
  await index("engagements_person", ["tenant", "crm_account_id", "person_id", "created_at"]);
  await index("engagements_contact", ["tenant", "channel", "contact", "created_at"]);
  await index("engagements_time", ["created_at"]);
  await index("engagements_ref", ["provider", "provider_ref"]);
  await index("engagements_status", ["status", "updated_at"]);
}

async function engagementRows(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await createTable(db, dialect, "engagement_events", {
    id: "key",
    engagement_id: "text!",
    at: "integer!",
    event: "text!",
    detail: "text!",
  });
  await db.schema
    .createIndex("engagement_events_of")
    .on("engagement_events")
    .columns(["engagement_id", "id"])
    .execute();
  await createTable(db, dialect, "messages", {
    id: "key",
    engagement_id: "text!",
    position: "integer!",
    at: "integer!",
    direction: "text!",
    text: "text!",
    activity_id: "text",
  });
  await db.schema
    .createIndex("messages_of")
    .on("messages")
    .columns(["engagement_id", "position"])
    .unique()
    .execute();
}

async function activities(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await createTable(db, dialect, "activities", {
    id: "text primary",
    tenant: "text!",
    engagement_id: "text!",
    kind: "text!",
    state: "text!",
    crm_id: "text",
    marker: "text!",
    written_hash: "text",
    last_error: "text",
    created_at: "integer!",
    updated_at: "integer!",
  });
  await db.schema
    .createIndex("activities_of")
    .on("activities")
    .columns(["engagement_id", "created_at"])
    .execute();
  await db.schema.createIndex("activities_state").on("activities").columns(["state", "tenant"]).execute();
}

async function journal(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await createTable(db, dialect, "journal", {
    seq: "key",
    at: "integer!",
    severity: "text!",
    event: "text!",
    message: "text!",
    tenant: "text",
    user_id: "text",
    person_id: "text",
    engagement_id: "text",
    channel: "text",
    detail: "text",
    search: "text!",
  });
  await db.schema.createIndex("journal_time").on("journal").columns(["at"]).execute();
  await db.schema.createIndex("journal_engagement").on("journal").columns(["engagement_id", "seq"]).execute();
  await db.schema.createIndex("journal_tenant").on("journal").columns(["tenant", "seq"]).execute();
}

async function crmTables(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await createTable(db, dialect, "crm_identities", {
    access_id: "text primary",
    account_id: "text!",
    account_domain: "text",
    account_name: "text",
    user_id: "text!",
    user_name: "text",
    user_email: "text",
    role: "text",
    is_owner: "integer",
    is_admin: "integer",
    checked_at: "integer!",
  });
  const byAccountUser = ["tenant", "account_id", "crm_user_id"];
  await createTable(
    db,
    dialect,
    "crm_users",
    {
      tenant: "text!",
      account_id: "text!",
      crm_user_id: "text!",
      name: "text!",
      email: "text",
      phone: "text",
      fetched_at: "integer!",
    },
    byAccountUser,
  );
  await createTable(
    db,
    dialect,
    "user_links",
    {
      tenant: "text!",
      account_id: "text!",
      crm_user_id: "text!",
      user_id: "text!",
      rule: "text!",
      learned_at: "integer!",
    },
    byAccountUser,
  );
}

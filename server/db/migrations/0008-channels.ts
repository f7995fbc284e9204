// Real channels: what carriers told, further messages of a conversation, whom not to contact, and the ledger of attempts.
import { type Kysely, sql } from "kysely";
import { createTable, type Dialect } from "../create-table.ts";

export async function channelTables(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await carrierTables(db, dialect);
  await contactTables(db, dialect);
  await engagementColumns(db, dialect);
}

async function carrierTables(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await createTable(db, dialect, "carrier_events", {
    id: "key",
    engagement_id: "text!",
    key: "text!",
    kind: "text!",
    at: "integer!",
    data: "text!",
  });
  await unique(db, "carrier_events", ["engagement_id", "key"]);
  await createTable(db, dialect, "inbound_messages", {
    id: "key",
    tenant: "text!",
    provider: "text!",
    key: "text!",
    channel: "text!",
    contact: "text!",
    sender: "text",
    text: "text!",
    at: "integer!",
    engagement_id: "text",
    result: "text!",
  });
  await unique(db, "inbound_messages", ["tenant", "provider", "key"]);
  await index(db, "inbound_messages", ["engagement_id"]);
  await db.schema
    .createIndex("inbound_messages_at")
    .on("inbound_messages")
    .columns(["tenant", "at"])
    .execute();
  await createTable(db, dialect, "outgoing_messages", {
    id: "text primary",
    engagement_id: "text!",
    tenant: "text!",
    text: "text!",
    author: "text!",
    purpose: "text!",
    request_key: "text! unique",
    state: "text!",
    provider_ref: "text",
    attempts: "integer!",
    error: "text",
    created_at: "integer!",
    sending_at: "integer",
    settled_at: "integer",
  });
  await index(db, "outgoing_messages", ["engagement_id", "created_at"]);
  await conversationTables(db, dialect);
}

async function conversationTables(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await createTable(db, dialect, "conversations", {
    engagement_id: "text primary",
    tenant: "text!",
    answers: "text!",
    last_inbound_at: "integer",
    last_outbound_at: "integer",
    turns: "integer!",
    cost_micros: "integer!",
    needs_agent: "text",
    closed_at: "integer",
    closed_why: "text",
    opened_at: "integer!",
    updated_at: "integer!",
  });
  await index(db, "conversations", ["tenant", "updated_at"]);
  await createTable(
    db,
    dialect,
    "mailboxes",
    {
      tenant: "text!",
      folder: "text!",
      uid_validity: "text!",
      last_uid: "integer!",
      checked_at: "integer!",
      error: "text",
    },
    ["tenant", "folder"],
  );
}

async function contactTables(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await createTable(db, dialect, "suppressions", {
    id: "key",
    tenant: "text!",
    kind: "text!",
    contact: "text",
    person_id: "text",
    crm_account_id: "text",
    scope: "text!",
    source: "text!",
    said: "text",
    engagement_id: "text",
    created_by: "text",
    created_at: "integer!",
    ended_at: "integer",
    ended_by: "text",
  });
  await index(db, "suppressions", ["tenant", "contact"]);
  await index(db, "suppressions", ["tenant", "crm_account_id", "person_id"]);
  await createTable(db, dialect, "contact_ledger", {
    id: "key",
    at: "integer!",
    tenant: "text!",
    engagement_id: "text",
    campaign_id: "text",
    channel: "text!",
    contact: "text",
    person_id: "text",
    user_id: "text",
    stage: "text!",
    decision: "text!",
    rule: "text",
    detail: "text",
  });
  await index(db, "contact_ledger", ["tenant", "at"]);
  await index(db, "contact_ledger", ["tenant", "contact"]);
  await index(db, "contact_ledger", ["engagement_id"]);
}

async function engagementColumns(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await db.schema.alterTable("engagements").addColumn("recording_url", "text").execute();
  await db.schema
    .alterTable("campaigns")
    .addColumn("later", "integer", (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema
    .alterTable("campaigns")
    .addColumn("opens_at", dialect === "sqlite" ? "integer" : "bigint")
    .execute();
  for (const table of ["engagements", "campaign_members"])
    await db.schema.alterTable(table).addColumn("person_regions", "text").execute();
  await db.schema.alterTable("messages").addColumn("key", "text").execute();
  await db.schema.alterTable("messages").addColumn("author", "text").execute();
  // Who is on a call right now: a handful of rows, whatever has piled up.
  await sql`create index engagements_under_way on engagements (tenant, from_number)
    where launch_state != 'none' and status in ('accepted', 'queued', 'in_progress')`.execute(db);
  await sql`create index engagements_address on engagements (tenant, lower(contact))
    where contact like '%@%'`.execute(db);
  await sql`create unique index messages_key on messages (engagement_id, key) where key is not null`.execute(
    db,
  );
}

const index = (db: Kysely<unknown>, table: string, columns: readonly string[]): Promise<void> =>
  db.schema
    .createIndex(`${table}_${columns.join("_")}`)
    .on(table)
    .columns([...columns])
    .execute();

const unique = (db: Kysely<unknown>, table: string, columns: readonly string[]): Promise<void> =>
  db.schema
    .createIndex(`${table}_${columns.join("_")}`)
    .on(table)
    .columns([...columns])
    .unique()
    .execute();

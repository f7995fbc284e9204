// Webhooks: every delivery that verified, those that did not, and which engagements a delivery led to.
import type { Kysely } from "kysely";
import { createTable, type Dialect } from "../create-table.ts";

export async function webhooks(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await createTable(db, dialect, "deliveries", {
    id: "key",
    tenant: "text!",
    source: "text!",
    account: "text!",
    event_id: "text!",
    event: "text!",
    event_created: "integer",
    received_at: "integer!",
    signature: "text!",
    headers: "text!",
    body: "text!",
    state: "text!",
    result: "text",
    processed_at: "integer",
    replays: "integer!",
    recovered: "integer!",
  });
  const index = (name: string, columns: string[]) =>
    db.schema.createIndex(name).on("deliveries").columns(columns);
  await index("deliveries_event_id", ["tenant", "source", "account", "event_id"]).unique().execute();
  // One for each choice of filters: the newest of what fits is read off the end, however rare it is among millions.
  await index("deliveries_tenant", ["tenant", "id"]).execute();
  await index("deliveries_kind", ["event", "id"]).execute();
  await index("deliveries_state", ["state", "id"]).execute();
  await index("deliveries_tenant_kind", ["tenant", "event", "id"]).execute();
  await index("deliveries_tenant_state", ["tenant", "state", "id"]).execute();
  await index("deliveries_kind_state", ["event", "state", "id"]).execute();
  await index("deliveries_all", ["tenant", "event", "state", "id"]).execute();
  await createTable(db, dialect, "rejected_deliveries", {
    id: "key",
    tenant: "text!",
    source: "text!",
    received_at: "integer!",
    reason: "text!",
    sentence: "text!",
    headers: "text!",
    body: "text!",
  });
  await db.schema
    .createIndex("rejected_deliveries_tenant")
    .on("rejected_deliveries")
    .columns(["tenant", "id"])
    .execute();
  await createTable(
    db,
    dialect,
    "webhook_slots",
    {
      tenant: "text!",
      account: "text!",
      event: "text!",
      url: "text!",
      result: "text!",
      holders: "text!",
      sentence: "text",
      checked_at: "integer!",
    },
    ["tenant", "account", "event"],
  );
  await db.schema.alterTable("engagements").addColumn("delivery_id", "integer").execute();
  await db.schema.createIndex("engagements_delivery").on("engagements").columns(["delivery_id"]).execute();
}

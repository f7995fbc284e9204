// Fan-out: what is forwarded to which target, and how each target does.
import type { Kysely } from "kysely";
import { createTable, type Dialect } from "../create-table.ts";

export async function fanOut(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await createTable(db, dialect, "forwards", {
    id: "key",
    tenant: "text!",
    target: "text!",
    delivery_id: "integer!",
    event: "text!",
    state: "text!",
    tries: "integer!",
    status: "integer",
    result: "text",
    created_at: "integer!",
    tried_at: "integer",
    next_at: "integer",
    replays: "integer!",
  });
  const index = (name: string, columns: string[]) =>
    db.schema.createIndex(name).on("forwards").columns(columns);
  await index("forwards_delivery", ["delivery_id", "target"]).unique().execute();
  await index("forwards_target", ["tenant", "target", "id"]).execute();
  await index("forwards_tenant", ["tenant", "id"]).execute();
  await index("forwards_state", ["state", "tenant", "target", "id"]).execute();
  await index("forwards_age", ["created_at"]).execute();
  await createTable(
    db,
    dialect,
    "fan_out_targets",
    {
      tenant: "text!",
      target: "text!",
      secret_seed: "text!",
      secret_print: "text!",
      secret_set_at: "integer!",
      old_seed: "text",
      old_until: "integer",
      last_success_at: "integer",
      last_failure_at: "integer",
      last_failure: "text",
    },
    ["tenant", "target"],
  );
}

// Whose list or ledger is asked for. A brokerage that was taken out of the settings keeps its record; one of which nothing
// is kept at all is a mistake of whoever asks.
import { GatewayError } from "../../base/errors.ts";
import type { AdminDeps } from "../admin-deps.ts";

/** @throws GatewayError tenant_not_found. */
export async function requireBrokerage(
  { db, settings }: Pick<AdminDeps, "db" | "settings">,
  slug: string,
  table: "suppressions" | "contact_ledger",
): Promise<void> {
  if (settings.tenant(slug)) return;
  const kept = await db.selectFrom(table).select("id").where("tenant", "=", slug).limit(1).executeTakeFirst();
  if (!kept) throw new GatewayError("tenant_not_found");
}

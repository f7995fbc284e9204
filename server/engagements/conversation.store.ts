// The conversation of an outreach: who answers, how much was said. Statements only; opened by a launch that may be
// answered, or by the first word of the contact.
import type { Selectable } from "kysely";
import type { TenantSettings } from "../../shared/settings.schema.ts";
import type { ConversationTable } from "../db/channel-tables.ts";
import type { DbOrTrx } from "../db/schema.ts";
import type { EngagementRow } from "./engagement.store.ts";

export type ConversationRow = Selectable<ConversationTable>;

export async function findConversation(
  db: DbOrTrx,
  engagementId: string,
): Promise<ConversationRow | undefined> {
  return db
    .selectFrom("conversations")
    .selectAll()
    .where("engagement_id", "=", engagementId)
    .executeTakeFirst();
}

/** The one there is, or a new one in which `answers` answers. */
export async function openConversation(
  db: DbOrTrx,
  row: Pick<EngagementRow, "id" | "tenant">,
  answers: "agent" | "automated",
  now: number,
): Promise<ConversationRow> {
  await db
    .insertInto("conversations")
    .values({
      engagement_id: row.id,
      tenant: row.tenant,
      answers,
      last_inbound_at: null,
      last_outbound_at: null,
      turns: 0,
      cost_micros: 0,
      needs_agent: null,
      closed_at: null,
      closed_why: null,
      opened_at: now,
      updated_at: now,
    })
    .onConflict((conflict) => conflict.column("engagement_id").doNothing())
    .execute();
  const opened = await findConversation(db, row.id);
  if (!opened) throw new Error(`no conversation of ${row.id} though it was just opened`);
  return opened;
}

export async function changeConversation(
  db: DbOrTrx,
  engagementId: string,
  change: Partial<Omit<ConversationRow, "engagement_id" | "tenant">>,
  now: number,
): Promise<void> {
  await db
    .updateTable("conversations")
    .set({ ...change, updated_at: now })
    .where("engagement_id", "=", engagementId)
    .execute();
}

/** Who answers a contact of the brokerage on this channel, until somebody takes over. */
export function answererOf(
  tenant: Readonly<TenantSettings> | undefined,
  channel: string,
): "agent" | "automated" {
  const automated = tenant?.automated_channels.some((one) => one === channel) ?? false;
  return automated && tenant?.llm_url !== undefined && tenant.llm_model !== "" ? "automated" : "agent";
}

// A contact wants no more messages in words only the language model understood: the same follows as from STOP, with our own
// confirmation instead of the model's goodbye. Called by answer-automatically.
import type { TenantSettings } from "../../shared/settings.schema.ts";
import type { Channel } from "../../shared/values.ts";
import { type EngagementRow, findEngagement } from "../engagements/engagement.store.ts";
import type { ConversationDeps } from "./conversation-deps.ts";
import { honourWish } from "./honour-wish.ts";
import { refineEnded } from "./refine-ended.ts";

export interface Understood {
  readonly row: EngagementRow;
  readonly tenant: Readonly<TenantSettings>;
  /** The carrier's id of what they wrote last. */
  readonly heard: string;
  /** All they wrote since they were last written to. */
  readonly said: string;
}

/** Whatever happened while the model thought: an agent who took over may not write to them either. */
export async function obeyUnderstood(deps: ConversationDeps, understood: Understood): Promise<void> {
  const { row: asked, tenant, heard, said } = understood;
  const now = deps.clock.now();
  await deps.db.transaction().execute(async (trx) => {
    const row = (await findEngagement(trx, asked.id)) ?? asked;
    const { contact, at } = await trx
      .updateTable("inbound_messages")
      .set({ result: "opt_out" })
      .where("engagement_id", "=", row.id)
      .where("key", "=", heard)
      .returning(["contact", "at"])
      .executeTakeFirstOrThrow();
    const message = { channel: row.channel as Channel, contact, text: said, at, key: heard };
    await honourWish(deps, trx, { row, message, tenant, wish: { wish: "stop", how: "free_text" }, now });
    await refineEnded(trx, row.id, now);
  });
  deps.bus.emit("engagement:changed", { engagementId: asked.id, tenant: asked.tenant });
  deps.nudge();
}

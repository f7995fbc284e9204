// A further message that the carrier had taken did not arrive after all: whoever reads the conversation sees it failed, and why.
// Told as often as the carrier's account is read, kept once.
import type { Trx } from "../db/schema.ts";
import { about } from "./about-engagement.ts";
import { changeConversation, findConversation } from "./conversation.store.ts";
import type { EngagementRow } from "./engagement.store.ts";
import type { EngagementDeps } from "./engagement-deps.ts";

export async function failSent(
  deps: Pick<EngagementDeps, "journal" | "clock">,
  trx: Trx,
  row: EngagementRow,
  { id, why }: { readonly id: string; readonly why: string },
): Promise<void> {
  const failed = await trx
    .updateTable("outgoing_messages")
    .set({ state: "failed", error: why })
    .where("id", "=", id)
    .where("engagement_id", "=", row.id)
    .where("state", "in", ["sent", "unknown"])
    .executeTakeFirst();
  if (failed.numUpdatedRows > 0n) return tellFailed(deps, trx, row, why);
  // Whoever has it sent at this moment has not heard yet that it was taken, and finds the reason then.
  await trx
    .updateTable("outgoing_messages")
    .set({ error: why })
    .where("id", "=", id)
    .where("engagement_id", "=", row.id)
    .where("state", "=", "sending")
    .execute();
}

/** For the journal and whoever answers; where the conversation is over there is nobody to look. */
export async function tellFailed(
  deps: Pick<EngagementDeps, "journal" | "clock">,
  trx: Trx,
  row: EngagementRow,
  why: string,
): Promise<void> {
  await deps.journal.add(trx, {
    ...about(row),
    severity: "warn",
    event: "message.failed",
    message: `A message to the contact did not arrive: ${why}`,
  });
  const conversation = await findConversation(trx, row.id);
  if (conversation?.closed_at === null)
    await changeConversation(trx, row.id, { needs_agent: why }, deps.clock.now());
}

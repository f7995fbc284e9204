// Ends the opt-outs of a contact who wrote START: those of the channel it came by and of all channels. What they said of
// another channel holds on, and so does the brokerage's do-not-contact list.
import type { Channel } from "../../shared/values.ts";
import { endSuppression, type SuppressionRow } from "../contact/suppression.store.ts";
import type { Trx } from "../db/schema.ts";
import { enqueueMirror } from "../engagements/record-opt-out.ts";
import type { ConversationDeps } from "./conversation-deps.ts";

export interface Lift {
  readonly tenant: string;
  /** As the list keeps it: E.164 or lower-case address. */
  readonly contact: string;
  /** What they wrote by. */
  readonly channel: Channel;
  readonly engagementId: string;
  readonly reason: string;
  readonly now: number;
}

/** What was lifted; nothing where nothing held. */
export async function liftOptOut(
  deps: Pick<ConversationDeps, "journal">,
  trx: Trx,
  lift: Lift,
): Promise<readonly SuppressionRow[]> {
  const { tenant, engagementId, reason, now } = lift;
  const by = "contact";
  const rows = await holding(trx, lift);
  for (const { id } of rows) await endSuppression(trx, { tenant, id, by, reason, at: now });
  if (rows.length === 0) return rows;
  for (const { id, scope } of rows) if (scope === "all") await enqueueMirror(trx, id, true, now);
  await deps.journal.add(trx, {
    tenant,
    engagementId,
    event: "contact.opted_in",
    message: `The opt-out was lifted (${by}): ${reason}`,
  });
  return rows;
}

// What was said from this number or address, and what was mirrored of it onto the person it belongs to.
async function holding(trx: Trx, lift: Lift): Promise<SuppressionRow[]> {
  const own = await optOuts(trx, lift).where("contact", "=", lift.contact.toLowerCase()).execute();
  const persons = own.flatMap(({ person_id }) => person_id ?? []);
  if (persons.length === 0) return own;
  const mirrored = await optOuts(trx, lift)
    .where("contact", "is", null)
    .where("source", "=", "crm_tag")
    .where("person_id", "in", persons)
    .execute();
  return [...own, ...mirrored];
}

const optOuts = (trx: Trx, { tenant, channel }: Lift) =>
  trx
    .selectFrom("suppressions")
    .selectAll()
    .where("tenant", "=", tenant)
    .where("kind", "=", "opt_out")
    .where("scope", "in", ["all", channel])
    .where("ended_at", "is", null);

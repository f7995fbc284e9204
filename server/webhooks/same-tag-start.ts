// One added tag may be told of twice: by the delivery, which is tried again for hours, and by catch-up, which found it
// meanwhile; at Rollout also by a delivery about another tag. Whichever comes second starts nothing. Asked within the
// start's own transaction.
import type { Trx } from "../db/schema.ts";

export interface TagStartAsked {
  readonly tenant: string;
  readonly accountId: string;
  readonly personId: string;
  readonly channel: string;
  /** When the tag was added, or, for a recovered one, since when it may have been; null where nobody said. */
  readonly happenedAt: number | null;
  readonly recovered: boolean;
  /** Nobody said which tag was added: when it was last looked who carries it, epoch ms. */
  readonly untoldSince: number | null;
}

/** The engagement that the same added tag has led to before. */
export async function sameTagStart(trx: Trx, asked: TagStartAsked): Promise<string | undefined> {
  if (asked.untoldSince === null && asked.happenedAt === null) return undefined;
  const started = trx
    .selectFrom("engagements")
    .innerJoin("deliveries", "deliveries.id", "engagements.delivery_id")
    .select("engagements.id")
    .where("engagements.tenant", "=", asked.tenant)
    .where("engagements.person_id", "=", asked.personId)
    .where("engagements.source", "=", "tag")
    .where("engagements.crm_account_id", "=", asked.accountId)
    .where("engagements.channel", "=", asked.channel);
  if (asked.untoldSince !== null) {
    const since = await started.where("engagements.created_at", ">=", asked.untoldSince).executeTakeFirst();
    return since?.id;
  }
  const happenedAt = asked.happenedAt ?? 0;
  const row = asked.recovered
    ? await started
        .where("engagements.created_at", ">=", happenedAt)
        .where("deliveries.recovered", "=", 0)
        .executeTakeFirst()
    : await started
        .where("deliveries.recovered", "=", 1)
        .where("deliveries.received_at", ">=", happenedAt)
        .executeTakeFirst();
  return row?.id;
}

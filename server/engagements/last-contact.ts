// When somebody was last reached on a channel: the same number or address, or the same person of the same CRM account.
import { sameContact } from "../contact/same-contact.ts";
import { somebodyCalled } from "../contact/somebody-called.ts";
import type { DbOrTrx } from "../db/schema.ts";

export interface ContactKey {
  readonly tenant: string;
  readonly channel: string;
  readonly contact: string;
  readonly personId: string | null;
  readonly crmAccountId: string | null;
}

/**
 * Epoch ms of the newest outreach that was not refused; null when there is none. Whoever only waits in a campaign's line
 * was not contacted yet; what ended before it was handed over, or before the agent answered, contacted nobody. With `except` (the engagement that is
 * about to be launched) only those already handed to a provider count, so two waiting ones do not refuse each other.
 */
export async function lastContactAt(db: DbOrTrx, key: ContactKey, except?: string): Promise<number | null> {
  let select = db
    .selectFrom("engagements")
    .select((select) => select.fn.coalesce("started_at", "created_at").as("at"))
    .where("tenant", "=", key.tenant)
    .where("channel", "=", key.channel)
    .where("rule", "is", null)
    .where(somebodyCalled)
    .where((where) => where.or([where("campaign_state", "is", null), where("campaign_state", "!=", "held")]))
    .where((where) =>
      where.or([where("launch_state", "!=", "none"), where("status", "not in", ["failed", "canceled"])]),
    )
    .where((where) =>
      where.or([
        sameContact(key.contact),
        where.and([
          where("person_id", "=", key.personId ?? ""),
          where("crm_account_id", "=", key.crmAccountId ?? ""),
        ]),
      ]),
    );
  if (except !== undefined) select = select.where("id", "!=", except).where("launch_state", "!=", "none");
  const row = await select.orderBy("at", "desc").limit(1).executeTakeFirst();
  return row?.at ?? null;
}

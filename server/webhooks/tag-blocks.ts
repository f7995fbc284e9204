// People whom a tag in the CRM keeps from being contacted: found when the tag is put onto them, let go when it is gone. Told
// by webhooks, and looked at again by catching up, since a tag that went is told by no event of its own.
import type { TenantSettings } from "../../shared/settings.schema.ts";
import { plainTag } from "../../shared/tag-starts.schema.ts";
import { addSuppression, endSuppression } from "../contact/suppression.store.ts";
import type { CrmPerson } from "../crm/crm.ts";
import type { DbOrTrx } from "../db/schema.ts";
import type { HandledBy } from "./delivery-owner.ts";
import { carries } from "./tag-rules.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

/** Source of such rows in the list of whom not to contact. */
export const BY_TAG = "crm_tag";

/** Tags that mean "do not contact": the one opt-outs are mirrored as, and the brokerage's own. */
export function blockingTags(
  tenant: Pick<TenantSettings, "opt_out_tag" | "blocking_tags">,
): readonly string[] {
  const all = [tenant.opt_out_tag, ...tenant.blocking_tags].map((tag) => tag.trim());
  return [...new Map(all.filter((tag) => tag !== "").map((tag) => [plainTag(tag), tag])).values()];
}

export const blocksByTag = (tenant: Readonly<TenantSettings>, tags: readonly string[]): boolean => {
  const named = new Set(tags.map(plainTag));
  return blockingTags(tenant).some((tag) => named.has(plainTag(tag)));
};

/** Stores those who carry a blocking tag, lets those go who carry none any more. How many of each. */
export async function followTags(
  deps: WebhookDeps,
  by: HandledBy,
  people: readonly CrmPerson[],
): Promise<{ readonly blocked: number; readonly freed: number }> {
  const tags = blockingTags(by.tenant);
  let [blocked, freed] = [0, 0];
  for (const person of people) {
    const tag = tags.find((one) => carries(person, one));
    if (tag !== undefined && (await block(deps, by, person.id, tag))) blocked += 1;
    if (tag === undefined) freed += await free(deps, by, person.id);
  }
  return { blocked, freed };
}

async function block(deps: WebhookDeps, by: HandledBy, personId: string, tag: string): Promise<boolean> {
  const tenant = by.tenant.domain_name;
  // Our own mirror of an opt-out comes back as a webhook: what it says is stored already.
  if (await isOptedOut(deps.db, { tenant, accountId: by.accountId, personId })) return false;
  const { added } = await addSuppression(deps.db, {
    tenant,
    kind: "opt_out",
    contact: null,
    personId,
    crmAccountId: by.accountId,
    scope: "all",
    source: BY_TAG,
    said: `The tag “${tag}” is on the person.`,
    at: deps.clock.now(),
  });
  return added;
}

async function isOptedOut(
  db: DbOrTrx,
  { tenant, accountId, personId }: { tenant: string; accountId: string; personId: string },
): Promise<boolean> {
  const row = await db
    .selectFrom("suppressions")
    .select("id")
    .where("tenant", "=", tenant)
    .where("crm_account_id", "=", accountId)
    .where("person_id", "=", personId)
    .where("ended_at", "is", null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

async function free(deps: WebhookDeps, by: HandledBy, personId: string): Promise<number> {
  const rows = await deps.db
    .selectFrom("suppressions")
    .select("id")
    .where("tenant", "=", by.tenant.domain_name)
    .where("crm_account_id", "=", by.accountId)
    .where("person_id", "=", personId)
    .where("source", "=", BY_TAG)
    .where("ended_at", "is", null)
    .execute();
  for (const { id } of rows)
    await endSuppression(deps.db, {
      tenant: by.tenant.domain_name,
      id,
      by: "crm",
      reason: "the tag was taken off the person",
      at: deps.clock.now(),
    });
  return rows.length;
}

/** People whom a tag blocks now, of one account. */
export async function blockedByTag(
  db: DbOrTrx,
  by: Pick<HandledBy, "tenant" | "accountId">,
  among?: readonly string[],
): Promise<string[]> {
  let select = db
    .selectFrom("suppressions")
    .select("person_id")
    .where("tenant", "=", by.tenant.domain_name)
    .where("crm_account_id", "=", by.accountId)
    .where("source", "=", BY_TAG)
    .where("ended_at", "is", null);
  if (among) select = select.where("person_id", "in", among.length === 0 ? [""] : [...among]);
  const rows = await select.execute();
  return [...new Set(rows.flatMap(({ person_id }) => person_id ?? []))];
}

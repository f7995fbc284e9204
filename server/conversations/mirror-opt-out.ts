// Puts the opt-out tag onto the person in the CRM, or takes it away again, so that people who work there see it too.
import { GatewayError } from "../base/errors.ts";
import { linkPerson, type SuppressionRow } from "../contact/suppression.store.ts";
import { crmName } from "../crm/crm-name.ts";
import { findEngagement } from "../engagements/engagement.store.ts";
import { waysOf } from "../engagements/find-behind.ts";
import { requireAccess } from "../engagements/require-access.ts";
import type { ConversationDeps } from "./conversation-deps.ts";

export interface Mirror {
  readonly suppressionId: number;
  /** The wish was lifted: the tag goes. */
  readonly lifted: boolean;
}

/** @throws GatewayError crm_* with its retry hint. */
export async function mirrorOptOut(
  deps: ConversationDeps,
  { suppressionId, lifted }: Mirror,
  signal?: AbortSignal,
): Promise<void> {
  const row = await deps.db
    .selectFrom("suppressions")
    .selectAll()
    .where("id", "=", suppressionId)
    .executeTakeFirst();
  const tenant = row && deps.settings.tenant(row.tenant);
  // Said again meanwhile, or lifted: that has its own work.
  if (!row || !tenant || (row.ended_at !== null) !== lifted) return;
  // Never linked, never tagged.
  if (lifted && (row.person_id === null || (await isStillOut(deps, row)))) return;
  const tag = tenant.opt_out_tag.trim();
  if (tag === "" || tenant.crm_sync_provider === "none" || !tenant.fub_sync_contacts) return;
  const engagement = row.engagement_id ? await findEngagement(deps.db, row.engagement_id) : undefined;
  const access = requireAccess(deps.settings, row.tenant, engagement?.acts_with ?? "tenant");
  const options = { access, priority: "sync", ...(signal && { signal }) } as const;
  const known = row.person_id ?? engagement?.person_id ?? null;
  const account = (await deps.identities.recall(access))?.accountId ?? null;
  const sameAccount =
    (row.crm_account_id ?? engagement?.crm_account_id ?? account) === account || account === null;
  const personId = known !== null && sameAccount ? known : await findByContact(deps, row.contact, options);
  if (personId === null)
    return tell(
      deps,
      row.tenant,
      row.engagement_id,
      `Nobody in ${crmName(tenant)} has this number or address, so no tag was set`,
    );
  // Before the tag: its webhook comes back to us and must find it told already.
  if (row.person_id === null || row.crm_account_id === null)
    await linkPerson(deps.db, {
      tenant: row.tenant,
      contact: row.contact ?? "",
      personId,
      crmAccountId: account,
    });
  await deps.crm.setTag(personId, { tag, on: !lifted }, options);
  const what = lifted ? "taken off the person" : "put onto the person";
  return tell(
    deps,
    row.tenant,
    row.engagement_id,
    `The tag “${tag}” was ${what} in ${crmName(tenant)}`,
    personId,
  );
}

/** They asked for the same from another number or address, or somebody of the brokerage noted it. */
async function isStillOut(deps: ConversationDeps, row: SuppressionRow): Promise<boolean> {
  const other = await deps.db
    .selectFrom("suppressions")
    .select("id")
    .where("tenant", "=", row.tenant)
    .where("crm_account_id", row.crm_account_id === null ? "is" : "=", row.crm_account_id)
    .where("person_id", "=", row.person_id)
    .where("kind", "=", "opt_out")
    .where("scope", "=", "all")
    .where("ended_at", "is", null)
    .limit(1)
    .executeTakeFirst();
  return other !== undefined;
}

async function findByContact(
  deps: ConversationDeps,
  contact: string | null,
  options: Parameters<ConversationDeps["crm"]["findPerson"]>[1],
): Promise<string | null> {
  if (contact === null) return null;
  try {
    return (await deps.crm.findPerson(waysOf({ contact, other_contact: null }), options))?.id ?? null;
  } catch (error) {
    if (error instanceof GatewayError && error.code === "crm_not_found") return null;
    throw error;
  }
}

const tell = (
  deps: ConversationDeps,
  tenant: string,
  engagementId: string | null,
  message: string,
  personId: string | null = null,
): Promise<void> =>
  deps.journal.add(deps.db, { event: "contact.tagged", message, tenant, engagementId, personId });

// Finds the CRM person of an engagement: the known id, else by phone, else by e-mail, else the person is introduced
// (seed 000, "At call start"). The answer is stored on the engagement, so it is asked once.
import type { CrmPriority } from "../crm/crm.ts";
import { crmName } from "../crm/crm-name.ts";
import { type EngagementRow, updateEngagement } from "../engagements/engagement.store.ts";
import { isUnasked } from "../engagements/unasked.ts";
import { syncAccess } from "./sync-access.ts";
import type { SyncDeps } from "./sync-deps.ts";

/**
 * null: the contact wrote by themselves and the CRM does not know them.
 * @throws GatewayError crm_*; crm_unauthorized with a sentence when no key is set.
 */
export async function resolvePerson(
  deps: SyncDeps,
  row: EngagementRow,
  priority: CrmPriority,
  signal?: AbortSignal,
): Promise<string | null> {
  if (row.person_id !== null) return row.person_id;
  const options = {
    access: await syncAccess(deps, row),
    priority,
    ...(signal && { signal }),
  };
  const isEmail = row.contact?.includes("@") ?? false;
  const by = { phone: isEmail ? null : row.contact, email: isEmail ? row.contact : null };
  const found = await deps.crm.findPerson(by, options);
  if (!found && isUnasked(row)) return null;
  const person = found
    ? { id: found.id, created: false }
    : await deps.crm.introducePerson(
        { ...by, name: row.person_name, message: "Outreach was started through the Aventora Gateway." },
        options,
      );
  const now = deps.clock.now();
  const crm = crmName(deps.settings.tenant(row.tenant));
  await deps.db.transaction().execute(async (trx) => {
    // Whoever could not be found a moment ago is new, even if an event before this one made them.
    const introduced = found === null ? { person_introduced_at: now } : {};
    await updateEngagement(trx, row.id, { person_id: person.id, ...introduced }, now);
    await deps.journal.add(trx, {
      event: person.created ? "person.introduced" : "person.found",
      message: person.created ? `The person was added to ${crm}` : `The person was found in ${crm}`,
      tenant: row.tenant,
      userId: row.user_id,
      personId: person.id,
      engagementId: row.id,
      channel: row.channel,
    });
  });
  return person.id;
}

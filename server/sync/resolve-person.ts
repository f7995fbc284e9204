// Finds the CRM person of an engagement: the known id, else by phone, else by e-mail, else the person is introduced
// (seed 000, "At call start"). The answer is stored on the engagement, so it is asked once.
import type { CrmPriority } from "../crm/crm.ts";
import { crmName } from "../crm/crm-name.ts";
import type { Trx } from "../db/schema.ts";
import { type EngagementRow, updateEngagement } from "../engagements/engagement.store.ts";
import { certainPerson, findBehind, waysOf } from "../engagements/find-behind.ts";
import { isUnasked } from "../engagements/unasked.ts";
import { requireNew } from "./require-new.ts";
import { syncAccess } from "./sync-access.ts";
import type { SyncDeps } from "./sync-deps.ts";

/**
 * null: the contact wrote by themselves and the CRM does not know them. An id of another program that the CRM does not know
 * is dropped for whoever has the number or address, and the journal says so.
 * @throws GatewayError crm_*; crm_unauthorized with a sentence when no key is set.
 */
export async function resolvePerson(
  deps: SyncDeps,
  row: EngagementRow,
  priority: CrmPriority,
  signal?: AbortSignal,
): Promise<string | null> {
  const certain = certainPerson(row);
  if (certain !== null) return certain;
  const options = {
    access: await syncAccess(deps, row),
    priority,
    ...(signal && { signal }),
  };
  const found = await findBehind(deps.crm, row, options);
  if (!found && isUnasked(row)) return null;
  if (!found) await requireNew(deps, row);
  const person = found
    ? { id: found.id, created: false }
    : await deps.crm.introducePerson(
        {
          ...waysOf(row),
          name: row.person_name,
          message: "Outreach was started through the Aventora Gateway.",
        },
        options,
      );
  const now = deps.clock.now();
  await deps.db.transaction().execute(async (trx) => {
    // Whoever could not be found a moment ago is new, even if an event before this one made them.
    const introduced = found === null ? { person_introduced_at: now } : {};
    await updateEngagement(trx, row.id, { person_id: person.id, person_claimed: null, ...introduced }, now);
    if (person.id !== row.person_id) await tell(deps, trx, row, person);
  });
  return person.id;
}

async function tell(
  deps: SyncDeps,
  trx: Trx,
  row: EngagementRow,
  person: { readonly id: string; readonly created: boolean },
): Promise<void> {
  const crm = crmName(deps.settings.tenant(row.tenant));
  const came = person.created ? `The person was added to ${crm}` : `The person was found in ${crm}`;
  const claimed = row.person_id;
  await deps.journal.add(trx, {
    event: person.created ? "person.introduced" : "person.found",
    ...(claimed !== null && { severity: "warn" }),
    message:
      claimed === null
        ? came
        : `${came} by number or address, since nobody there has the id ${claimed} that the other program gave`,
    tenant: row.tenant,
    userId: row.user_id,
    personId: person.id,
    engagementId: row.id,
    channel: row.channel,
  });
}

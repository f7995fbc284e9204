// What the CRM says of a person right before somebody really reaches them: tags that mean "do not contact", and what they
// agreed to. A context of Follow Up Boss carries neither (FUB reference, embedded apps). Where it cannot be asked, nobody
// is reached: an answer may forbid it.
import { GatewayError } from "../base/errors.ts";
import { chooseAccess } from "../crm/choose-access.ts";
import type { Crm, CrmAccess } from "../crm/crm.ts";
import type { Journal } from "../log/journal.ts";
import { requireVault } from "../settings/require-vault.ts";
import type { SettingsRoom } from "../settings/settings-room.ts";
import { about } from "./about-engagement.ts";
import { knowledgeOf, type PersonKnowledge } from "./contact-facts.ts";
import type { EngagementRow } from "./engagement.store.ts";
import { findBehind } from "./find-behind.ts";
import { createPeopleAhead, type PeopleAheadDeps } from "./people-ahead.ts";
import { requireAccess } from "./require-access.ts";

export interface KnowledgeDeps extends PeopleAheadDeps {
  readonly journal: Journal;
  readonly crm: Pick<Crm, "person" | "findPerson" | "peopleByIds">;
  readonly settings: Pick<SettingsRoom, "tenant" | "secret" | "vault">;
}

export type ReadKnowledge = (row: EngagementRow) => Promise<PersonKnowledge | undefined>;

/**
 * Undefined where there is nothing to know: no such person, or no CRM. Where only a number or address was given, the tag on
 * whoever has it holds all the same.
 * @throws GatewayError crm_* or vault_unavailable; with the retry hint "never" somebody has to mend the key first.
 */
export function createKnowledgeReader(deps: KnowledgeDeps): ReadKnowledge {
  const readAhead = createPeopleAhead(deps);
  return async (row) => {
    const access = accessFor(deps, row);
    if (!access) return undefined;
    try {
      const ahead = row.campaign_id === null ? undefined : await readAhead(row, access);
      if (ahead !== undefined) return ahead ?? undefined;
      const person = await findBehind(deps.crm, row, { access, priority: "launch" });
      return person ? knowledgeOf(person) : undefined;
    } catch (error) {
      if (!(error instanceof GatewayError) || !NOBODY_THERE.has(error.code)) throw error;
      await deps.journal.add(deps.db, {
        ...about(row),
        severity: "warn",
        event: "person.unread",
        message: `The person's tags could not be looked at before the outreach: ${error.sentence}`,
      });
      return undefined;
    }
  };
}

/** There is no such person, or no CRM that could tell of one. */
const NOBODY_THERE: ReadonlySet<string> = new Set(["crm_not_found", "crm_unsupported"]);

/** Undefined for a brokerage without a CRM. Tags are looked at whether or not it has its outreach written there. */
function accessFor({ settings }: KnowledgeDeps, row: EngagementRow): CrmAccess | undefined {
  const tenant = settings.tenant(row.tenant);
  if (!tenant || tenant.crm_sync_provider === "none") return undefined;
  const access = chooseAccess(settings, row.tenant, row.acts_with);
  if (access) return access;
  requireVault(settings);
  const keys = ["tenant", ...tenant.users.map(({ id }) => `user:${id}`)];
  const hasCrm = keys.some((actsWith) => chooseAccess(settings, row.tenant, actsWith) !== undefined);
  return hasCrm && row.person_id !== null ? requireAccess(settings, row.tenant, row.acts_with) : undefined;
}

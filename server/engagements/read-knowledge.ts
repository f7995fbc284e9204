// What the CRM says of a person right before somebody really reaches them: tags that mean "do not contact", and what they
// agreed to. A context of Follow Up Boss carries neither (FUB reference, embedded apps).
import { GatewayError } from "../base/errors.ts";
import { chooseAccess } from "../crm/choose-access.ts";
import type { Crm } from "../crm/crm.ts";
import type { Db } from "../db/schema.ts";
import type { Journal } from "../log/journal.ts";
import type { SettingsRoom } from "../settings/settings-room.ts";
import { about } from "./about-engagement.ts";
import { knowledgeOf, type PersonKnowledge } from "./contact-facts.ts";
import type { EngagementRow } from "./engagement.store.ts";
import { findBehind } from "./find-behind.ts";

export interface KnowledgeDeps {
  readonly db: Db;
  readonly journal: Journal;
  readonly crm: Pick<Crm, "person" | "findPerson">;
  readonly settings: Pick<SettingsRoom, "tenant" | "secret">;
}

export type ReadKnowledge = (row: EngagementRow) => Promise<PersonKnowledge | undefined>;

/**
 * Undefined where nothing can be known: nobody with this number or address, no CRM, no key that works. Where only those were
 * given, the tag on whoever has them holds all the same. While the CRM only does not answer, the outreach waits: an answer
 * may forbid it.
 * @throws GatewayError crm_* to be tried again.
 */
export function createKnowledgeReader(deps: KnowledgeDeps): ReadKnowledge {
  return async (row) => {
    const tenant = deps.settings.tenant(row.tenant);
    const asks = tenant && tenant.crm_sync_provider !== "none" && tenant.fub_sync_contacts;
    if (!asks) return undefined;
    const access = chooseAccess(deps.settings, row.tenant, row.acts_with);
    if (!access) return undefined;
    try {
      const person = await findBehind(deps.crm, row, { access, priority: "launch" });
      return person ? knowledgeOf(person) : undefined;
    } catch (error) {
      if (!(error instanceof GatewayError) || error.retry.kind !== "never") throw error;
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

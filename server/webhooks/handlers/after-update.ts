// peopleUpdated: whoever still waits to be reached is reached under the number or address they have now, by the hours of
// where they live now.

import { ERROR_CODES } from "../../../shared/error-codes.ts";
import type { Channel } from "../../../shared/values.ts";
import { GatewayError } from "../../base/errors.ts";
import type { CrmPerson } from "../../crm/crm.ts";
import { crmName } from "../../crm/crm-name.ts";
import { factsOf, knowledgeOf, writeRegions } from "../../engagements/contact-facts.ts";
import { type Ending, endEngagement } from "../../engagements/end-engagement.ts";
import { addHistory, type EngagementRow, updateEngagement } from "../../engagements/engagement.store.ts";
import { chooseContact } from "../../engagements/may-contact.ts";
import { noteDecision } from "../../engagements/note-decision.ts";
import type { HandledBy } from "../delivery-owner.ts";
import type { DeliveryToHandle } from "../event-handler.ts";
import { blockedByTag, followTags } from "../tag-blocks.ts";
import { allRules } from "../tag-rules.ts";
import { forgetUntagged } from "../untold-tags.ts";
import { NOTHING_WAITED, waitingFor } from "../waiting-engagements.ts";
import type { WebhookDeps } from "../webhook-deps.ts";

export async function afterUpdate(deps: WebhookDeps, { body, by }: DeliveryToHandle): Promise<string> {
  if (by.access.rollout) await lookAtTags(deps, by, body.resourceIds);
  const freed = await lookAtBlocks(deps, by, body.resourceIds);
  const waiting = await waitingFor(deps.db, by, body.resourceIds);
  if (waiting.length === 0)
    return freed === 0 ? NOTHING_WAITED : `${freed} may be contacted again: the tag is gone.`;
  const ids = [...new Set(waiting.flatMap(({ person_id }) => person_id ?? []))];
  const people = await deps.crm.peopleByIds(ids, { access: by.access, priority: "launch" });
  const byId = new Map(people.map((person) => [person.id, person]));
  let changed = 0;
  for (const row of waiting) {
    const person = byId.get(row.person_id ?? "");
    if (person && (await refresh(deps, row, person))) changed += 1;
  }
  return changed === 0
    ? "What waits for them is still right."
    : `${changed} waiting for them were brought up to date.`;
}

// A tag that went is a change like any other.
async function lookAtBlocks(deps: WebhookDeps, by: HandledBy, ids: readonly string[]): Promise<number> {
  const blocked = await blockedByTag(deps.db, by, ids);
  if (blocked.length === 0) return 0;
  const people = await deps.crm.peopleByIds(blocked, { access: by.access, priority: "launch" });
  return (await followTags(deps, by, people)).freed;
}

// Rollout tells of a tag that went by no event of its own.
async function lookAtTags(deps: WebhookDeps, by: HandledBy, ids: readonly string[]): Promise<void> {
  if (allRules(by.tenant).length === 0) return;
  await forgetUntagged(deps, by, await deps.crm.peopleByIds(ids, { access: by.access, priority: "listing" }));
}

async function refresh(deps: WebhookDeps, row: EngagementRow, person: CrmPerson): Promise<boolean> {
  const facts = { channel: row.channel as Channel, ...factsOf(person) };
  // What was chosen by hand stays, as long as it is one of theirs.
  if (chooseContact({ ...facts, chosen: row.contact }).ok) return followMove(deps, row, person);
  const verdict = chooseContact({ ...facts, chosen: null });
  if (!verdict.ok) {
    const detail = `The person was changed in ${crmName(deps.settings.tenant(row.tenant))}: ${ERROR_CODES[verdict.rule].sentence}`;
    const ending = { status: "failed", outcome: verdict.rule, detail, guard: stillWaits } as const;
    if (!(await refuse(deps, row.id, ending))) return false;
    const decided = { decision: "refused", rule: verdict.rule } as const;
    await noteDecision(deps.db, row, "launch", decided, deps.clock.now());
    return true;
  }
  return deps.db.transaction().execute(async (trx) => {
    const now = deps.clock.now();
    const moved = await trx
      .updateTable("engagements")
      .set({ contact: verdict.contact, person_regions: regionsOf(person) })
      .where("id", "=", row.id)
      // It may have been handed over since.
      .where("launch_state", "=", "none")
      .executeTakeFirst();
    if (moved.numUpdatedRows === 0n) return false;
    await updateEngagement(trx, row.id, { person_name: person.name || row.person_name }, now);
    const detail = `The number or address was changed in ${crmName(deps.settings.tenant(row.tenant))}`;
    await addHistory(trx, row.id, [{ at: now, event: "contact_changed", detail }]);
    return true;
  });
}

const regionsOf = (person: CrmPerson): string | null => writeRegions(knowledgeOf(person).regions);

async function followMove(deps: WebhookDeps, row: EngagementRow, person: CrmPerson): Promise<boolean> {
  const regions = regionsOf(person);
  if (regions === row.person_regions) return false;
  const moved = await deps.db
    .updateTable("engagements")
    .set({ person_regions: regions, updated_at: deps.clock.now() })
    .where("id", "=", row.id)
    .where("launch_state", "=", "none")
    .executeTakeFirst();
  return moved.numUpdatedRows > 0n;
}

async function refuse(deps: WebhookDeps, id: string, ending: Ending): Promise<boolean> {
  try {
    await endEngagement(deps, id, ending);
    return true;
  } catch (error) {
    if (error instanceof GatewayError && error.code === "wrong_state") return false;
    throw error;
  }
}

// Handed over since it was found waiting: it goes out under the number it was handed over with.
function stillWaits(row: EngagementRow): void {
  if (row.launch_state !== "none") throw new GatewayError("wrong_state");
}

// peopleTagsCreated: whoever was given a start tag, and really carries it in this account, is reached for the brokerage
// (seed 000, "Tag-triggered outreach"). Tags do not say which agent added them, so nothing here is per agent.

import type { TagStart } from "../../../shared/tag-starts.schema.ts";
import { sha256Hex } from "../../base/hmac.ts";
import type { CrmPerson } from "../../crm/crm.ts";
import { factsOf } from "../../engagements/contact-facts.ts";
import { type StartResult, startEngagement } from "../../engagements/start-engagement.ts";
import type { DeliveryToHandle } from "../event-handler.ts";
import { sameTagStart } from "../same-tag-start.ts";
import { carries, rulesFor } from "../tag-rules.ts";
import type { WebhookDeps } from "../webhook-deps.ts";

export async function startByTag(deps: WebhookDeps, delivery: DeliveryToHandle): Promise<string> {
  const { body, by } = delivery;
  const rules = rulesFor(by.tenant, body.data?.tags ?? []);
  if (rules.length === 0) return "None of the added tags starts an outreach.";
  if (by.tenant.crm_sync_provider !== "followup_boss")
    return "The brokerage does not work with Follow Up Boss, so nothing was started.";
  const people = await deps.crm.peopleByIds(body.resourceIds, { access: by.access, priority: "launch" });
  if (people.length === 0)
    return "None of these people is in the brokerage's Follow Up Boss account: the delivery is another account's, or they were deleted. Nothing was started.";
  const counts = { started: 0, repeated: 0, without: 0, refused: new Map<string, number>() };
  for (const person of people) {
    const carried = rules.filter(({ tag }) => carries(person, tag));
    if (carried.length === 0) counts.without += 1;
    for (const rule of carried) {
      const result = await startFor(deps, delivery, person, rule);
      if (result.kind === "refused")
        counts.refused.set(result.rule, (counts.refused.get(result.rule) ?? 0) + 1);
      else if (result.repeated) counts.repeated += 1;
      else counts.started += 1;
    }
  }
  return sentenceOf(counts, body.resourceIds.length - people.length);
}

/** One delivery starts one outreach per person and tag, however often it comes or is replayed. */
async function startFor(
  deps: WebhookDeps,
  { id, body, by, happenedAt, recovered }: DeliveryToHandle,
  person: CrmPerson,
  rule: TagStart,
): Promise<StartResult> {
  return startEngagement(deps, {
    tenant: by.tenant.domain_name,
    source: "tag",
    startKey: `delivery/${by.accountId}/${body.eventId}/${person.id}/${rule.channel}`,
    requestHash: sha256Hex(JSON.stringify([rule.channel, person.id])),
    channel: rule.channel,
    type: rule.call_type,
    instruction: rule.instruction,
    person: { id: person.id, name: person.name },
    crmAccountId: by.accountId,
    ...factsOf(person),
    chosen: null,
    actor: by.actor,
    deliveryId: id,
    sameAs: (trx) =>
      sameTagStart(trx, {
        tenant: by.tenant.domain_name,
        accountId: by.accountId,
        personId: person.id,
        channel: rule.channel,
        happenedAt,
        recovered,
      }),
    scheduledAt: null,
  });
}

interface Counts {
  readonly started: number;
  readonly repeated: number;
  readonly without: number;
  readonly refused: ReadonlyMap<string, number>;
}

function sentenceOf(counts: Counts, missing: number): string {
  const refused = [...counts.refused].map(([rule, n]) => `${n} refused (${rule})`);
  const parts = [
    ...(counts.started > 0 ? [`${counts.started} started`] : []),
    ...(counts.repeated > 0 ? [`${counts.repeated} had been started before`] : []),
    ...refused,
    ...(counts.without > 0 ? [`${counts.without} did not carry the tag (any more)`] : []),
    ...(missing > 0 ? [`${missing} not in this Follow Up Boss account`] : []),
  ];
  return `${parts.join(", ")}.`;
}

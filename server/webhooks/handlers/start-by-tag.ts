// peopleTagsCreated: whoever was given a start tag, and really carries it in this account, is reached for the brokerage
// (seed 000, "Tag-triggered outreach"). Tags do not say which agent added them, so nothing here is per agent.

import type { TagStart } from "../../../shared/tag-starts.schema.ts";
import { sha256Hex } from "../../base/hmac.ts";
import type { CrmPerson } from "../../crm/crm.ts";
import { crmName } from "../../crm/crm-name.ts";
import { factsOf, knowledgeOf } from "../../engagements/contact-facts.ts";
import { type StartResult, startEngagement } from "../../engagements/start-engagement.ts";
import type { DeliveryToHandle } from "../event-handler.ts";
import { sameTagStart } from "../same-tag-start.ts";
import { allRules, carries, rulesFor } from "../tag-rules.ts";
import { forgetUntagged, newlyTagged } from "../untold-tags.ts";
import type { WebhookDeps } from "../webhook-deps.ts";

export async function startByTag(deps: WebhookDeps, delivery: DeliveryToHandle): Promise<string> {
  const { body, by } = delivery;
  // Rollout does not promise to say which tags were added.
  const untold = by.access.rollout !== undefined && body.data?.tags === undefined;
  const rules = untold ? allRules(by.tenant) : rulesFor(by.tenant, body.data?.tags ?? []);
  if (rules.length === 0) return "None of the added tags starts an outreach.";
  const people = await deps.crm.peopleByIds(body.resourceIds, { access: by.access, priority: "launch" });
  if (people.length === 0)
    return `None of these people is in the brokerage's account (${crmName(by.tenant)}): the delivery is another account's, or they were deleted. Nothing was started.`;
  const newly = untold ? await newlyTagged(deps, by, rules, people) : undefined;
  const counts = {
    started: 0,
    repeated: 0,
    without: 0,
    before: 0,
    spelling: 0,
    refused: new Map<string, number>(),
  };
  for (const person of people) {
    const carried = rules.filter(({ tag }) => carries(person, tag));
    if (carried.length === 0) counts.without += 1;
    for (const rule of carried) {
      const doubt = newly?.doubt(person, rule);
      if (doubt) {
        counts[doubt] += 1;
        continue;
      }
      const result = await startFor(deps, delivery, {
        person,
        rule,
        untoldSince: newly?.since(rule) ?? null,
      });
      if (result.kind === "refused")
        counts.refused.set(result.rule, (counts.refused.get(result.rule) ?? 0) + 1);
      else if (result.repeated) counts.repeated += 1;
      else counts.started += 1;
    }
  }
  if (untold) await forgetUntagged(deps, by, people);
  return sentenceOf(counts, new Set(body.resourceIds).size - people.length);
}

interface TaggedPerson {
  readonly person: CrmPerson;
  readonly rule: TagStart;
  readonly untoldSince: number | null;
}

/** One delivery starts one outreach per person and tag, however often it comes or is replayed. */
async function startFor(
  deps: WebhookDeps,
  { id, body, by, happenedAt, recovered }: DeliveryToHandle,
  { person, rule, untoldSince }: TaggedPerson,
): Promise<StartResult> {
  return startEngagement(deps, {
    tenant: by.tenant.domain_name,
    source: "tag",
    startKey: `delivery/${by.accountId}/${body.eventId}/${person.id}/${rule.channel}`,
    requestHash: sha256Hex(JSON.stringify([rule.channel, person.id])),
    channel: rule.channel,
    type: rule.call_type,
    instruction: rule.instruction,
    person: { id: person.id, name: person.name, known: knowledgeOf(person) },
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
        untoldSince,
      }),
    scheduledAt: null,
    whenClosed: "wait",
  });
}

interface Counts {
  readonly started: number;
  readonly repeated: number;
  readonly without: number;
  /** Carried the tag before, as far as anybody can tell. */
  readonly before: number;
  /** Carry the tag in a spelling that Rollout does not find it by. */
  readonly spelling: number;
  readonly refused: ReadonlyMap<string, number>;
}

function sentenceOf(counts: Counts, missing: number): string {
  const refused = [...counts.refused].map(([rule, n]) => `${n} refused (${rule})`);
  const parts = [
    ...(counts.started > 0 ? [`${counts.started} started`] : []),
    ...(counts.repeated > 0 ? [`${counts.repeated} had been started before`] : []),
    ...refused,
    ...(counts.without > 0 ? [`${counts.without} did not carry the tag (any more)`] : []),
    ...(counts.before > 0 ? [`${counts.before} had carried the tag before`] : []),
    ...(counts.spelling > 0
      ? [`${counts.spelling} carry the tag in another spelling than the settings`]
      : []),
    ...(missing > 0 ? [`${missing} not in this account`] : []),
  ];
  return `${parts.join(", ")}.`;
}

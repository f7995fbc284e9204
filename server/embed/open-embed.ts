// Opens the single-contact app: whoever is let in must have a person open. What comes out is the page's model with a
// short session.
import type { EmbedModel } from "../../shared/embed.schema.ts";
import type { CrmPerson } from "../crm/crm.ts";
import { contextPerson } from "../crm/followupboss/decode-embed-context.ts";
import { factsOf } from "../engagements/contact-facts.ts";
import { type Admitted, admitApp, type EmbedQuery } from "./admit-app.ts";
import { describeAgent, tellOpened } from "./describe-agent.ts";
import { blockedByRules, describeBlocked, describeContacts } from "./describe-contacts.ts";
import { describeRules } from "./describe-rules.ts";
import type { EmbedDeps } from "./embed-deps.ts";
import { makeActor } from "./make-actor.ts";
import { previewModel } from "./preview-model.ts";
import { readRecent } from "./read-recent.ts";

export async function openEmbed(deps: EmbedDeps, query: EmbedQuery): Promise<EmbedModel> {
  const admission = await admitApp(deps, "embed", query);
  if ("refused" in admission) return admission.refused;
  if ("preview" in admission) return previewModel(admission.preview);
  const person = contextPerson(admission.context);
  if (!person) return admission.refuse("person_not_found", "the context names no person");
  return readyModel(deps, admission, person);
}

async function readyModel(deps: EmbedDeps, admitted: Admitted, person: CrmPerson): Promise<EmbedModel> {
  const { tenant, context, identified } = admitted;
  const accountId = context.account.id;
  const session = await deps.sessions.issue({
    app: "embed",
    tenant: tenant.domain_name,
    accountId,
    ...identified.acting,
    crmUserId: context.user.id,
    person: { id: person.id, name: person.name, ...factsOf(person) },
  });
  tellOpened(deps, admitted, "the app", person.id);
  const place = { tenant, accountId, personId: person.id };
  const contacts = await describeRules(deps, place, describeContacts(person));
  return {
    session,
    state: "ready",
    tenant: tenant.domain_name,
    person: { id: person.id, name: person.name },
    contacts,
    blocked: { ...blockedByRules(contacts), ...describeBlocked(person) },
    agent: describeAgent(admitted, makeActor(tenant, identified.acting)),
    ...(await readRecent(deps, { tenant: tenant.domain_name, accountId, personId: person.id })),
  };
}

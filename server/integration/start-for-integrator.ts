// Starts asked for by other programs: by person of the CRM, by number or address, or directly from this computer.
// They run for the brokerage, not for an agent (seed 000, "What not to use for per-user outreach"), unless one is named.
import { EMAIL_EXTRAS } from "../../shared/email-extras.schema.ts";
import type { IntegrationStart, StartFromPerson } from "../../shared/integration.schema.ts";
import type { TenantSettings } from "../../shared/settings.schema.ts";
import type { Channel } from "../../shared/values.ts";
import { GatewayError } from "../base/errors.ts";
import { sha256Hex } from "../base/hmac.ts";
import { newId } from "../base/ids.ts";
import { fieldError } from "../base/parse.ts";
import { parseWrittenTime } from "../base/parse-written-time.ts";
import type { OrderExtras } from "../channels/channel.ts";
import { chooseAccess } from "../crm/choose-access.ts";
import { namesCrm } from "../crm/names-crm.ts";
import { linkedCrmUser } from "../crm/user-links.ts";
import { checkType } from "../engagements/check-type.ts";
import { knowledgeOf, ownEmail, ownPhone } from "../engagements/contact-facts.ts";
import { fromNumber } from "../engagements/from-number.ts";
import { checkExtras } from "../engagements/order-extras.ts";
import { requireAccess } from "../engagements/require-access.ts";
import { type StartResult, startEngagement } from "../engagements/start-engagement.ts";
import type { Actor, StartRequest } from "../engagements/start-request.ts";
import type { IntegrationDeps } from "./integration-deps.ts";

export interface StartCall<B> {
  readonly tenant: Readonly<TenantSettings>;
  readonly body: B;
  /** Value of the Idempotency-Key header. */
  readonly idempotencyKey: string | undefined;
  /** Which route asked: part of what a key is bound to. */
  readonly source: "integration" | "direct" | "start_from_person";
}

/** By number or address. @throws GatewayError invalid_request, idempotency_key_reused. */
export async function startByContact(
  deps: IntegrationDeps,
  call: StartCall<IntegrationStart>,
): Promise<StartResult> {
  const { body } = call;
  const email = body.email_address ?? body.client_email;
  const channel = body.channel ?? (body.phone_number !== undefined ? "phone" : "email");
  checkType(channel, body.type, "type");
  if (
    channel === "email"
      ? email === undefined
      : body.phone_number === undefined && !(channel === "chat" && email !== undefined)
  ) {
    const field = channel === "email" ? "email_address" : "phone_number";
    throw fieldError(field, `is needed for the channel ${channel}`);
  }
  const fromCrm = namesCrm(call.tenant, body.source_system);
  return startEngagement(deps, {
    ...(await base(deps, call, channel)),
    person: {
      id: fromCrm ? (body.source_record_id ?? null) : null,
      claimed: true,
      name: body.client_name || null,
    },
    phones: body.phone_number === undefined ? [] : [ownPhone(body.phone_number)],
    emails: email === undefined ? [] : [ownEmail(email)],
  });
}

/** By person: numbers and addresses are read from the CRM. @throws GatewayError person_not_found, crm_*. */
export async function startByPerson(
  deps: IntegrationDeps,
  call: StartCall<StartFromPerson>,
): Promise<StartResult> {
  const { tenant, body } = call;
  const channel = body.channel ?? "phone";
  checkType(channel, body.type, "type");
  const actor = actorOf(deps, tenant, body.external_user_id, "external_user_id");
  const access = requireAccess(deps.settings, tenant.domain_name, actor.actsWith);
  const person = await deps.crm.person(body.person_id, { access, priority: "launch" });
  if (!person) throw new GatewayError("person_not_found");
  // The person's id means something in this account only, so it has to be known which one it is.
  await deps.identities.learn(access, { priority: "launch" });
  const request = await base(deps, call, channel);
  return startEngagement(deps, {
    ...request,
    person: { id: person.id, name: person.name, known: knowledgeOf(person) },
    phones: person.phones,
    emails: person.emails,
  });
}

type Base = Omit<StartRequest, "person" | "phones" | "emails">;

async function base(
  deps: IntegrationDeps,
  call: StartCall<IntegrationStart | StartFromPerson>,
  channel: Channel,
): Promise<Base> {
  const { tenant, body } = call;
  const now = deps.clock.now();
  // `/start` calls the agent user_id (facts: Hub documentation, direct start).
  const field = call.source === "direct" ? "user_id" : "external_user_id";
  const acting = actorOf(deps, tenant, body.external_user_id, field);
  const access = chooseAccess(deps.settings, tenant.domain_name, acting.actsWith);
  const accountId = access ? ((await deps.identities.recall(access))?.accountId ?? null) : null;
  const key = call.idempotencyKey;
  const extras = extrasOf(body);
  checkExtras(deps.providers.get(deps.providers.chosen(tenant, channel)), channel, extras);
  return {
    tenant: tenant.domain_name,
    source: call.source,
    startKey: key === undefined ? `once/${newId("req", now)}` : `key/${call.source}/${key}`,
    requestHash: sha256Hex(JSON.stringify(body)),
    channel,
    type: body.type,
    instruction: body.instruction ?? "",
    extras,
    crmAccountId: accountId,
    chosen: null,
    actor: await attribute(deps, tenant.domain_name, acting, accountId),
    // An empty form field is no time.
    scheduledAt: parseWrittenTime(body.scheduled_time || undefined) ?? null,
    whenClosed: "refuse",
  };
}

/** An empty form field asks for nothing. */
const extrasOf = (body: IntegrationStart | StartFromPerson): OrderExtras =>
  Object.fromEntries([...EMAIL_EXTRAS, "language" as const].map((name) => [name, body[name] || undefined]));

function actorOf(
  deps: IntegrationDeps,
  tenant: Readonly<TenantSettings>,
  userId: string | undefined,
  field: string,
): Actor {
  if (userId === undefined)
    return {
      userId: null,
      name: null,
      crmUserId: null,
      actsWith: "tenant",
      fromNumber: fromNumber(tenant, undefined),
    };
  const user = tenant.users.find((candidate) => candidate.id === userId);
  if (!user) throw fieldError(field, `no agent of ${tenant.domain_name} has the id ${userId}`);
  const ownKey = chooseAccess(deps.settings, tenant.domain_name, `user:${user.id}`);
  return {
    userId: user.id,
    name: user.name || user.id,
    crmUserId: null,
    actsWith: ownKey ? `user:${user.id}` : "tenant",
    fromNumber: fromNumber(tenant, user),
  };
}

/** With the brokerage's key the record is attributed to the agent's CRM user, where the agent was recognised before. */
async function attribute(
  deps: IntegrationDeps,
  tenant: string,
  actor: Actor,
  accountId: string | null,
): Promise<Actor> {
  if (actor.userId === null || accountId === null || actor.actsWith !== "tenant") return actor;
  return { ...actor, crmUserId: await linkedCrmUser(deps.db, { tenant, accountId, userId: actor.userId }) };
}

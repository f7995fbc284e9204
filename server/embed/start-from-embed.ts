// A click on the page: the session says who and whom, the click id makes a repeated click the same outreach.
import type { EmbedStart } from "../../shared/embed.schema.ts";
import type { Engagement } from "../../shared/engagement.schema.ts";
import { GatewayError } from "../base/errors.ts";
import { sha256Hex } from "../base/hmac.ts";
import { checkType } from "../engagements/check-type.ts";
import { findEngagement, readEngagement } from "../engagements/engagement.store.ts";
import { type StartResult, startEngagement } from "../engagements/start-engagement.ts";
import type { EmbedDeps } from "./embed-deps.ts";
import type { EmbedSession } from "./embed-sessions.ts";
import { makeActor } from "./make-actor.ts";

/** @throws GatewayError person_not_found, tenant_not_found, session_expired, idempotency_key_reused. */
export async function startFromEmbed(
  deps: EmbedDeps,
  session: EmbedSession,
  start: EmbedStart,
): Promise<StartResult> {
  checkType(start.channel, start.call_type, "call_type");
  const tenant = deps.settings.tenant(session.tenant);
  if (!tenant) throw new GatewayError("tenant_not_found");
  if (session.person === null) throw new GatewayError("person_not_found");
  // An agent removed since the page was opened no longer acts.
  if (session.userId !== null && !tenant.users.some((user) => user.id === session.userId))
    throw new GatewayError("session_expired");
  const { channel, call_type, instruction = "", contact = "", scheduled_time } = start;
  const asked = [channel, call_type, instruction, contact, ...(scheduled_time ? [scheduled_time] : [])];
  return startEngagement(deps, {
    tenant: session.tenant,
    source: "embed",
    startKey: `click/${session.accountId}/${session.crmUserId}/${session.person.id}/${start.click_id}`,
    requestHash: sha256Hex(JSON.stringify(asked)),
    channel: start.channel,
    type: start.call_type,
    instruction: start.instruction ?? "",
    person: { id: session.person.id, name: session.person.name },
    crmAccountId: session.accountId,
    phones: session.person.phones,
    emails: session.person.emails,
    chosen: start.contact ?? null,
    actor: makeActor(tenant, session),
    scheduledAt: start.scheduled_time === undefined ? null : Date.parse(start.scheduled_time),
    whenClosed: "refuse",
  });
}

/** An engagement as its page may see it: only of the session's tenant, account and person. @throws engagement_not_found. */
export async function readForSession(
  deps: EmbedDeps,
  session: EmbedSession,
  id: string,
): Promise<Engagement> {
  const row = await findEngagement(deps.db, id);
  const mine =
    row &&
    row.tenant === session.tenant &&
    row.crm_account_id === session.accountId &&
    row.person_id === session.person?.id;
  if (!mine) throw new GatewayError("engagement_not_found");
  return readEngagement(deps.db, row, deps.settings.tenant(row.tenant)?.users);
}

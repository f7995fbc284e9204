// Who speaks on a campaign page: its session, and the agent it stands for by today's settings.
import type { Request } from "express";
import { GatewayError } from "../base/errors.ts";
import type { CampaignAsker } from "../campaigns/list-request.ts";
import type { EmbedSession } from "../embed/embed-sessions.ts";
import { makeActor } from "../embed/make-actor.ts";
import type { PublicAppDeps } from "./http-deps.ts";
import { bearerOf } from "./read-body.ts";

/** @throws GatewayError session_expired. */
export async function sessionOf(deps: PublicAppDeps, request: Request): Promise<EmbedSession> {
  return deps.embed.sessions.read(bearerOf(request) ?? "", "campaign");
}

/** @throws GatewayError session_expired (an agent removed since the page was opened no longer acts), tenant_not_found. */
export function askerOfSession(deps: PublicAppDeps, session: EmbedSession): CampaignAsker {
  const tenant = deps.embed.settings.tenant(session.tenant);
  if (!tenant) throw new GatewayError("tenant_not_found");
  if (session.userId !== null && !tenant.users.some((user) => user.id === session.userId))
    throw new GatewayError("session_expired");
  return {
    tenant: session.tenant,
    accountId: session.accountId,
    crmUserId: session.crmUserId,
    actor: makeActor(tenant, session),
  };
}

export async function askerOf(deps: PublicAppDeps, request: Request): Promise<CampaignAsker> {
  return askerOfSession(deps, await sessionOf(deps, request));
}

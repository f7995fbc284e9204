// Learns ahead of time whose account each key of a tenant belongs to, so that the first page opens without waiting.

import type { TenantSettings } from "../../shared/settings.schema.ts";
import { GatewayError } from "../base/errors.ts";
import { chooseAccess } from "../crm/choose-access.ts";
import type { CrmAccess } from "../crm/crm.ts";
import type { EmbedDeps } from "./embed-deps.ts";
import { linkAgents } from "./link-agents.ts";

/** @throws the first passing failure, so that the worker tries again; a refused key is told once and left alone. */
export async function learnAccounts(deps: EmbedDeps, slug: string): Promise<void> {
  const tenant = deps.settings.tenant(slug);
  if (!tenant || tenant.crm_sync_provider === "none") return;
  const owners = ["tenant" as const, ...tenant.users.map((user) => `user:${user.id}` as const)];
  let passing: GatewayError | undefined;
  for (const owner of owners) {
    const access = chooseAccess(deps.settings, slug, owner);
    if (!access) continue;
    const failed = await learnOne(deps, tenant, access).then(() => undefined, asGatewayError);
    if (failed?.retry.kind === "never") tellRefusedKey(deps, tenant, owner, failed);
    else passing ??= failed;
  }
  if (passing) throw passing;
}

async function learnOne(deps: EmbedDeps, tenant: Readonly<TenantSettings>, access: CrmAccess): Promise<void> {
  const { accountId } = await deps.identities.learn(access, { priority: "launch" });
  if (access.rollout) await linkAgents(deps, tenant, { access, accountId });
}

function asGatewayError(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  throw error;
}

function tellRefusedKey(
  deps: EmbedDeps,
  tenant: Readonly<TenantSettings>,
  owner: string,
  error: GatewayError,
): void {
  const what =
    tenant.crm_sync_provider === "rollout"
      ? "The connected account at Rollout"
      : `The Follow Up Boss key of ${owner === "tenant" ? "the brokerage" : `the agent ${owner.slice("user:".length)}`}`;
  deps.journal.tell({
    event: "key.refused",
    severity: "error",
    message: `${what} does not work: ${error.sentence}`,
    tenant: tenant.domain_name,
    userId: owner === "tenant" ? null : owner.slice("user:".length),
  });
}

// Learns ahead of time whose account each key of a tenant belongs to, so that the first page opens without waiting.
import { GatewayError } from "../base/errors.ts";
import { chooseAccess } from "../crm/choose-access.ts";
import type { EmbedDeps } from "./embed-deps.ts";

/** @throws the first passing failure, so that the worker tries again; a refused key is told once and left alone. */
export async function learnAccounts(deps: EmbedDeps, slug: string): Promise<void> {
  const tenant = deps.settings.tenant(slug);
  if (tenant?.crm_sync_provider !== "followup_boss") return;
  const owners = ["tenant" as const, ...tenant.users.map((user) => `user:${user.id}` as const)];
  let passing: GatewayError | undefined;
  for (const owner of owners) {
    const access = chooseAccess(deps.settings.secret, slug, owner);
    if (!access) continue;
    const failed = await deps.identities
      .learn(access, { priority: "launch" })
      .then(() => undefined, asGatewayError);
    if (failed?.retry.kind === "never") tellRefusedKey(deps, slug, owner, failed);
    else passing ??= failed;
  }
  if (passing) throw passing;
}

function asGatewayError(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  throw error;
}

function tellRefusedKey(deps: EmbedDeps, tenant: string, owner: string, error: GatewayError): void {
  deps.journal.tell({
    event: "key.refused",
    severity: "error",
    message: `The Follow Up Boss key of ${owner === "tenant" ? "the brokerage" : `the agent ${owner.slice("user:".length)}`} does not work: ${error.sentence}`,
    tenant,
    userId: owner === "tenant" ? null : owner.slice("user:".length),
  });
}

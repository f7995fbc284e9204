// Does a brokerage's key work, and whose is it? Works on the saved key and, for Follow Up Boss, on one that is only being
// typed in. An account connected at Rollout is tested as saved only: all brokerages share the client secret it is asked with.
import type { ConnectionResult, TestConnection } from "../../shared/integration.schema.ts";
import { GatewayError } from "../base/errors.ts";
import { followUpBossAccess, isTypedKey, rolloutAccess, typedAccess } from "../crm/choose-access.ts";
import type { CrmAccess, CrmIdentity } from "../crm/crm.ts";
import type { IntegrationDeps } from "./integration-deps.ts";

export async function testConnection(deps: IntegrationDeps, body: TestConnection): Promise<ConnectionResult> {
  const webhook = { requested: body.register_fub_webhook, registered: false, message: NOT_ASKED };
  if (body.crm_sync_provider === "none") {
    return {
      ...FAILED,
      message: "No CRM is chosen, so there is nothing to connect to.",
      code: "not_ready",
      webhook,
    };
  }
  const access = accessToTest(deps, body);
  if (!access) {
    const message =
      body.crm_sync_provider === "rollout"
        ? "No connected account (rollout_credential_id) is set."
        : "No Follow Up Boss API key is set.";
    return { ...FAILED, message, code: "crm_unauthorized", webhook };
  }
  try {
    const identity = await deps.identities.check(access, { priority: "interactive" });
    return {
      success: true,
      message: access.rollout ? ROLLOUT_WORKS : successMessage(identity),
      code: null,
      ...describeIdentity(identity),
      webhook: body.register_fub_webhook ? await register(deps, body.domain_name, access) : webhook,
    };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return { ...FAILED, message: error.sentence, code: error.code, webhook };
  }
}

function accessToTest(deps: IntegrationDeps, body: TestConnection): CrmAccess | undefined {
  if (body.crm_sync_provider === "rollout") {
    const tenant = deps.settings.tenant(body.domain_name);
    return tenant && rolloutAccess(tenant);
  }
  const typed = body.fub_api_key;
  return isTypedKey(typed)
    ? typedAccess(body.domain_name, typed)
    : followUpBossAccess(deps.settings, body.domain_name, "tenant");
}

const ROLLOUT_WORKS =
  "Connected through Rollout. Notes are written as the connected account, with the agent's name in their text; Smart Lists and the apps inside the CRM need Follow Up Boss's own connection.";

const FAILED = { success: false, account: null, user: null } as const;

const NOT_ASKED = "Not registered: the connection test did not come so far, or it was not asked for.";

/** What stands in its way is part of the answer: the connection itself works. */
async function register(
  deps: IntegrationDeps,
  slug: string,
  access: CrmAccess,
): Promise<ConnectionResult["webhook"]> {
  try {
    return { requested: true, ...(await deps.registerWebhooks(slug, access)) };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return { requested: true, registered: false, message: error.sentence };
  }
}

function successMessage(identity: CrmIdentity): string {
  const account = identity.accountName ?? identity.accountDomain ?? identity.accountId;
  const owner = identity.isOwner === false ? " It is not the owner's key, so it cannot manage webhooks." : "";
  return `Connected to the Follow Up Boss account ${account} as ${identity.userName ?? `user ${identity.userId}`}.${owner}`;
}

function describeIdentity(identity: CrmIdentity): Pick<ConnectionResult, "account" | "user"> {
  return {
    account: { id: identity.accountId, domain: identity.accountDomain, name: identity.accountName },
    user: { id: identity.userId, name: identity.userName, is_owner: identity.isOwner },
  };
}

// The doctor on brokerages whose CRM is reached through Rollout: what is needed for it, does it answer, what it cannot do.
import type { Check } from "../../shared/admin-api.ts";
import type { TenantSettings } from "../../shared/settings.schema.ts";
import { GatewayError } from "../base/errors.ts";
import { rolloutAccess } from "../crm/choose-access.ts";
import type { AdminDeps } from "./admin-deps.ts";

export async function checkRollout(
  deps: Pick<AdminDeps, "settings" | "crm">,
  tenant: Readonly<TenantSettings>,
): Promise<Check> {
  const base = { id: `${tenant.domain_name}/rollout`, title: `${tenant.domain_name}: account at Rollout` };
  const access = rolloutAccess(tenant);
  if (!access) {
    return {
      ...base,
      state: "bad",
      sentence: "No connected account is set, so the brokerage's CRM cannot be reached.",
      remedy: "Connect the CRM at Rollout and enter the credential's id as rollout_credential_id.",
    };
  }
  try {
    await deps.crm.identity({ access, priority: "interactive", timeoutMs: 10_000 });
    return { ...base, state: "ok", sentence: `Rollout answers. ${LIMITS}`, remedy: null };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return { ...base, state: "bad", sentence: error.sentence, remedy: remedyFor(error) };
  }
}

const remedyFor = ({ code }: GatewayError): string =>
  code === "crm_syncing"
    ? "Wait a minute; Rollout tells when it is done."
    : "Check ROLLOUT_CLIENT_ID, ROLLOUT_CLIENT_SECRET and the brokerage's rollout_credential_id and rollout_consumer_key.";

/** Facts: what Rollout's API has no way for. */
const LIMITS =
  "Calls, notes, start tags and starts by person work. Smart List campaigns and the apps inside the CRM do not: they need Follow Up Boss's own connection. Notes are written as the connected account, with the agent's name in their text. A start tag is found only as it is spelled in the settings.";

// With which key an engagement's records are written: of the CRM account its person is in, or of none.
import { GatewayError } from "../base/errors.ts";
import type { CrmAccess } from "../crm/crm.ts";
import { crmName } from "../crm/crm-name.ts";
import type { EngagementRow } from "../engagements/engagement.store.ts";
import { requireAccess } from "../engagements/require-access.ts";
import type { SyncDeps } from "./sync-deps.ts";

/**
 * A person's id means something in its own account only. Where the brokerage has changed to another account or CRM since,
 * nothing is written rather than onto a stranger.
 * @throws GatewayError crm_forbidden then; those of requireAccess.
 */
export async function syncAccess(deps: SyncDeps, row: EngagementRow): Promise<CrmAccess> {
  const access = requireAccess(deps.settings, row.tenant, row.acts_with);
  const account = (await deps.identities.recall(access))?.accountId;
  if (row.crm_account_id === null || account === undefined || account === row.crm_account_id) return access;
  throw new GatewayError("crm_forbidden", {
    sentence: `The person is in another account than the one the brokerage uses now in ${crmName(deps.settings.tenant(row.tenant))}, so nothing was written.`,
  });
}

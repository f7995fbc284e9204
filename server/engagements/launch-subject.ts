// What the rules look at right before an outreach goes out: the person is read once more where somebody is really reached,
// whichever way it was asked for, since a tag or a consent may have changed since. Called by judge-launch.
import type { Channel } from "../../shared/values.ts";
import { GatewayError } from "../base/errors.ts";
import type { RuleSubject } from "./check-rules.ts";
import { type PersonKnowledge, readRegions } from "./contact-facts.ts";
import { endEngagement } from "./end-engagement.ts";
import type { EngagementRow } from "./engagement.store.ts";
import type { EngagementDeps } from "./engagement-deps.ts";
import { parkEngagement } from "./park-engagement.ts";

/**
 * Undefined: it is settled, since the brokerage is gone or the CRM refuses to tell.
 * @throws GatewayError crm_* while the CRM cannot be asked; of a campaign also where somebody has to mend its key first.
 */
export async function launchSubject(
  deps: EngagementDeps,
  row: EngagementRow,
): Promise<RuleSubject | undefined> {
  const tenant = deps.settings.tenant(row.tenant);
  if (!tenant) {
    const detail = new GatewayError("tenant_not_found").sentence;
    await endEngagement(deps, row.id, { status: "failed", outcome: "tenant_not_found", detail });
    return undefined;
  }
  const read = await readPerson(deps, row);
  if (read === "parked") return undefined;
  return {
    tenant,
    channel: row.channel as Channel,
    provider: row.provider,
    contact: row.contact ?? "",
    personId: row.person_id,
    crmAccountId: row.crm_account_id,
    known: read ?? { regions: readRegions(row.person_regions) },
    at: deps.clock.now(),
    except: row.id,
  };
}

async function readPerson(
  deps: EngagementDeps,
  row: EngagementRow,
): Promise<PersonKnowledge | undefined | "parked"> {
  if (!deps.providers.get(row.provider).reachesPeople) return undefined;
  try {
    return await deps.readKnowledge?.(row);
  } catch (error) {
    // A campaign stops as a whole rather than with each of its people.
    const mayWait = !(error instanceof GatewayError) || error.retry.kind !== "never";
    if (mayWait || row.campaign_id !== null) throw error;
    await parkEngagement(deps, row.id, sayUnread(error.sentence));
    return "parked";
  }
}

/** For the person who decides what becomes of it. */
export const sayUnread = (sentence: string): string =>
  `Whether this person may be contacted could not be looked up in the CRM: ${sentence} Mend that, then resume it, or cancel it.`;

// "Campaign queues nothing": nobody on the list can be reached that way, or what campaigns need is not set.
import { ERROR_CODES, isErrorCode } from "../../../shared/error-codes.ts";
import { PLACES } from "../console-places.ts";
import { type Detector, found, ok, unknown } from "./problem-facts.ts";

export const findCampaignEmpty: Detector = async (deps, { tenant, since }) => {
  const slug = tenant.domain_name;
  if (tenant.crm_sync_provider !== "followup_boss")
    return unknown("The brokerage does not work with Follow Up Boss.");
  if (!tenant.fub_sync_contacts) {
    const sentence = ERROR_CODES.sync_off.sentence;
    return found({ sentence, remedy: "Switch on “Sync contacts”.", action: PLACES.setup(slug), said: true });
  }
  if (!deps.settings.secret(`tenant/${slug}/call_management_api_key`)) {
    const sentence = ERROR_CODES.no_call_management_key.sentence;
    const remedy = "Enter the call-management API key of the brokerage.";
    return found({ sentence, remedy, action: PLACES.setup(slug) });
  }
  const campaign = await deps.db
    .selectFrom("campaigns")
    .select(["id", "name", "will_queue", "queued", "members", "stage", "status", "message"])
    .where("tenant", "=", slug)
    .where("created_at", ">=", since)
    .where("status", "!=", "checking")
    .orderBy("created_at", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!campaign) return unknown("No campaign was reviewed or started lately.");
  if (campaign.will_queue > 0 || campaign.queued > 0) return ok("The last campaign put people in line.");
  const [most] = await reasonsOf(deps, campaign.id);
  const why =
    campaign.message ??
    (campaign.members === 0
      ? "Follow Up Boss shows nobody on it to the key that acts."
      : `Most often: ${most ? sentenceOf(most.name) : "the reason was not kept"}`);
  return found({
    sentence: `Nobody on “${campaign.name}” could be put in line. ${why}`,
    remedy:
      campaign.members === 0
        ? "Check the list in Follow Up Boss, and that the agent's key may see it."
        : "Use a list of people with a valid phone (or an e-mail address for e-mail), or choose another channel.",
    action: PLACES.campaign(campaign.id),
  });
};

const reasonsOf = (deps: Parameters<Detector>[0], campaignId: string) =>
  deps.db
    .selectFrom("campaign_counts")
    .select(["name", "n"])
    .where("campaign_id", "=", campaignId)
    .where("kind", "=", "skipped")
    .orderBy("n", "desc")
    .limit(1)
    .execute();

const sentenceOf = (reason: string): string => (isErrorCode(reason) ? ERROR_CODES[reason].sentence : reason);

// Opens the campaign app: no person is needed, and whatever the context says about what is open is passed over. The page
// shows the Smart Lists Follow Up Boss shows to the acting key, and what keeps campaigns from being started, if anything.
import type { Campaign, CampaignModel, SmartList } from "../../shared/campaign.schema.ts";
import { ERROR_CODES } from "../../shared/error-codes.ts";
import { GatewayError } from "../base/errors.ts";
import type { EmbedContext } from "../crm/followupboss/decode-embed-context.ts";
import { requireAccess } from "../engagements/require-access.ts";
import { type Admitted, admitApp, type EmbedQuery } from "./admit-app.ts";
import { describeAgent, tellOpened } from "./describe-agent.ts";
import type { EmbedDeps } from "./embed-deps.ts";
import type { EmbedSession } from "./embed-sessions.ts";
import { makeActor } from "./make-actor.ts";

/** How long an opening page waits for its lists; then it opens without them and asks again by itself. */
const LISTS_MS = 4_000;

/** `campaignsOf`: the agent's last campaigns, which another room keeps. */
export async function openCampaign(
  deps: EmbedDeps,
  query: EmbedQuery,
  campaignsOf: (session: EmbedSession) => Promise<readonly Campaign[]>,
): Promise<CampaignModel> {
  const admission = await admitApp(deps, "campaign", query);
  if ("refused" in admission) return admission.refused;
  if ("preview" in admission) return previewCampaign(admission.preview);
  const { tenant, context, identified } = admission;
  const session: EmbedSession = {
    app: "campaign",
    tenant: tenant.domain_name,
    accountId: context.account.id,
    ...identified.acting,
    crmUserId: context.user.id,
    person: null,
  };
  tellOpened(deps, admission, "the campaign app", null);
  const missing = missingFor(deps, admission);
  return {
    session: await deps.sessions.issue(session),
    ...(missing ?? { state: "ready" }),
    tenant: tenant.domain_name,
    agent: describeAgent(admission, makeActor(tenant, identified.acting)),
    ...(await listsFor(deps, session)),
    campaigns: await campaignsOf(session),
  };
}

async function listsFor(
  deps: EmbedDeps,
  session: EmbedSession,
): Promise<{ smart_lists: SmartList[]; lists_problem: string | null }> {
  try {
    return { smart_lists: await readSmartLists(deps, session, LISTS_MS), lists_problem: null };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return { smart_lists: [], lists_problem: error.sentence };
  }
}

/** Lists by name. @throws GatewayError crm_*. */
export async function readSmartLists(
  deps: EmbedDeps,
  session: EmbedSession,
  timeoutMs?: number,
): Promise<SmartList[]> {
  const access = requireAccess(deps.settings, session.tenant, session.actsWith);
  const lists = await deps.crm.smartLists({
    access,
    priority: "interactive",
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
  return lists.toSorted((a, b) => a.name.localeCompare(b.name));
}

/** What seed 000 requires of a brokerage before campaigns may be started, as a page; the session still works. */
function missingFor(deps: EmbedDeps, { tenant }: Admitted): Pick<CampaignModel, "state" | "problem"> | null {
  const keyName = `tenant/${tenant.domain_name}/call_management_api_key` as const;
  if (!tenant.fub_sync_contacts) return missing("sync_off", SYNC_REMEDY);
  return deps.settings.secret(keyName) ? null : missing("no_call_management_key", KEY_REMEDY);
}

const SYNC_REMEDY =
  "Switch on “Sync contacts” (fub_sync_contacts) for our brokerage in the gateway, then reload this app.";
const KEY_REMEDY =
  "Enter our call-management API key (call_management_api_key) in the gateway, then reload this app.";

function missing(
  state: "sync_off" | "no_call_management_key",
  remedy: string,
): Pick<CampaignModel, "state" | "problem"> {
  const sentence = ERROR_CODES[state].sentence;
  return {
    state,
    problem: { title: "Campaigns are not set up yet", sentence, remedy, support: { code: state } },
  };
}

// The account is made up, so its lists are too.
const previewCampaign = (context: EmbedContext): CampaignModel => ({
  session: "",
  state: "ready",
  preview: true,
  agent: { name: context.user.name ?? "You", from: null, matched: "preview", warning: null },
  smart_lists: [
    { id: "1", name: "New leads" },
    { id: "2", name: "Past clients" },
    { id: "3", name: "Open house visitors" },
  ],
  lists_problem: null,
  campaigns: [],
});

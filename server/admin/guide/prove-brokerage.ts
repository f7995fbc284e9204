// The guide's steps of a brokerage as a whole: what was seen that proves each, or what is missing. Pure.
import { isoTime } from "../../base/clock.ts";
import { BROKERAGE } from "../known-keys.ts";
import { byEntry, byOutreach, failed, type GuideFacts, type Proof, proven, waiting } from "./guide-facts.ts";

export type ProveBrokerage = (facts: GuideFacts) => Proof;

export const systemKey: ProveBrokerage = ({ systemKeySet, answeredAt }) => {
  if (!systemKeySet) return waiting("FUB_SYSTEM_KEY is not set; nothing of Follow Up Boss works without it.");
  if (answeredAt === null) return waiting("The key is set; Follow Up Boss has not answered with it yet.");
  return proven("Follow Up Boss answers this gateway.", answeredAt);
};

export const publicAddress: ProveBrokerage = (facts) => {
  if (facts.serverUrl === null)
    return waiting(
      "No public address is set, so Follow Up Boss cannot reach this. Enter one, or open a tunnel in Settings, Platform.",
    );
  const entry = newestOpened(facts);
  if (!entry) return waiting(`${facts.serverUrl} is set; nothing has come in through it yet.`);
  return proven(`An app was opened at ${facts.serverUrl}.`, entry.at, byEntry(entry));
};

/** Seed 000, "Bulk Smart List campaign", requirements. */
export const callManagementKey: ProveBrokerage = ({ callManagementKeySet }) =>
  callManagementKeySet
    ? proven("The key is entered; campaigns and other programs may start outreach.", null)
    : waiting("The call-management key is not entered yet; without it the campaign app does not open.");

export const brokerageExists: ProveBrokerage = ({ tenant }) =>
  proven(`The brokerage is called “${tenant.domain_name}” here.`, null);

export const domainMatches: ProveBrokerage = ({ tenant, keys }) => {
  const identity = keys.get(BROKERAGE)?.identity;
  if (!identity) return waiting("The brokerage's key has not told its account yet.");
  const at = isoTime(identity.checked_at);
  if (identity.account_domain?.toLowerCase() === tenant.domain_name)
    return proven(`The account's domain is “${identity.account_domain}”, as here.`, at);
  const found = identity.account_domain ?? "unknown";
  return failed(
    `The account's domain is “${found}”, but the brokerage is called “${tenant.domain_name}”.`,
    at,
  );
};

export const followUpBossOn: ProveBrokerage = ({ tenant }) => {
  if (tenant.crm_sync_provider !== "followup_boss") return failed("The CRM is not set to Follow Up Boss.");
  if (!tenant.fub_sync_contacts)
    return failed("“Sync contacts” is off: nothing is written to Follow Up Boss.");
  return proven("Follow Up Boss is the CRM, and “Sync contacts” is on.", null);
};

export const connected: ProveBrokerage = (facts) => {
  const on = followUpBossOn(facts);
  if (on.state !== "proven") return on;
  const key = facts.keys.get(BROKERAGE);
  if (!key) return waiting("The brokerage's API key is not entered yet.");
  if (key.works === null) return waiting("The key was not tried yet. Run Test connection.");
  return key.works ? proven(key.sentence, key.at) : failed(key.sentence, key.at);
};

const newestOpened = (facts: GuideFacts, app?: "embed" | "campaign") =>
  [...facts.agents.flatMap((agent) => agent.opened), ...facts.strangers]
    .filter((entry) => app === undefined || entry.detail?.app === app)
    .toSorted((a, b) => b.seq - a.seq)[0];

const opened =
  (app: "embed" | "campaign", name: string): ProveBrokerage =>
  (facts) => {
    const entry = newestOpened(facts, app);
    if (!entry) return waiting(`${name} was not opened in Follow Up Boss yet.`);
    return proven(`${entry.message}.`, entry.at, byEntry(entry));
  };

export const singleAppOpened = opened("embed", "The app for one contact");
export const campaignAppOpened = opened("campaign", "The campaign app");

export const addressNamesBrokerage: ProveBrokerage = (facts) => {
  const foreign = [...facts.agents.flatMap((agent) => agent.opened), ...facts.strangers]
    .filter((entry) => entry.detail?.account !== facts.tenant.domain_name)
    .toSorted((a, b) => b.seq - a.seq)[0];
  if (!foreign) return waiting("No app was opened with an address that names the brokerage yet.");
  const sentence = `An app of the account ${String(foreign.detail?.account)} found “${facts.tenant.domain_name}”.`;
  return proven(sentence, foreign.at, byEntry(foreign));
};

export const tagSet: ProveBrokerage = ({ tenant }) => {
  const tags = [tenant.fub_start_call_tag, ...tenant.tag_starts.map(({ tag }) => tag)].filter(
    (tag) => tag !== "",
  );
  if (tags.length === 0) return waiting("No start tag is set.");
  return proven(
    `${tags.map((tag) => `“${tag}”`).join(", ")} ${tags.length > 1 ? "start" : "starts"} an outreach.`,
    null,
  );
};

const REGISTERED: ReadonlySet<string> = new Set(["kept", "added", "woken", "moved"]);

export const webhookRegistered: ProveBrokerage = ({ slot }) => {
  if (slot === null) return waiting("The webhook was not registered yet.");
  if (REGISTERED.has(slot.result))
    return proven("The webhook for new tags is registered and active.", slot.checkedAt);
  const why = slot.sentence ?? "Both places of Follow Up Boss for this event are taken by other programs.";
  return failed(why, slot.checkedAt);
};

export const tagStarted: ProveBrokerage = ({ outreach }) => {
  const last = outreach.find(({ source }) => source === "tag");
  if (!last) return waiting("No tag has started an outreach yet.");
  return proven("A tag started an outreach.", isoTime(last.created_at), byOutreach(last));
};

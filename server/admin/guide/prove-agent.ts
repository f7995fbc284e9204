// The guide's steps of one agent: what was seen of them that proves each, or what is missing. Pure.
import type { JournalEntry } from "../../../shared/journal.schema.ts";
import { isoTime } from "../../base/clock.ts";
import { nationalForm, toE164 } from "../../base/phone-numbers.ts";
import { agentNumber } from "../../engagements/from-number.ts";
import { findMismatches } from "../identity/find-mismatches.ts";
import type { ObservedAgent, Outreach } from "../identity/observe-agents.ts";
import {
  byEntry,
  byOutreach,
  failed,
  type GuideFacts,
  nameOf,
  type Proof,
  proven,
  waiting,
} from "./guide-facts.ts";

export type ProveAgent = (facts: GuideFacts, agent: ObservedAgent) => Proof;

export const agentExists: ProveAgent = ({ tenant }, agent) =>
  proven(`${nameOf(agent)} is an agent of “${tenant.domain_name}”.`, null);

export const phoneAgrees: ProveAgent = (facts, agent) => {
  const number = agentNumber(agent.user);
  const wrong = findMismatches(agent, facts).find(
    ({ column, severity }) => column === "phone" && severity === "error",
  );
  if (number === undefined) return waiting(`${nameOf(agent)} has no outreach phone yet.`);
  if (wrong) return failed(wrong.sentence);
  const { profile } = agent;
  if (!profile)
    return waiting(`${nationalForm(number)} is set; their Follow Up Boss profile was not read yet.`);
  const at = isoTime(profile.fetched_at);
  const here = [agent.user.default_broker_phone, agent.user.display_number].map((phone) => toE164(phone));
  const there = toE164(profile.phone);
  if (there !== undefined && here.includes(there))
    return proven(`${nationalForm(there)} here and in their Follow Up Boss profile.`, at);
  const said = profile.phone ? `has ${there ? nationalForm(there) : profile.phone}` : "has no phone";
  return failed(`Their Follow Up Boss profile ${said}, here it is ${nationalForm(number)}.`, at);
};

export const ownKey: ProveAgent = (facts, agent) => {
  const key = agent.ownKey;
  if (key === null) {
    return facts.tenant.track === "B"
      ? waiting(`${nameOf(agent)}'s own API key is not entered yet.`)
      : waiting("Not entered: the brokerage's key is used.");
  }
  if (key.works === null) return waiting("The key was not tried yet. Run Test connection.");
  const wrong = findMismatches(agent, facts).find(({ id }) => id === "key_of_other");
  if (wrong) return failed(wrong.sentence, key.at);
  return key.works ? proven(key.sentence, key.at) : failed(key.sentence, key.at);
};

export const recognised: ProveAgent = (_facts, agent) => {
  const entry = agent.opened[0];
  if (!entry) return waiting(`${nameOf(agent)} was not seen in Follow Up Boss yet.`);
  return proven(`${entry.message}.`, entry.at, byEntry(entry));
};

const openedApp = (agent: ObservedAgent, app: "embed" | "campaign"): JournalEntry | undefined =>
  agent.opened.find((entry) => entry.detail?.app === app);

export const openedContact: ProveAgent = (_facts, agent) => {
  const entry = openedApp(agent, "embed");
  if (!entry) return waiting(`${nameOf(agent)} has not opened the app on a contact yet.`);
  return proven(`${entry.message}.`, entry.at, byEntry(entry));
};

/** Both apps, in the account the agent's own key is of. */
export const appsInOwnAccount: ProveAgent = (_facts, agent) => {
  const own = agent.ownKey?.identity?.account_domain ?? null;
  const entries = (["embed", "campaign"] as const).map((app) => openedApp(agent, app));
  const missing = entries[0] ? (entries[1] ? null : "The campaign app") : "The app for one contact";
  if (missing !== null) return waiting(`${missing} was not opened in ${nameOf(agent)}'s Follow Up Boss yet.`);
  const [newest] = entries.flatMap((entry) => entry ?? []).toSorted((a, b) => b.seq - a.seq);
  const elsewhere = entries.find((entry) => own !== null && entry?.detail?.account !== own);
  if (elsewhere) {
    const where = String(elsewhere.detail?.account);
    return failed(
      `An app was opened in the account ${where}, not in ${own}.`,
      elsewhere.at,
      byEntry(elsewhere),
    );
  }
  if (!newest || own === null) return waiting("Whose account it is will be known when the key works.");
  return proven(`Both apps were opened in the account ${own}.`, newest.at, byEntry(newest));
};

const VOICE: ReadonlySet<string> = new Set(["phone", "wvoice"]);
const PLACED: ReadonlySet<string> = new Set(["in_progress", "completed"]);

/** A call from the app that was really placed, from the agent's present number. */
export const callFromOwnPhone: ProveAgent = (_facts, agent) => {
  const number = agentNumber(agent.user);
  const call = agent.outreach.find(
    ({ source, channel, status }) => source === "embed" && VOICE.has(channel) && PLACED.has(status),
  );
  if (!call) return waiting(`${nameOf(agent)} has not made a call from the app yet.`);
  return judgeNumber(call, number, "The call went out from");
};

function judgeNumber(outreach: Outreach, number: string | undefined, said: string): Proof {
  const at = isoTime(outreach.created_at);
  const from = outreach.from_number === null ? "no number" : nationalForm(outreach.from_number);
  if (number !== undefined && outreach.from_number === number)
    return proven(`${said} ${from}.`, at, byOutreach(outreach));
  const wanted = number === undefined ? "" : `, not from ${nationalForm(number)}`;
  return failed(`${said} ${from}${wanted}.`, at, byOutreach(outreach));
}

export const activityWritten: ProveAgent = ({ records }, agent) => {
  const recorded = agent.outreach.flatMap((one) => {
    const record = records.get(one.id);
    return record ? [{ one, record }] : [];
  });
  const last = recorded.find(({ record }) => record.state === "written" || record.state === "dead");
  if (!last) return waiting("Nothing was written to Follow Up Boss for them yet.");
  const at = isoTime(last.record.updated_at);
  const what = last.record.kind === "call" ? "The call" : "A note";
  if (last.record.state === "dead")
    return failed(
      `${what} could not be written: ${last.record.last_error ?? "given up"}.`,
      at,
      byOutreach(last.one),
    );
  return proven(`${what} stands on person ${last.one.person_id ?? ""}.`, at, byOutreach(last.one));
};

export const campaignAsAgent: ProveAgent = (_facts, agent) => {
  const call = agent.outreach.find(({ source, status }) => source === "campaign" && PLACED.has(status));
  if (!call) return waiting(`${nameOf(agent)} has not run a campaign yet.`);
  return judgeNumber(call, agentNumber(agent.user), "The campaign reached people from");
};

/** Track B: written with the agent's key, to the account that key is of, and to no other. */
export const writtenToOwnAccount: ProveAgent = (facts, agent) => {
  const written = activityWritten(facts, agent);
  if (written.state !== "proven") return written;
  const own = agent.ownKey?.identity;
  if (!own) return waiting("Whose account it is will be known when the agent's own key works.");
  const recorded = agent.outreach.filter((one) => facts.records.get(one.id)?.state === "written");
  const elsewhere = recorded.find(
    (one) =>
      one.acts_with !== `user:${agent.user.id}` || (one.crm_account_id ?? own.account_id) !== own.account_id,
  );
  if (elsewhere) {
    const sentence = "Something was written with another key than the agent's own.";
    return failed(sentence, isoTime(elsewhere.created_at), byOutreach(elsewhere));
  }
  return proven(`All of it went to ${own.account_domain ?? own.account_id}.`, written.at, written.evidence);
};

/** Track B: the accounts differ, and the app last opened as this agent was bound to their own. */
export const seesOnlyOwn: ProveAgent = ({ agents }, agent) => {
  const own = agent.ownKey?.identity;
  if (!own) return waiting("Whose account it is will be known when the agent's own key works.");
  const shared = agents.find((one) => one !== agent && one.ownKey?.identity?.account_id === own.account_id);
  const at = isoTime(own.checked_at);
  if (shared) return failed(`${nameOf(shared)}'s key is of the same account, so both see its contacts.`, at);
  const unknown = agents.find((one) => one.ownKey !== null && one.ownKey.identity === null);
  if (unknown) return waiting(`Whose account ${nameOf(unknown)}'s key is of is not known yet.`);
  const entry = agent.opened[0];
  if (!entry) return waiting(`The accounts differ; ${nameOf(agent)} has not opened the app yet.`);
  const account = String(entry.detail?.account);
  if (account !== own.account_domain)
    return failed(
      `The app was opened in the account ${account}, not in ${own.account_domain}.`,
      entry.at,
      byEntry(entry),
    );
  return proven(
    `The app was opened in ${account}, which no other agent's key is of.`,
    entry.at,
    byEntry(entry),
  );
};

// Where an agent's identity does not agree: what would make, or made, a call go out under the wrong name or number. Pure.
import type { IdentityProblem } from "../../../shared/console/identity.schema.ts";
import { nationalForm, toE164 } from "../../base/phone-numbers.ts";
import { agentNumber } from "../../engagements/from-number.ts";
import { BROKERAGE } from "../known-keys.ts";
import type { ObservedAgent, ObservedTenant } from "./observe-agents.ts";

type Finder = (agent: ObservedAgent, all: ObservedTenant) => IdentityProblem[];

export const findMismatches = (agent: ObservedAgent, all: ObservedTenant): IdentityProblem[] =>
  [phoneProblems, keyProblems, accountProblems, personProblems, outreachProblems].flatMap((find) =>
    find(agent, all),
  );

const nameOf = ({ user }: ObservedAgent): string => user.name || user.id;
const othersOf = (agent: ObservedAgent, all: ObservedTenant): ObservedAgent[] =>
  all.agents.filter((other) => other !== agent);

const phoneProblems: Finder = (agent, all) => {
  const number = agentNumber(agent.user);
  const given = agent.user.default_broker_phone || agent.user.display_number;
  if (number === undefined && given === "") {
    const sentence = `${nameOf(agent)} has no outreach phone, so the brokerage's number is shown.`;
    return [
      problem("no_phone", "error", "phone", sentence, "Enter the phone of their Follow Up Boss profile."),
    ];
  }
  if (number === undefined)
    return [problem("bad_phone", "error", "phone", `“${given}” is not a complete number.`, "Correct it.")];
  const shared = othersOf(agent, all).find((other) => agentNumber(other.user) === number);
  if (shared) {
    const sentence = `${nameOf(agent)} and ${nameOf(shared)} have the same outreach phone, so neither is recognised by it.`;
    return [problem("same_phone", "error", "phone", sentence, "Give each agent a phone of their own.")];
  }
  return phoneDiffers(agent);
};

function phoneDiffers(agent: ObservedAgent): IdentityProblem[] {
  const { profile, user } = agent;
  if (!profile) return [];
  const here = [user.default_broker_phone, user.display_number].flatMap((phone) => toE164(phone) ?? []);
  const there = toE164(profile.phone);
  if (there !== undefined && here.includes(there)) return [];
  const recognised = agent.opened.length > 0 || agent.ownKey?.identity != null;
  const sentence = profile.phone
    ? `Follow Up Boss has ${there ? nationalForm(there) : `“${profile.phone}”`}, here it is ${nationalForm(here[0] ?? "")}.`
    : `${nameOf(agent)}'s Follow Up Boss profile has no phone.`;
  const remedy = "Make the phone of their Follow Up Boss profile and the outreach phone here the same.";
  return [problem("phone_differs", recognised ? "warn" : "error", "phone", sentence, remedy)];
}

const keyProblems: Finder = (agent, all) => {
  const { key, ownKey } = agent;
  const name = nameOf(agent);
  if (all.tenant.track === "B" && ownKey === null) {
    const remedy = `Enter the key from ${name}'s own Follow Up Boss: Admin, then API.`;
    return [problem("no_key", "error", "key", `${name} has no key of their own; Track B needs one.`, remedy)];
  }
  if (key === null) {
    const remedy = "Enter the brokerage's API key, or this agent's own.";
    return [problem("no_key", "error", "key", `There is no key to work with for ${name}.`, remedy)];
  }
  if (key.works === false) {
    const remedy = "Copy the key again from Follow Up Boss: Admin, then API.";
    return [problem("key_refused", "error", "key", key.sentence, remedy)];
  }
  if (key.works === null)
    return [problem("key_unchecked", "warn", "key", "The key was not tried yet.", "Run Test connection.")];
  return ownKey === null ? [] : keyOfOther(agent, all);
};

function keyOfOther(agent: ObservedAgent, all: ObservedTenant): IdentityProblem[] {
  const mine = agent.ownKey?.identity;
  if (!mine) return [];
  const email = mine.user_email?.toLowerCase();
  const other = othersOf(agent, all).find((one) => {
    const theirs = one.ownKey?.identity;
    const samePerson = theirs?.account_id === mine.account_id && theirs.user_id === mine.user_id;
    return samePerson || (!!email && one.user.email.toLowerCase() === email);
  });
  if (!other) return [];
  const sentence = `${nameOf(agent)}'s key is ${mine.user_name ?? nameOf(other)}'s: what it writes is attributed to them.`;
  const remedy = `Enter ${nameOf(agent)}'s own key, or leave it empty in Track A.`;
  return [problem("key_of_other", "error", "key", sentence, remedy)];
}

const accountProblems: Finder = (agent, all) => {
  const mine = agent.ownKey?.identity;
  if (!mine) return [];
  const name = nameOf(agent);
  const brokerage = all.keys.get(BROKERAGE)?.identity;
  const account = mine.account_name ?? mine.account_domain ?? mine.account_id;
  if (all.tenant.track === "A" && brokerage && brokerage.account_id !== mine.account_id) {
    const sentence = `${name}'s key is of the account ${account}, not of the brokerage's.`;
    const remedy = "Use a key of the brokerage's account, or change to Track B.";
    return [problem("foreign_account", "warn", "key", sentence, remedy)];
  }
  const shared = othersOf(agent, all).find((one) => one.ownKey?.identity?.account_id === mine.account_id);
  if (all.tenant.track !== "B" || !shared) return [];
  const sentence = `${name} and ${nameOf(shared)} are in the same account (${account}), so they see the same contacts.`;
  return [problem("same_account", "warn", "key", sentence, "In Track B each agent has their own account.")];
};

const personProblems: Finder = (agent, all) => {
  const account = agent.opened[0]?.detail?.account;
  const here = agent.opened.filter((entry) => entry.detail?.account === account);
  const people = new Set(here.flatMap((entry) => (entry.detail?.fub_user as string | undefined) ?? []));
  const name = nameOf(agent);
  if (people.size > 1) {
    const sentence = `${people.size} different Follow Up Boss users were taken for ${name}.`;
    const remedy = "Give each of them a phone of their own in Follow Up Boss, and make each an agent here.";
    return [problem("two_people", "error", "crm_user", sentence, remedy)];
  }
  if (agent.crmUserId === null && all.tenant.crm_sync_provider === "followup_boss") {
    const sentence = `Nobody in Follow Up Boss was recognised as ${name} yet.`;
    const remedy = `Let ${name} open the app on a contact, or import the agents from Follow Up Boss.`;
    return [problem("not_matched", "warn", "crm_user", sentence, remedy)];
  }
  const rule = agent.opened[0]?.detail?.rule;
  if (rule !== "email") return [];
  const sentence = `${name} was recognised by e-mail only; the phones do not agree.`;
  const remedy = "Make the phone of their Follow Up Boss profile and the outreach phone here the same.";
  return [problem("matched_weakly", "warn", "crm_user", sentence, remedy)];
};

const outreachProblems: Finder = (agent, all) => {
  const last = agent.outreach[0];
  if (!last) return [];
  const number = agentNumber(agent.user);
  const name = nameOf(agent);
  const found: IdentityProblem[] = [];
  if (last.from_number !== null && number !== undefined && last.from_number !== number) {
    const foreign = othersOf(agent, all).find((other) => agentNumber(other.user) === last.from_number);
    const sentence = `The last outreach of ${name} went out from ${nationalForm(last.from_number)}${foreign ? `, which is ${nameOf(foreign)}'s` : ""}; the outreach phone is ${nationalForm(number)} now.`;
    const remedy = "If the phone was not changed since, compare it with their Follow Up Boss profile.";
    found.push(problem("wrong_caller", foreign ? "error" : "warn", "outreach", sentence, remedy));
  }
  const writer = othersOf(agent, all).find(
    (other) => other.crmUserId !== null && other.crmUserId === last.crm_user_id && sameAccount(other, agent),
  );
  if (writer && last.crm_user_id !== agent.crmUserId) {
    const sentence = `The last outreach of ${name} was attributed to ${nameOf(writer)} in Follow Up Boss.`;
    found.push(problem("wrong_writer", "error", "outreach", sentence, `Check ${name}'s key and phone.`));
  }
  return found;
};

const sameAccount = (a: ObservedAgent, b: ObservedAgent): boolean => a.account?.id === b.account?.id;

function problem(
  id: IdentityProblem["id"],
  severity: IdentityProblem["severity"],
  column: IdentityProblem["column"],
  sentence: string,
  remedy: string,
): IdentityProblem {
  return { id, severity, column, sentence, remedy };
}

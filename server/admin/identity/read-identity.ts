// The identity matrix: per agent, what must agree so that calls are shown and written as theirs. Called by the agents' routes.
import type { IdentityMatrix, IdentityRow } from "../../../shared/console/identity.schema.ts";
import type { JournalEntry } from "../../../shared/journal.schema.ts";
import { isoTime } from "../../base/clock.ts";
import { nationalForm, toE164 } from "../../base/phone-numbers.ts";
import { agentNumber } from "../../engagements/from-number.ts";
import type { AdminDeps } from "../admin-deps.ts";
import { findMismatches } from "./find-mismatches.ts";
import { type ObservedAgent, type ObservedTenant, observeAgents } from "./observe-agents.ts";

/** @throws GatewayError tenant_not_found. */
export async function readIdentity(deps: AdminDeps, slug: string): Promise<IdentityMatrix> {
  const observed = await observeAgents(deps, slug);
  return {
    tenant: slug,
    track: observed.tenant.track,
    rows: observed.agents.map((agent) => rowOf(agent, observed)),
    strangers: strangersOf(observed),
  };
}

function rowOf(agent: ObservedAgent, all: ObservedTenant): IdentityRow {
  const { user, profile, crmUserId } = agent;
  const problems = findMismatches(agent, all);
  const identity = agent.ownKey?.identity;
  const name = profile?.name ?? (identity?.user_id === crmUserId ? (identity?.user_name ?? null) : null);
  const email = profile?.email ?? (identity?.user_id === crmUserId ? (identity?.user_email ?? null) : null);
  return {
    user_id: user.id,
    name: user.name || user.id,
    crm_user: crmUserId === null ? null : { id: crmUserId, name, email },
    account: agent.account,
    ...matchOf(agent),
    phone_here: phoneOf(user.default_broker_phone),
    display_number: phoneOf(user.display_number),
    phones_there: profile === null ? null : [profile.phone].flatMap((phone) => phoneOf(phone ?? "") ?? []),
    phones_agree: profile === null ? null : agrees(agent),
    key: keyOf(agent),
    embed_seen: seenOf(agent.opened[0]),
    last_outreach: lastOutreach(
      agent,
      problems.some(({ column }) => column === "outreach"),
    ),
    problems,
  };
}

const phoneOf = (given: string): { given: string; e164: string | null } | null =>
  given === "" ? null : { given, e164: toE164(given) ?? null };

function agrees({ user, profile }: ObservedAgent): boolean {
  const there = toE164(profile?.phone);
  const here = [user.default_broker_phone, user.display_number].map((phone) => toE164(phone));
  return there !== undefined && here.includes(there);
}

/** As the app last recognised them, else as they were remembered. */
function matchOf({ opened, link }: ObservedAgent): Pick<IdentityRow, "matched_by" | "matched_at"> {
  const rule = opened[0]?.detail?.rule;
  if (opened[0] && (rule === "phone" || rule === "email"))
    return { matched_by: rule, matched_at: opened[0].at };
  if (opened[0] && rule === "fub_user") return { matched_by: "crm_user_id", matched_at: opened[0].at };
  if (!link) return { matched_by: null, matched_at: null };
  const by = link.rule === "phone" || link.rule === "email" ? link.rule : "crm_user_id";
  return { matched_by: by, matched_at: isoTime(link.learned_at) };
}

function keyOf({ ownKey, key }: ObservedAgent): IdentityRow["key"] {
  if (key === null)
    return { used: "none", works: null, at: null, whose: null, sentence: "There is no key to work with." };
  const { identity } = key;
  const whose = identity && {
    account_domain: identity.account_domain,
    account_name: identity.account_name,
    user_id: identity.user_id,
    user_name: identity.user_name,
  };
  const used = ownKey === null ? "brokerage" : "own";
  return { used, works: key.works, at: key.at, whose, sentence: key.sentence };
}

function seenOf(entry: JournalEntry | undefined): IdentityRow["embed_seen"] {
  if (!entry) return null;
  return { journal_seq: entry.seq, engagement_id: null, at: entry.at, sentence: `${entry.message}.` };
}

function lastOutreach(agent: ObservedAgent, doubted: boolean): IdentityRow["last_outreach"] {
  const last = agent.outreach[0];
  if (!last) return null;
  const name = agent.user.name || agent.user.id;
  const number = last.from_number === null ? "no number" : nationalForm(last.from_number);
  return {
    engagement_id: last.id,
    at: isoTime(last.created_at),
    from_number: last.from_number,
    crm_user_id: last.crm_user_id,
    sentence: `To ${name}, from ${number}.`,
    ok: !doubted && last.from_number !== null && last.from_number === agentNumber(agent.user),
  };
}

function strangersOf({ strangers, profiles }: ObservedTenant): IdentityMatrix["strangers"] {
  const byPerson = new Map<string, IdentityMatrix["strangers"][number]>();
  for (const { detail, at, message } of strangers) {
    const id = typeof detail?.fub_user === "string" ? detail.fub_user : "";
    const domain = typeof detail?.account === "string" ? detail.account : null;
    const key = `${domain}/${id}`;
    if (id === "" || byPerson.has(key)) continue;
    const name = profiles.find((one) => one.crm_user_id === id)?.name ?? null;
    byPerson.set(key, { crm_user_id: id, name, account_domain: domain, at, sentence: `${message}.` });
  }
  return [...byPerson.values()];
}

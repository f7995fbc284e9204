// What waits for a person, most urgent first: each with its cause, its remedy and the screen where that is done.
import { sql } from "kysely";
import type { Need } from "../../shared/console/home.schema.ts";
import { isoTime } from "../base/clock.ts";
import type { AdminDeps } from "./admin-deps.ts";
import { backupNeeds, restoreNeeds } from "./backup-needs.ts";
import { PLACES } from "./console-places.ts";
import { brokenHours, unreadMailboxes, waitingContacts } from "./conversation-needs.ts";
import { findProblems } from "./problems/find-problems.ts";
import { tunnelNeeds } from "./tunnel/tunnel-needs.ts";
import { VAULT_REMEDY } from "./vault-remedy.ts";

const MOST = 20;
/** Brokerages looked through where none is chosen: the start page must stay fast. */
const MOST_TENANTS = 20;

export async function findNeeds(deps: AdminDeps, tenant: string | undefined): Promise<Need[]> {
  const needs = [
    ...platformNeeds(deps),
    ...(await tunnelNeeds(deps)),
    ...(await restoreNeeds(deps)),
    ...brokenHours(deps),
    ...(await parkedNeeds(deps, tenant)),
    ...(await unreadMailboxes(deps, tenant)),
    ...(await deadRecords(deps, tenant)),
    ...(await stoppedCampaigns(deps, tenant)),
    ...(await waitingContacts(deps, tenant)),
    ...(await deadJobs(deps)),
    ...(await problemNeeds(deps, tenant)),
    ...(await backupNeeds(deps)),
  ];
  return needs.slice(0, MOST);
}

function platformNeeds(deps: AdminDeps): Need[] {
  const base = { severity: "error" as const, tenant: null, action: PLACES.settings(), evidence: null };
  const vault = deps.settings.vault();
  if (!vault.ok) return [{ ...base, id: "vault", sentence: vault.sentence, remedy: VAULT_REMEDY }];
  return [];
}

async function parkedNeeds(deps: AdminDeps, tenant: string | undefined): Promise<Need[]> {
  let select = deps.db
    .selectFrom("engagements")
    .select(["id", "tenant", "parked_reason", "updated_at"])
    .where("status", "=", "paused")
    .where("parked_reason", "is not", null);
  if (tenant) select = select.where("tenant", "=", tenant);
  const rows = await select.orderBy("updated_at", "desc").limit(MOST).execute();
  return rows.map((row) => ({
    id: `parked/${row.id}`,
    severity: "error" as const,
    tenant: row.tenant,
    sentence: row.parked_reason ?? "",
    remedy: "Check with the provider whether it went out, then resume it to start it again, or cancel it.",
    action: PLACES.outreach(row.id),
    evidence: { journal_seq: null, engagement_id: row.id, at: isoTime(row.updated_at) },
  }));
}

/** One line for each reason, not for each record. */
async function deadRecords(deps: AdminDeps, tenant: string | undefined): Promise<Need[]> {
  let select = deps.db
    .selectFrom("activities")
    .select([
      "tenant",
      "last_error",
      sql<number>`count(*)`.as("n"),
      sql<string>`max(engagement_id)`.as("engagement_id"),
      sql<number>`max(updated_at)`.as("at"),
    ])
    .where("state", "=", "dead");
  if (tenant) select = select.where("tenant", "=", tenant);
  const rows = await select.groupBy(["tenant", "last_error"]).limit(MOST).execute();
  return rows.map((row) => ({
    id: `records/${row.tenant}/${row.last_error ?? ""}`,
    severity: "error" as const,
    tenant: row.tenant,
    sentence: `${Number(row.n) === 1 ? "1 record" : `${row.n} records`} could not be written to Follow Up Boss: ${row.last_error ?? "the reason was not kept"}`,
    remedy: "Mend the cause, then open the outreach and write its records again.",
    action: PLACES.outreach(row.engagement_id),
    evidence: { journal_seq: null, engagement_id: row.engagement_id, at: isoTime(Number(row.at)) },
  }));
}

async function stoppedCampaigns(deps: AdminDeps, tenant: string | undefined): Promise<Need[]> {
  let select = deps.db
    .selectFrom("campaigns")
    .select(["id", "tenant", "name", "message", "updated_at"])
    .where("status", "=", "failed")
    .where("started_at", "is not", null)
    .where("stage", "!=", "over");
  if (tenant) select = select.where("tenant", "=", tenant);
  const rows = await select.orderBy("updated_at", "desc").limit(MOST).execute();
  return rows.map((row) => ({
    id: `campaign/${row.id}`,
    severity: "error" as const,
    tenant: row.tenant,
    sentence: `The campaign “${row.name}” stopped with people still to reach. ${row.message ?? ""}`.trim(),
    remedy: "Mend the cause and let it go on, or cancel it.",
    action: PLACES.campaign(row.id),
    evidence: { journal_seq: null, engagement_id: null, at: isoTime(row.updated_at) },
  }));
}

const TOLD_BY_SUBJECT = [
  "sync-activity",
  "launch-engagement",
  "hand-over-chunk",
  "poll-engagement",
  "send-message",
  "answer-contact",
];

async function deadJobs(deps: AdminDeps): Promise<Need[]> {
  const counted = await deps.db
    .selectFrom("jobs")
    .select((select) => select.fn.countAll<number>().as("n"))
    .where("state", "=", "dead")
    // These are told by what they were about.
    .where("kind", "not in", TOLD_BY_SUBJECT)
    .executeTakeFirstOrThrow();
  const n = Number(counted.n);
  if (n === 0) return [];
  return [
    {
      id: "jobs",
      severity: "warn",
      tenant: null,
      sentence: `${n === 1 ? "1 piece" : `${n} pieces`} of background work had to be set aside.`,
      remedy: "The journal says why.",
      action: PLACES.journal({ event: "job.dead" }),
      evidence: null,
    },
  ];
}

/** What the troubleshooting finds, unless a line above says it already. */
async function problemNeeds(deps: AdminDeps, tenant: string | undefined): Promise<Need[]> {
  const found = await findProblems(deps, tenant, MOST_TENANTS);
  return found
    .filter(({ state, said }) => state === "found" && !said)
    .map((problem) => ({
      id: `problem/${problem.tenant}/${problem.id}`,
      severity: "warn" as const,
      tenant: problem.tenant,
      sentence: problem.sentence,
      remedy: problem.remedy ?? "",
      action: problem.action,
      evidence: problem.evidence,
    }));
}

// The support bundle: everything that helps to find a fault, nothing that tells whose it is. Built of what is known to be
// harmless, not by taking out what is known to be harmful; see leave-out-names.ts.
import { arch, platform as osName, release, totalmem } from "node:os";
import type { Problem } from "../../../shared/console/problems.schema.ts";
import type { SecretDoctor } from "../../../shared/console/secret-doctor.schema.ts";
import type { SupportBundle } from "../../../shared/console/support.schema.ts";
import { isErrorCode } from "../../../shared/error-codes.ts";
import type { JournalEntry } from "../../../shared/journal.schema.ts";
import { isoTime } from "../../base/clock.ts";
import type { AdminDeps } from "../admin-deps.ts";
import { findProblems } from "../problems/find-problems.ts";
import { readLanes } from "../read-lanes.ts";
import { runDoctor } from "../run-doctor.ts";
import { countRows } from "./count-rows.ts";
import { describeSettings } from "./describe-settings.ts";
import { givePseudonyms, type Pseudonym } from "./give-pseudonyms.ts";
import { leaveOutNames } from "./leave-out-names.ts";

const JOURNAL = 1_000;
const TROUBLE = 1_000;

export async function buildBundle(deps: AdminDeps, secrets: SecretDoctor): Promise<SupportBundle> {
  const name = givePseudonyms();
  const settings = describeSettings(deps.settings, name);
  const problems = await findProblems(deps, undefined);
  const lanes = await readLanes(deps);
  return {
    made_at: isoTime(deps.clock.now()),
    versions: {
      gateway: deps.version,
      node: process.version,
      sqlite: process.versions.sqlite ?? "",
      system: `${osName()} ${release()} ${arch()}`,
      memory_mb: String(Math.round(totalmem() / 1_048_576)),
    },
    settings,
    doctor: (await runDoctor(deps)).map(({ state, title, sentence, remedy }) => ({
      state,
      title: leaveOutNames(title),
      sentence: leaveOutNames(sentence),
      remedy: remedy && leaveOutNames(remedy),
    })),
    problems: problems.map((problem) => describeProblem(problem, name)),
    secret_doctor: secrets.refused.map((refused) => describeRefused(refused, name)),
    counts: { started_at: isoTime(deps.startedAt), ...(await countRows(deps.db)) },
    lanes: lanes.map(({ account, ...lane }) => ({ ...lane, account: name("account", account) })),
    journal: (await newestEntries(deps)).map((entry) => describeEntry(entry, name)),
  };
}

/** The newest of all, and further back what went wrong. */
async function newestEntries(deps: AdminDeps): Promise<JournalEntry[]> {
  const all = await deps.journal.query({ limit: JOURNAL });
  const before = all.at(-1)?.seq;
  if (before === undefined) return all;
  const older = { before_seq: before, limit: TROUBLE / 2 };
  const errors = await deps.journal.query({ ...older, severity: "error" });
  const warnings = await deps.journal.query({ ...older, severity: "warn" });
  return [...all, ...[...errors, ...warnings].toSorted((a, b) => b.seq - a.seq)];
}

function describeEntry(entry: JournalEntry, name: Pseudonym): Record<string, unknown> {
  const { tenant, user_id, person_id, engagement_id } = entry;
  const code = entry.detail?.code;
  return {
    seq: entry.seq,
    at: entry.at,
    severity: entry.severity,
    event: entry.event,
    channel: entry.channel,
    outcome: entry.outcome === null ? null : leaveOutNames(entry.outcome.replaceAll("_", " ")),
    message: leaveOutNames(entry.message),
    tenant: tenant && name("tenant", tenant),
    agent: user_id && name("agent", `${tenant ?? ""}/${user_id}`),
    person: person_id && name("person", `${tenant ?? ""}/${person_id}`),
    outreach: engagement_id && name("outreach", engagement_id),
    ...(typeof code === "string" && isErrorCode(code) ? { code } : {}),
  };
}

const describeProblem = (problem: Problem, name: Pseudonym): Record<string, unknown> => ({
  id: problem.id,
  state: problem.state,
  tenant: name("tenant", problem.tenant),
  sentence: leaveOutNames(problem.sentence),
});

const describeRefused = (
  refused: SecretDoctor["refused"][number],
  name: Pseudonym,
): Record<string, unknown> => ({
  first_at: refused.first_at,
  last_at: refused.last_at,
  times: refused.times,
  app: refused.app,
  tenant: refused.tenant && name("tenant", refused.tenant),
  mistake: refused.mistake,
  solved: refused.solved,
  // Of a name only what kind of secret it is: the rest names brokerages and agents.
  tried: refused.tried.filter(({ set }) => set).map((one) => kindOf(one.name)),
  fits: refused.fits && kindOf(refused.fits.name),
});

const kindOf = (secret: string): string => {
  const parts = secret.split("/");
  return `${parts[0] ?? ""}/…/${parts.at(-1) ?? ""}`;
};

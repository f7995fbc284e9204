// The guide's troubleshooting table (seed 000, "Troubleshooting"), each row looked for in what was observed and set.
import type { Problem, ProblemId } from "../../../shared/console/problems.schema.ts";
import type { AdminDeps } from "../admin-deps.ts";
import { findActivityMissing } from "./activity-missing.ts";
import { findCampaignEmpty } from "./campaign-empty.ts";
import { findConnectionFailing } from "./connection-failing.ts";
import { findDomainUnknown } from "./domain-unknown.ts";
import { findEmbedRefused } from "./embed-refused.ts";
import { findListsMissing } from "./lists-missing.ts";
import { type Detector, type Finding, problemFacts } from "./problem-facts.ts";
import { findStartFailing } from "./start-failing.ts";
import { findTagSilent } from "./tag-silent.ts";
import { findWrongIdentity } from "./wrong-identity.ts";

const ROWS: readonly (readonly [id: ProblemId, problem: string, detect: Detector])[] = [
  ["domain_not_found", "The app says the brokerage was not found", findDomainUnknown],
  ["wrong_identity", "Wrong caller ID, or agents share an identity", findWrongIdentity],
  ["lists_missing", "Contacts or Smart Lists are missing", findListsMissing],
  ["embed_unauthorized", "The app does not open", findEmbedRefused],
  ["activity_missing", "Activity is not in Follow Up Boss", findActivityMissing],
  ["campaign_queues_nothing", "A campaign queues nobody", findCampaignEmpty],
  ["tag_starts_nothing", "A tag does not start calls", findTagSilent],
  ["start_fails_internally", "An outreach fails to start", findStartFailing],
  ["connection_test_fails", "The connection test fails", findConnectionFailing],
];

export type FoundProblem = Problem & Pick<Finding, "said">;

/** All rows of each brokerage (of the first `most`), or of the one that is named. */
export async function findProblems(
  deps: AdminDeps,
  slug: string | undefined,
  most = Number.POSITIVE_INFINITY,
): Promise<FoundProblem[]> {
  // What was only told a moment ago counts.
  await deps.journal.flush();
  const all: FoundProblem[] = [];
  const tenants = deps.settings.current().tenants.filter(({ domain_name }) => !slug || domain_name === slug);
  for (const tenant of tenants.slice(0, most)) {
    const facts = problemFacts(deps, tenant);
    for (const [id, problem, detect] of ROWS)
      all.push({ id, tenant: tenant.domain_name, problem, ...(await detect(deps, facts)) });
  }
  return all;
}

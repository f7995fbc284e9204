// What the troubleshooting looks at, gathered once per brokerage: its settings and what was observed lately.
import type { Problem } from "../../../shared/console/problems.schema.ts";
import type { JournalEntry } from "../../../shared/journal.schema.ts";
import type { TenantSettings } from "../../../shared/settings.schema.ts";
import type { AdminDeps } from "../admin-deps.ts";

/** What is older is not held against anybody. */
const LATELY_MS = 7 * 86_400_000;

export interface ProblemFacts {
  readonly tenant: Readonly<TenantSettings>;
  /** The newest such entry of the brokerage of the last week. */
  readonly last: (
    event: string,
    more?: { readonly severity: "warn" | "error" },
  ) => Promise<JournalEntry | null>;
  /** The same of entries that belong to no brokerage that is set up. */
  readonly lastOfNobody: (event: string) => Promise<JournalEntry | null>;
  readonly since: number;
}

export type Finding = Pick<Problem, "state" | "sentence" | "remedy" | "action" | "evidence"> & {
  /** Another line of the start page says it already. */
  readonly said?: boolean;
};

/** Looks for one row of the table. */
export type Detector = (deps: AdminDeps, facts: ProblemFacts) => Promise<Finding>;

export function problemFacts(deps: AdminDeps, tenant: Readonly<TenantSettings>): ProblemFacts {
  const since = deps.clock.now() - LATELY_MS;
  const newest = async (query: object): Promise<JournalEntry[]> =>
    deps.journal.query({ since: new Date(since).toISOString(), limit: 20, ...query });
  return {
    tenant,
    since,
    last: async (event, more = undefined) =>
      (await newest({ tenant: tenant.domain_name, event, limit: 1, ...more }))[0] ?? null,
    lastOfNobody: async (event) => {
      const known = new Set(deps.settings.current().tenants.map(({ domain_name }) => domain_name));
      return (await newest({ event })).find((entry) => !known.has(entry.tenant ?? "")) ?? null;
    },
  };
}

export const ok = (sentence: string): Finding => ({ ...NOTHING, state: "ok", sentence });
export const unknown = (sentence: string): Finding => ({ ...NOTHING, state: "unknown", sentence });
const NOTHING = { remedy: null, action: null, evidence: null };

export interface FoundFacts extends Partial<Pick<Finding, "action" | "said">> {
  readonly sentence: string;
  readonly remedy: string;
  readonly entry?: JournalEntry | null;
  readonly evidence?: Finding["evidence"];
}

export const found = ({ entry, evidence, ...facts }: FoundFacts): Finding => ({
  action: null,
  ...facts,
  state: "found",
  evidence:
    evidence ?? (entry ? { journal_seq: entry.seq, engagement_id: entry.engagement_id, at: entry.at } : null),
});

/** Did the one come after the other? Nothing came after what never was. */
export const isNewer = (one: JournalEntry | null, other: JournalEntry | null): one is JournalEntry =>
  one !== null && (other === null || one.seq > other.seq);

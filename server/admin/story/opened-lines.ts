// "Ann opened the app (matched by phone)": from the journal, for the person, or just before one outreach.
import type { StoryLine } from "../../../shared/console/story.schema.ts";
import type { JournalEntry } from "../../../shared/journal.schema.ts";
import type { EngagementRow } from "../../engagements/engagement.store.ts";
import type { AdminDeps } from "../admin-deps.ts";
import { CRM, exchange, storyLine } from "./story-line.ts";

/** Whom a story is about. */
export interface StorySubject {
  readonly tenant: string;
  readonly account: string | null;
  readonly personId: string | null;
}

/** An opened page can start something for as long as its session lasts. */
const SESSION_MS = 30 * 60_000;
const MOST = 50;

/** `only`: the one outreach that is told; null for all of the person. */
export async function openedLines(
  deps: AdminDeps,
  { tenant, account, personId }: StorySubject,
  only: EngagementRow | null,
): Promise<StoryLine[]> {
  if (personId === null) return [];
  const entries = await deps.journal.query({
    tenant,
    person_id: personId,
    event: "embed.opened",
    limit: MOST,
    ...(only ? { until: new Date(only.created_at + 1_000).toISOString() } : {}),
  });
  const domain = account === null ? null : await domainOf(deps, account);
  const shown = entries.filter((entry) => isOf(entry, domain));
  // Of one outreach it is the page it was asked for on.
  const [last] = only?.source === "embed" ? shown.filter((entry) => isFor(entry, only)) : [];
  const kept = only === null ? shown : last ? [last] : [];
  return kept.map((entry) =>
    storyLine({
      id: `journal/${entry.seq}`,
      at: Date.parse(entry.at),
      kind: "opened",
      severity: entry.severity,
      sentence: entry.message,
      exchange: exchange({
        partner: CRM,
        request: "GET /integration/followupboss/embed",
        answer: "opened",
        reference: textOf(entry.detail?.fub_user),
        fields: entry.detail ?? {},
      }),
      journal_seq: entry.seq,
    }),
  );
}

const isFor = (entry: JournalEntry, row: EngagementRow): boolean =>
  entry.user_id === row.user_id && Date.parse(entry.at) >= row.created_at - SESSION_MS;

/** Person ids repeat from account to account. */
const isOf = (entry: JournalEntry, domain: string | null): boolean =>
  domain === null || typeof entry.detail?.account !== "string" || entry.detail.account === domain;

async function domainOf(deps: AdminDeps, account: string): Promise<string | null> {
  const row = await deps.db
    .selectFrom("crm_identities")
    .select("account_domain")
    .where("account_id", "=", account)
    .where("account_domain", "is not", null)
    .executeTakeFirst();
  return row?.account_domain ?? null;
}

const textOf = (value: unknown): string | null => (typeof value === "string" ? `user ${value}` : null);

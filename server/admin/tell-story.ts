// One person's story, or one outreach's: from the opened app to the record in Follow Up Boss, in the order of time. Each
// line comes from where it was recorded and carries what is known of the exchange behind it.
import { sql } from "kysely";
import type { Story, StoryKind, StoryLine, StoryQuery } from "../../shared/console/story.schema.ts";
import type { Channel, EngagementStatus } from "../../shared/values.ts";
import { isoTime } from "../base/clock.ts";
import { GatewayError } from "../base/errors.ts";
import { type EngagementRow, findEngagement } from "../engagements/engagement.store.ts";
import type { AdminDeps } from "./admin-deps.ts";
import { agentName } from "./agent-name.ts";
import { deliveryLines } from "./story/delivery-lines.ts";
import { engagementLines } from "./story/engagement-lines.ts";
import { historyLines } from "./story/history-lines.ts";
import { messageLines } from "./story/message-lines.ts";
import { openedLines, type StorySubject } from "./story/opened-lines.ts";
import { recordLines } from "./story/record-lines.ts";
import { waitingLines } from "./story/waiting-lines.ts";

const MOST_OUTREACHES = 25;
const MOST_LINES = 600;

/** @throws GatewayError engagement_not_found, person_not_found. */
export async function tellStory(deps: AdminDeps, query: StoryQuery): Promise<Story> {
  // What was only told a moment ago belongs to it.
  await deps.journal.flush();
  const rows = await outreachesOf(deps, query);
  const about = subjectOf(query, rows);
  const lines: StoryLine[] = [];
  for (const row of rows) lines.push(...(await linesOf(deps, row)));
  lines.push(
    ...(await openedLines(deps, about, query.engagement_id === undefined ? null : (rows[0] ?? null))),
  );
  if (lines.length === 0) throw new GatewayError("person_not_found");
  const sorted = lines.toSorted((a, b) => a.at.localeCompare(b.at) || rankOf(a) - rankOf(b));
  const contacts = [...new Set(rows.flatMap(({ contact }) => (contact === null ? [] : [contact])))];
  return {
    tenant: about.tenant,
    person: {
      id: about.personId,
      name: rows.find(({ person_name }) => person_name)?.person_name ?? contacts[0] ?? "",
      contacts,
    },
    engagements: rows.map((row) => describe(deps, row)),
    lines: sorted.slice(-MOST_LINES),
    cut: sorted.length > MOST_LINES || rows.length === MOST_OUTREACHES,
  };
}

/** Of one moment: in the order in which things follow from each other. */
const ORDER: readonly StoryKind[] = [
  "opened",
  "webhook",
  "asked",
  "rule",
  "control",
  "person",
  "handed_over",
];
const LAST: readonly StoryKind[] = ["outcome", "record", "problem"];

function rankOf({ kind }: StoryLine): number {
  if (ORDER.includes(kind)) return ORDER.indexOf(kind);
  return ORDER.length + (LAST.includes(kind) ? 1 + LAST.indexOf(kind) : 0);
}

function subjectOf(query: StoryQuery, [row]: readonly EngagementRow[]): StorySubject {
  return {
    tenant: row?.tenant ?? query.tenant ?? "",
    account: row?.crm_account_id ?? query.account ?? null,
    personId: row?.person_id ?? query.person_id ?? null,
  };
}

/** Newest first. */
async function outreachesOf(deps: AdminDeps, query: StoryQuery): Promise<EngagementRow[]> {
  if (query.engagement_id !== undefined) {
    const row = await findEngagement(deps.db, query.engagement_id);
    if (!row || (query.tenant && row.tenant !== query.tenant)) throw new GatewayError("engagement_not_found");
    return [row];
  }
  let select = deps.db
    .selectFrom("engagements")
    .selectAll()
    .where("tenant", "=", query.tenant ?? "")
    .where("person_id", "=", query.person_id ?? "");
  if (query.account)
    select = select.where(sql<boolean>`coalesce(crm_account_id, ${query.account}) = ${query.account}`);
  return select.orderBy("id", "desc").limit(MOST_OUTREACHES).execute();
}

async function linesOf(deps: AdminDeps, row: EngagementRow): Promise<StoryLine[]> {
  const entries = await deps.journal.query({ engagement_id: row.id, limit: 1000 });
  return [
    ...(await deliveryLines(deps.db, row)),
    ...(await historyLines(deps, row, entries)),
    ...engagementLines(deps, row, entries),
    ...(await messageLines(deps, row)),
    ...(await recordLines(deps.db, row)),
    ...(await waitingLines(deps.db, row, deps.clock.now())),
  ];
}

function describe(deps: AdminDeps, row: EngagementRow): Story["engagements"][number] {
  return {
    engagement_id: row.id,
    at: isoTime(row.created_at),
    channel: row.channel as Channel,
    status: row.status as EngagementStatus,
    outcome: row.outcome,
    by: agentName(deps, row.tenant, row.user_id),
    parked_reason: row.parked_reason,
  };
}

// The console's start page: is everything working, what happened today, what waits for a person, the latest stories.
import type { z } from "zod";
import type { Home, homeQuerySchema } from "../../shared/console/home.schema.ts";
import type { Channel, EngagementStatus } from "../../shared/values.ts";
import { isoTime } from "../base/clock.ts";
import type { AdminDeps } from "./admin-deps.ts";
import { agentName } from "./agent-name.ts";
import { countToday } from "./count-today.ts";
import { findNeeds } from "./find-needs.ts";
import { readStatus } from "./read-status.ts";
import { groupOf, sayOutreach, whoOf } from "./say-outreach.ts";
import { readOutreach } from "./switch-outreach.ts";

const DAY_MS = 86_400_000;
const STORIES = 8;

export async function readHome(deps: AdminDeps, query: z.output<typeof homeQuerySchema>): Promise<Home> {
  const now = deps.clock.now();
  const asked = query.since ? Date.parse(query.since) : now - DAY_MS;
  const since = Math.min(now, Math.max(asked, now - 2 * DAY_MS));
  const status = await readStatus(deps);
  return {
    version: status.version,
    started_at: status.started_at,
    lamps: status.lamps,
    outreach: await readOutreach(deps.db),
    today: await countToday(deps.db, { since, now }, query.tenant),
    queue: status.queue,
    needs_you: await findNeeds(deps, query.tenant),
    stories: await latestStories(deps, query.tenant),
  };
}

async function latestStories(deps: AdminDeps, tenant: string | undefined): Promise<Home["stories"]> {
  let select = deps.db
    .selectFrom("engagements")
    .selectAll()
    .where((where) => where.or([where("campaign_state", "is", null), where("campaign_state", "!=", "held")]));
  if (tenant) select = select.where("tenant", "=", tenant);
  const rows = await select.orderBy("id", "desc").limit(STORIES).execute();
  return rows.map((row) => ({
    engagement_id: row.id,
    tenant: row.tenant,
    person_id: row.person_id,
    who: whoOf(row),
    channel: row.channel as Channel,
    status: row.status as EngagementStatus,
    outcome: row.outcome,
    group: groupOf(row),
    sentence: sayOutreach(row, agentName(deps, row.tenant, row.user_id)),
    at: isoTime(row.completed_at ?? row.created_at),
  }));
}

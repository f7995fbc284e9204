// The last outreaches to the open person, and the one still running. Person ids mean nothing outside their account, so
// both tenant and account narrow it: one agent's page never shows another account's people.

import type { RecentEngagement } from "../../shared/embed.schema.ts";
import type { Engagement } from "../../shared/engagement.schema.ts";
import type { EngagementStatus } from "../../shared/values.ts";
import { isTerminal } from "../../shared/values.ts";
import { isoTime } from "../base/clock.ts";
import { type EngagementRow, engagementHead, readEngagement } from "../engagements/engagement.store.ts";
import type { EmbedDeps } from "./embed-deps.ts";

const SHOWN = 3;

export interface PersonKey {
  readonly tenant: string;
  readonly accountId: string;
  readonly personId: string;
}

export async function readRecent(
  deps: EmbedDeps,
  key: PersonKey,
): Promise<{ recent: RecentEngagement[]; running: Engagement | null }> {
  const rows = await deps.db
    .selectFrom("engagements")
    .selectAll()
    .where("tenant", "=", key.tenant)
    .where("crm_account_id", "=", key.accountId)
    .where("person_id", "=", key.personId)
    .orderBy("created_at", "desc")
    .limit(SHOWN + 1)
    .execute();
  const running = rows.find((row) => !isTerminal(row.status as EngagementStatus));
  const past = rows.filter((row) => row !== running).slice(0, SHOWN);
  return {
    recent: past.map((row) => toRecent(deps, row)),
    running: running ? await readEngagement(deps.db, running, deps.settings.tenant(key.tenant)?.users) : null,
  };
}

function toRecent(deps: EmbedDeps, row: EngagementRow): RecentEngagement {
  const { engagement_id, status, outcome, channel, type, user_id, contact, summary } = engagementHead(row);
  const agent = deps.settings.tenant(row.tenant)?.users.find((user) => user.id === row.user_id);
  const by = agent?.name || row.user_id || "the brokerage";
  return {
    engagement_id,
    status,
    outcome,
    channel,
    type,
    user_id,
    contact,
    summary,
    at: isoTime(row.created_at),
    by,
  };
}

// Everything the guide's steps are judged by, gathered once per answer: what was observed, never what is merely set.
import type { Evidence } from "../../../shared/console/action.schema.ts";
import type { JournalEntry } from "../../../shared/journal.schema.ts";
import { isoTime } from "../../base/clock.ts";
import type { ActivityTable, Db } from "../../db/schema.ts";
import type { AdminDeps } from "../admin-deps.ts";
import {
  type ObservedAgent,
  type ObservedTenant,
  type Outreach,
  observeAgents,
} from "../identity/observe-agents.ts";
import { embedUrls } from "../read-settings.ts";

/** What became of one step. */
export interface Proof {
  readonly state: "proven" | "failed" | "waiting";
  readonly sentence: string;
  /** ISO; null while waiting, and for what is simply so. */
  readonly at: string | null;
  readonly evidence: Evidence | null;
}

type Written = Pick<ActivityTable, "engagement_id" | "kind" | "state" | "updated_at" | "last_error">;

export interface GuideFacts extends ObservedTenant {
  readonly urls: { readonly embed: string; readonly campaign: string; readonly webhook: string };
  readonly serverUrl: string | null;
  readonly systemKeySet: boolean;
  readonly callManagementKeySet: boolean;
  /** When Follow Up Boss last answered this gateway, ISO. */
  readonly answeredAt: string | null;
  readonly slot: {
    readonly result: string;
    readonly sentence: string | null;
    readonly checkedAt: string;
  } | null;
  /** Newest record of each outreach that has one. */
  readonly records: ReadonlyMap<string, Written>;
  /** Ids of ticks → when. */
  readonly ticks: ReadonlyMap<string, string>;
}

/** Latest outreaches of an agent whose records are looked at. */
const LATEST = 20;

/** @throws GatewayError tenant_not_found. */
export async function guideFacts(deps: AdminDeps, slug: string): Promise<GuideFacts> {
  const observed = await observeAgents(deps, slug);
  const { db, settings } = deps;
  const answered = await db
    .selectFrom("crm_identities")
    .select((select) => select.fn.max("checked_at").as("at"))
    .executeTakeFirst();
  const slot = await db
    .selectFrom("webhook_slots")
    .select(["result", "sentence", "checked_at"])
    .where("tenant", "=", slug)
    .where("event", "=", "peopleTagsCreated")
    .orderBy("checked_at", "desc")
    .executeTakeFirst();
  const ticks = await db.selectFrom("guide_ticks").selectAll().where("tenant", "=", slug).execute();
  return {
    ...observed,
    urls: embedUrls(deps, observed.tenant),
    serverUrl: settings.publicAddress() ?? null,
    systemKeySet: settings.secret("platform/FUB_SYSTEM_KEY") !== undefined,
    callManagementKeySet: settings.secret(`tenant/${slug}/call_management_api_key`) !== undefined,
    answeredAt: answered?.at ? isoTime(Number(answered.at)) : null,
    slot: slot ? { result: slot.result, sentence: slot.sentence, checkedAt: isoTime(slot.checked_at) } : null,
    records: await recordsOf(db, observed.agents),
    ticks: new Map(ticks.map(({ id, ticked_at }) => [id, isoTime(ticked_at)])),
  };
}

async function recordsOf(db: Db, agents: readonly ObservedAgent[]): Promise<Map<string, Written>> {
  const found = new Map<string, Written>();
  for (const agent of agents) {
    const ids = agent.outreach.slice(0, LATEST).map(({ id }) => id);
    if (ids.length === 0) continue;
    const rows = await db
      .selectFrom("activities")
      .select(["engagement_id", "kind", "state", "updated_at", "last_error"])
      .where("engagement_id", "in", ids)
      .orderBy("updated_at")
      .execute();
    for (const row of rows) found.set(row.engagement_id, row);
  }
  return found;
}

export const waiting = (sentence: string): Proof => ({
  state: "waiting",
  sentence,
  at: null,
  evidence: null,
});
export const failed = (
  sentence: string,
  at: string | null = null,
  evidence: Evidence | null = null,
): Proof => ({
  state: "failed",
  sentence,
  at,
  evidence,
});
export const proven = (sentence: string, at: string | null, evidence: Evidence | null = null): Proof => ({
  state: "proven",
  sentence,
  at,
  evidence,
});

export const byEntry = ({ seq, engagement_id, at }: JournalEntry): Evidence => ({
  journal_seq: seq,
  engagement_id,
  at,
});
export const byOutreach = ({ id, created_at }: Outreach): Evidence => ({
  journal_seq: null,
  engagement_id: id,
  at: isoTime(created_at),
});
export const nameOf = ({ user }: ObservedAgent): string => user.name || user.id;

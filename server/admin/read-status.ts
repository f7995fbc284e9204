// The console's first answer: is everything working? Lamps are lit from what was observed, not from what is set.
import { sql } from "kysely";
import type { Lamp, Status } from "../../shared/admin-api.ts";
import { isoTime } from "../base/clock.ts";
import { readPause } from "../queue/outreach-pause.ts";
import { addressLamp } from "./address-lamp.ts";
import type { AdminDeps } from "./admin-deps.ts";
import { channelsLamp } from "./channels-lamp.ts";
import { crmLamp } from "./crm-lamp.ts";
import { embedUrl } from "./embed-url.ts";
import { pausedLamp } from "./switch-outreach.ts";

const DAY_MS = 86_400_000;

export async function readStatus(deps: AdminDeps): Promise<Status> {
  const settings = deps.settings.current();
  const serverUrl = deps.settings.publicAddress() ?? null;
  const counts = await readCounts(deps);
  const pause = await readPause(deps.db);
  return {
    version: deps.version,
    started_at: isoTime(deps.startedAt),
    public_url: deps.publicUrl(),
    server_url: serverUrl,
    lamps: {
      public_address: await addressLamp(deps),
      follow_up_boss: await crmLamp(deps),
      channels: await channelsLamp(deps),
      outreach: pause
        ? pausedLamp(pause)
        : outreachLamp(counts.queue.dead, counts.today.activities_dead, counts.parked.length),
    },
    vault: deps.settings.vault(),
    settings_notices: [...deps.settings.notices()],
    environment_locks: [...deps.settings.locks()],
    tenants: settings.tenants.map((tenant) => ({
      domain_name: tenant.domain_name,
      track: tenant.track,
      users: tenant.users.length,
      embed_url: embedUrl(serverUrl ?? deps.publicUrl(), tenant),
    })),
    queue: counts.queue,
    today: counts.today,
    needs_you: counts.parked,
  };
}

function outreachLamp(deadJobs: number, deadActivities: number, parked: number): Lamp {
  if (parked > 0)
    return {
      state: "bad",
      sentence: `${parked} outreaches wait for a person's decision.`,
      remedy: "Open them below and resume or cancel each.",
    };
  if (deadActivities > 0)
    return {
      state: "bad",
      sentence: `${deadActivities} records could not be written to Follow Up Boss.`,
      remedy: "Open them below, mend the cause and write them again.",
    };
  if (deadJobs > 0)
    return {
      state: "warn",
      sentence: `${deadJobs} pieces of background work were set aside.`,
      remedy: "See the journal for the reasons.",
    };
  return { state: "ok", sentence: "Outreach is running.", remedy: null };
}

async function readCounts(deps: AdminDeps) {
  const since = deps.clock.now() - DAY_MS;
  const jobs = await deps.db
    .selectFrom("jobs")
    .select(["state", sql<number>`count(*)`.as("n")])
    // What comes round by itself, and the end of a conversation, is no work that anybody waits for.
    .where("kind", "not in", ["housekeeping", "read-mailbox", "read-inbound", "close-conversation"])
    .groupBy("state")
    .execute();
  const activities = await deps.db
    .selectFrom("activities")
    .select(["state", sql<number>`count(*)`.as("n")])
    .where("state", "!=", "written")
    .groupBy("state")
    .execute();
  const today = await deps.db
    .selectFrom("engagements")
    .select([sql<number>`count(*)`.as("n"), sql<number>`count(rule)`.as("refused")])
    .where("created_at", ">=", since)
    .executeTakeFirstOrThrow();
  const parked = await deps.db
    .selectFrom("engagements")
    .select(["id", "parked_reason"])
    .where("status", "=", "paused")
    .where("parked_reason", "is not", null)
    .orderBy("updated_at", "desc")
    .limit(20)
    .execute();
  const count = (rows: readonly { state: string; n: number }[], state: string): number =>
    Number(rows.find((row) => row.state === state)?.n ?? 0);
  return {
    queue: { waiting: count(jobs, "ready"), running: count(jobs, "running"), dead: count(jobs, "dead") },
    today: {
      engagements: Number(today.n),
      refused: Number(today.refused),
      activities_waiting: count(activities, "waiting") + count(activities, "writing"),
      activities_dead: count(activities, "dead"),
    },
    parked: parked.map((row) => ({
      sentence: row.parked_reason ?? "",
      remedy: "Check with the provider whether it went out, then resume it to start it again, or cancel it.",
      engagement_id: row.id,
    })),
  };
}

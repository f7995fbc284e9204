// A campaign as its page, integrators and the console see it: counts, outcomes, time left.
import { type Campaign, type CampaignStatus, retrySchema } from "../../shared/campaign.schema.ts";
import type { Pace } from "../../shared/pace.schema.ts";
import { type CallType, type Channel, isVoice } from "../../shared/values.ts";
import { isoTime } from "../base/clock.ts";
import { chooseAccess } from "../crm/choose-access.ts";
import type { CrmLane } from "../crm/crm.ts";
import { crmLane } from "../engagements/queue-activities.ts";
import { crmWriterOf } from "../engagements/start-engagement.ts";
import { laneBacklog } from "../queue/lane-backlog.ts";
import { type CampaignRow, readCounts } from "./campaign.store.ts";
import type { CampaignDeps } from "./campaign-deps.ts";
import { placesOf } from "./claim-turn.ts";
import { canResume } from "./control-campaign.ts";
import { describeListChanges } from "./describe-changes.ts";
import { estimateCampaignMs } from "./estimate-campaign.ts";
import { channelLimits } from "./pace-limits.ts";

const PAGE = 100;
/** Where the provider cannot say how long one outreach takes. */
const USUAL_MS = { phone: 60_000, sms: 30_000, email: 2_000 } as const;

export async function readCampaign(deps: CampaignDeps, row: CampaignRow): Promise<Campaign> {
  const counts = await readCounts(deps.db, row.id);
  const active = await countActive(deps, row);
  const backlog = await backlogOf(deps, row);
  const later = await waitingLater(deps, row);
  return {
    batch_id: row.id,
    status: row.status as CampaignStatus,
    total: isStillReading(row) ? Math.max(row.total ?? 0, row.members) : row.members,
    queued_calls: row.queued,
    skipped_calls: row.skipped,
    done: row.done,
    outcomes: counts.outcome,
    skipped: counts.skipped,
    refused_later: counts.refused,
    eta_seconds: Math.ceil(timeLeftMs(deps, row, { backlog, later }) / 1000),
    checked: row.members,
    will_queue: row.will_queue,
    active: active.going,
    ...sayLater(later),
    retries_waiting: await countRetries(deps, row),
    records_waiting: row.queued === 0 ? 0 : backlog,
    records_failed: await countFailedRecords(deps, row),
    name: row.name,
    smart_list_id: row.smart_list_id,
    channel: row.channel as Channel | null,
    call_type: row.type as CallType,
    instruction: row.instruction,
    from: row.from_number,
    pace: paceOf(row),
    retry: row.retry === null ? null : retrySchema.parse(JSON.parse(row.retry)),
    message: row.message ?? parkedSentence(active.parked),
    list_changes: describeListChanges(row),
    can_resume: canResume(row),
    created_at: isoTime(row.created_at),
    started_at: row.started_at === null ? null : isoTime(row.started_at),
    ended_at: row.ended_at === null ? null : isoTime(row.ended_at),
  };
}

const isStillReading = ({ stage }: CampaignRow): boolean =>
  stage === "reading" || stage === "reading_and_queueing";

const paceOf = (row: CampaignRow): Pace => ({
  ...(row.pace_at_once === null ? {} : { at_once: row.pace_at_once }),
  ...(row.pace_per_minute === null ? {} : { per_minute: row.pace_per_minute }),
});

function parkedSentence(parked: number): string | null {
  if (parked === 0) return null;
  const people = parked === 1 ? "1 outreach waits" : `${parked} outreaches wait`;
  return `${people} for somebody at the gateway's console to decide: it is not known whether they were started.`;
}

async function countActive(
  deps: CampaignDeps,
  row: CampaignRow,
): Promise<{ readonly going: number; readonly parked: number }> {
  if (row.started_at === null || row.stage === "over") return { going: 0, parked: 0 };
  const rows = await deps.db
    .selectFrom("engagements")
    .select((select) => ["status", select.fn.countAll<number>().as("n")])
    .where("campaign_id", "=", row.id)
    .where("campaign_state", "=", "released")
    .groupBy("status")
    .execute();
  const sum = (paused: boolean): number =>
    rows.reduce((total, { status, n }) => total + ((status === "paused") === paused ? Number(n) : 0), 0);
  return { going: sum(false), parked: sum(true) };
}

interface Later {
  readonly people: number;
  /** When the first and the last of them may be reached, epoch ms; null where it is not known. */
  readonly first: number | null;
  readonly last: number | null;
}

/** Before the start as the review found it; afterwards whoever is in line for a later time. */
async function waitingLater(deps: CampaignDeps, row: CampaignRow): Promise<Later> {
  if (row.stage === "over") return { people: 0, first: null, last: null };
  if (row.started_at === null) return { people: row.later, first: row.opens_at, last: row.opens_at };
  const counted = await deps.db
    .selectFrom("engagements")
    .select((select) => [
      select.fn.countAll<number>().as("n"),
      select.fn.min("scheduled_at").as("first"),
      select.fn.max("scheduled_at").as("last"),
    ])
    .where("campaign_id", "=", row.id)
    .where("campaign_state", "=", "held")
    .where("scheduled_at", ">", deps.clock.now())
    .executeTakeFirst();
  const time = (at: unknown): number | null => (at == null ? null : Number(at));
  return { people: Number(counted?.n ?? 0), first: time(counted?.first), last: time(counted?.last) };
}

const sayLater = ({ people, first }: Later): Pick<Campaign, "waiting_hours" | "opens_at"> => ({
  waiting_hours: people,
  opens_at: people === 0 || first === null ? null : isoTime(first),
});

async function countFailedRecords(deps: CampaignDeps, row: CampaignRow): Promise<number> {
  if (row.queued === 0) return 0;
  const counted = await deps.db
    .selectFrom("activities")
    .innerJoin("engagements", "engagements.id", "activities.engagement_id")
    .select((select) => select.fn.countAll<number>().as("n"))
    .where("activities.state", "=", "dead")
    .where("activities.tenant", "=", row.tenant)
    .where("engagements.campaign_id", "=", row.id)
    .executeTakeFirst();
  return Number(counted?.n ?? 0);
}

async function countRetries(deps: CampaignDeps, row: CampaignRow): Promise<number> {
  if (row.retry === null) return 0;
  const counted = await deps.db
    .selectFrom("campaign_members")
    .select((select) => select.fn.countAll<number>().as("n"))
    .where("campaign_id", "=", row.id)
    .where("state", "=", "retry")
    .executeTakeFirst();
  return Number(counted?.n ?? 0);
}

/** Records of the account that wait to be written, other work's included: a campaign's own come behind them. */
async function backlogOf(deps: CampaignDeps, row: CampaignRow): Promise<number> {
  const kind = row.channel !== null && isVoice(row.channel as Channel) ? "call" : "note";
  return (await laneBacklog(deps.db)).get(crmLane(row, kind)) ?? 0;
}

function timeLeftMs(
  deps: CampaignDeps,
  row: CampaignRow,
  { backlog, later }: { readonly backlog: number; readonly later: Later },
): number {
  const stopped = row.status === "canceled" || row.status === "failed";
  const channel = (row.channel ?? "phone") as Channel;
  const tenant = deps.settings.tenant(row.tenant);
  const limits = channelLimits(deps, row.tenant, channel);
  const provider = row.provider ?? (tenant ? deps.providers.chosen(tenant, channel) : "simulator");
  const begun = row.started_at !== null;
  const reviewed = begun ? Math.max(0, row.will_queue - row.done) : row.will_queue;
  const unread = isStillReading(row) ? Math.max(0, (row.total ?? 0) - row.members) : 0;
  const load = {
    pages: Math.ceil(unread / PAGE),
    people: stopped || row.status === "completed" ? 0 : reviewed + unread,
    later: { people: later.people, firstMs: untilMs(deps, later.first), lastMs: untilMs(deps, later.last) },
    channel,
    usualMs: deps.providers.get(provider).usualMs?.(channel) ?? USUAL_MS[paceChannel(channel)],
    atOnce: Math.min(limits.atOnce, placesOf(row, limits.perAgent)),
    perMinute: leastOf(limits.perMinute, row.pace_per_minute),
    writes: tenant !== undefined && crmWriterOf(tenant, provider) === "gateway",
    backlog,
  };
  return estimateCampaignMs(load, lanesOf(deps, row));
}

const untilMs = ({ clock }: CampaignDeps, at: number | null): number =>
  at === null ? 0 : Math.max(0, at - clock.now());

const paceChannel = (channel: Channel): keyof typeof USUAL_MS =>
  channel === "email" ? "email" : isVoice(channel) ? "phone" : "sms";

const leastOf = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b);

function lanesOf(deps: CampaignDeps, row: CampaignRow): CrmLane[] {
  const access = chooseAccess(deps.settings, row.tenant, row.acts_with);
  const names = [row.crm_account_id, access ? `key:${access.id}` : null];
  return deps.crm.lanes().filter(({ account }) => names.includes(account));
}

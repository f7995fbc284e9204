// Kind of work → what runs it. A kind without a handler does not compile.
import type { Clock } from "../base/clock.ts";
import type { CampaignDeps } from "../campaigns/campaign-deps.ts";
import { forgetOldReviews } from "../campaigns/forget-campaigns.ts";
import { handOverChunk } from "../campaigns/hand-over-chunk.ts";
import { paceCampaigns } from "../campaigns/pace-campaigns.ts";
import { queueCampaign } from "../campaigns/queue-campaign.ts";
import { isBeingReviewed, readList } from "../campaigns/read-list.ts";
import { resumeCampaigns } from "../campaigns/resume-campaigns.ts";
import { stopCampaign } from "../campaigns/stop-campaigns.ts";
import { pruneLedger } from "../contact/prune-ledger.ts";
import type { ConversationRoomDeps } from "../conversations/conversation-deps.ts";
import { enqueueReading } from "../conversations/enqueue-reading.ts";
import type { Db } from "../db/schema.ts";
import type { EmbedDeps } from "../embed/embed-deps.ts";
import { learnAccounts } from "../embed/learn-accounts.ts";
import { findEngagement } from "../engagements/engagement.store.ts";
import { type LaunchResult, launchEngagement } from "../engagements/launch-engagement.ts";
import { pollEngagement } from "../engagements/poll-engagement.ts";
import type { Journal } from "../log/journal.ts";
import type { JobKindName } from "../queue/job-kinds.ts";
import { DONE, type RunContext, type RunResult } from "../queue/worker.ts";
import { resolvePerson } from "../sync/resolve-person.ts";
import { syncActivity } from "../sync/sync-activity.ts";
import type { SyncDeps } from "../sync/sync-deps.ts";
import { catchUp, enqueueCatchUp } from "../webhooks/catch-up.ts";
import { checkSlots, enqueueSlotChecks } from "../webhooks/check-slots.ts";
import type { FanOutDeps } from "../webhooks/fan-out/fan-out-deps.ts";
import { forgetForwards } from "../webhooks/fan-out/forget-forwards.ts";
import { sendForward } from "../webhooks/fan-out/send-forward.ts";
import { processDelivery } from "../webhooks/process-delivery.ts";
import { pruneDeliveries } from "../webhooks/prune-deliveries.ts";
import type { WebhookDeps } from "../webhooks/webhook-deps.ts";
import { conversationJobs } from "./conversation-jobs.ts";
import type { Handlers } from "./handlers.ts";

export interface JobDeps {
  readonly campaigns: CampaignDeps;
  readonly webhooks: WebhookDeps;
  readonly fanOut: FanOutDeps;
  readonly embed: EmbedDeps;
  readonly sync: SyncDeps;
  readonly conversations: ConversationRoomDeps;
  readonly db: Db;
  readonly clock: Clock;
  readonly journal: Journal;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Somebody waits for a review, so it does not try for long. */
const REVIEW_TRIES = 3;

export function createJobHandlers(deps: JobDeps): Handlers {
  const again = (at: number | null): RunResult => (at === null ? DONE : { kind: "again", at });
  // Its lane is closed until outreach goes on; paused just after it was claimed, it goes back there.
  const unlessPaused = (result: LaunchResult): RunResult =>
    again(result === "paused" ? deps.clock.now() : result === "settled" ? null : result);
  return {
    "launch-engagement": async ({ engagement_id }) =>
      unlessPaused(await launchEngagement(deps.embed, engagement_id)),
    "poll-engagement": async ({ engagement_id }) => again(await pollEngagement(deps.embed, engagement_id)),
    "resolve-person": async ({ engagement_id }, { signal }) => {
      const row = await findEngagement(deps.db, engagement_id);
      if (row) await resolvePerson(deps.sync, row, "launch", signal);
      return DONE;
    },
    "sync-activity": async ({ activity_id }, { signal }) => {
      const result = await syncActivity(deps.sync, activity_id, signal);
      return again(result === "changed" ? deps.clock.now() : null);
    },
    "learn-accounts": async ({ tenant }) => {
      await learnAccounts(deps.embed, tenant);
      return DONE;
    },
    "read-campaign": ({ campaign_id }, context) => readCampaignList(deps, campaign_id, context),
    "queue-campaign": async ({ campaign_id }) =>
      again((await queueCampaign(deps.campaigns, campaign_id)) === "more" ? deps.clock.now() : null),
    "pace-campaigns": async ({ tenant, account }) =>
      again(await paceCampaigns(deps.campaigns, { tenant, crm_account_id: account })),
    "hand-over-chunk": async ({ campaign_id, chunk }) =>
      unlessPaused(await handOverChunk(deps.campaigns, campaign_id, chunk)),
    "process-delivery": async ({ delivery_id }) => {
      await processDelivery(deps.webhooks, delivery_id);
      return DONE;
    },
    "forward-delivery": ({ forward_id }, { signal }) => sendForward(deps.fanOut, forward_id, signal),
    "catch-up": async ({ tenant }) => {
      await catchUp(deps.webhooks, tenant);
      return DONE;
    },
    "check-slots": async ({ tenant }) => {
      await checkSlots(deps.webhooks, tenant);
      return DONE;
    },
    ...conversationJobs(deps.conversations),
    housekeeping: async () => {
      await forgetOldReviews(deps.db, deps.clock.now() - DAY_MS);
      await resumeCampaigns(deps.campaigns);
      await enqueueSlotChecks(deps.webhooks);
      await enqueueCatchUp(deps.webhooks);
      await enqueueReading(deps.conversations);
      await pruneLedger(deps.db, deps.clock.now());
      await forgetForwards(deps.fanOut);
      const { journal_days, journal_rows } = deps.embed.settings.platform();
      await pruneDeliveries(deps.db, { now: deps.clock.now(), days: journal_days });
      await deps.journal.prune({ days: journal_days, rows: journal_rows });
      return again(deps.clock.now() + HOUR_MS);
    },
  };
}

async function readCampaignList(deps: JobDeps, campaignId: string, context: RunContext): Promise<RunResult> {
  try {
    const result = await readList(deps.campaigns, campaignId, context.signal);
    return result === "more" ? { kind: "again", at: deps.clock.now() } : DONE;
  } catch (error) {
    const givesUp = context.attempt >= REVIEW_TRIES && (await isBeingReviewed(deps.db, campaignId));
    if (!givesUp || context.signal.aborted) throw error;
    await stopCampaign(deps.campaigns, campaignId, error);
    return DONE;
  }
}

/** Runs one job by its kind; the payload was checked against the kind's schema by the worker. */
export function runJob(
  handlers: Handlers,
  kind: JobKindName,
  payload: unknown,
  context: RunContext,
): Promise<RunResult> {
  const handler = handlers[kind] as (payload: unknown, context: RunContext) => Promise<RunResult>;
  return handler(payload, context);
}

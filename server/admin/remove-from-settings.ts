// A person at the console removes a brokerage or an agent: settings and keys at once, then what depends on them, each told.
// For ten minutes it can be taken back. Called by the settings routes.
import type { Removed } from "../../shared/console/settings.schema.ts";
import { isoTime } from "../base/clock.ts";
import { GatewayError } from "../base/errors.ts";
import { controlEngagement } from "../engagements/control-engagement.ts";
import { enqueue } from "../queue/enqueue.ts";
import type { Removal, RemovedSetup } from "../settings/settings-room.ts";
import type { AdminDeps } from "./admin-deps.ts";
import type { UndoShelf } from "./undo-shelf.ts";

export interface KeptRemoval {
  readonly removed: RemovedSetup;
  /** Its webhooks were looked after, so they are wanted again. */
  readonly hadWebhooks: boolean;
}

export interface RemovalDeps extends AdminDeps {
  readonly undo: UndoShelf<KeptRemoval>;
  /** Takes away the webhooks at the CRM with the keys that were removed; how many went. */
  readonly removeWebhooks: (removed: RemovedSetup) => Promise<number>;
  readonly cancelCampaign: (campaignId: string, by: string) => Promise<void>;
}

/** @throws GatewayError tenant_not_found, user_not_found, settings_changed: nothing is removed then. */
export async function removeFromSettings(
  deps: RemovalDeps,
  removal: Removal,
  expected: string | null,
): Promise<Removed> {
  const hadWebhooks = await looksAfterWebhooks(deps, removal.tenant);
  const removed = await deps.settings.remove(removal, expected);
  const what = whatOf(removed);
  await deps.journal.add(deps.db, {
    event: "settings.removed",
    severity: "warn",
    message: `${capital(what)} was removed at the console, with ${removed.secrets.size} keys and secrets`,
    tenant: removal.tenant,
    userId: removal.userId ?? null,
  });
  const said = [
    ...(await stopOutreach(deps, removal, what)),
    ...(hadWebhooks ? await takeWebhooksAway(deps, removed) : []),
    ...(await leftUnwritten(deps, removal)),
  ];
  const { token, until } = deps.undo.keep({ removed, hadWebhooks });
  return { revision: deps.settings.revision(), undo: { token, until: isoTime(until) }, said };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function whatOf({ tenant, user }: RemovedSetup): string {
  if (user === null) return `the brokerage ${tenant.domain_name}`;
  return `the agent ${user.name || user.id} of ${tenant.domain_name}`;
}

async function looksAfterWebhooks({ db }: RemovalDeps, tenant: string): Promise<boolean> {
  const rows = db.selectFrom("webhook_slots").select("tenant").where("tenant", "=", tenant).limit(1);
  return (await rows.executeTakeFirst()) !== undefined;
}

/** What goes on is let finish; what waits is canceled with words. */
async function stopOutreach(deps: RemovalDeps, { tenant, userId }: Removal, what: string): Promise<string[]> {
  const by = `Removing ${what}`;
  let campaigns = deps.db.selectFrom("campaigns").select("id").where("tenant", "=", tenant);
  campaigns = campaigns.where("status", "in", [
    "checking",
    "ready",
    "queueing",
    "running",
    "paused",
    "failed",
  ]);
  campaigns = campaigns.where("stage", "!=", "over");
  if (userId !== undefined) campaigns = campaigns.where("user_id", "=", userId);
  let waiting = deps.db.selectFrom("engagements").select("id").where("tenant", "=", tenant);
  waiting = waiting.where("status", "in", ["accepted", "queued", "paused"]);
  waiting = waiting.where("launch_state", "=", "none").where("campaign_id", "is", null);
  if (userId !== undefined) waiting = waiting.where("user_id", "=", userId);
  const stopped = await countDone(await campaigns.execute(), ({ id }) => deps.cancelCampaign(id, by));
  const canceled = await countDone(await waiting.execute(), ({ id }) =>
    controlEngagement(deps, id, "cancel", by),
  );
  return [
    ...(stopped > 0 ? [`${count(stopped, "campaign")} that had not finished ${was(stopped)} canceled.`] : []),
    ...(canceled > 0 ? [`${count(canceled, "outreach")} that had not begun ${was(canceled)} canceled.`] : []),
  ];
}

const was = (n: number): string => (n === 1 ? "was" : "were");
const count = (n: number, what: string): string =>
  `${n} ${what}${n === 1 ? "" : what.endsWith("ch") ? "es" : "s"}`;

/** One that ended or began meanwhile is none of them any more. */
async function countDone<T>(items: readonly T[], act: (item: T) => Promise<unknown>): Promise<number> {
  let done = 0;
  for (const item of items) {
    try {
      await act(item);
      done++;
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
    }
  }
  return done;
}

async function takeWebhooksAway(deps: RemovalDeps, removed: RemovedSetup): Promise<string[]> {
  try {
    const gone = await deps.removeWebhooks(removed);
    if (gone === 0) return [];
    return [`${count(gone, "webhook")} of this gateway ${was(gone)} removed at Follow Up Boss.`];
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return [
      `The webhooks at Follow Up Boss could not be removed (${error.sentence}) Follow Up Boss drops them at their next delivery.`,
    ];
  }
}

async function leftUnwritten({ db }: RemovalDeps, { tenant, userId }: Removal): Promise<string[]> {
  const row = await db
    .selectFrom("activities")
    .innerJoin("engagements", "engagements.id", "activities.engagement_id")
    .select((select) => select.fn.countAll<number>().as("n"))
    .where("activities.tenant", "=", tenant)
    .where("activities.state", "in", ["waiting", "writing"])
    .$if(userId !== undefined, (query) => query.where("engagements.acts_with", "=", `user:${userId}`))
    .executeTakeFirst();
  const n = Number(row?.n ?? 0);
  return n === 0 ? [] : [`${count(n, "record")} could not be written to Follow Up Boss any more.`];
}

/** @throws GatewayError undo_expired, wrong_state. What was canceled stays so. */
export async function undoRemoval(deps: RemovalDeps, token: string): Promise<string> {
  const until = deps.undo.untilOf(token);
  const kept = deps.undo.take(token);
  try {
    await deps.settings.restore(kept.removed);
  } catch (error) {
    deps.undo.putBack(token, kept, until);
    throw error;
  }
  const { domain_name: tenant } = kept.removed.tenant;
  const what = whatOf(kept.removed);
  await deps.journal.add(deps.db, {
    event: "settings.restored",
    message: `${capital(what)} was brought back at the console`,
    tenant,
    userId: kept.removed.user?.id ?? null,
  });
  if (kept.hadWebhooks) {
    const options = { now: deps.clock.now(), dedupeKey: `slots:${tenant}`, bringForward: true };
    await enqueue(deps.db, "check-slots", { tenant }, options);
  }
  deps.nudge();
  return `${capital(what)} is back, with its keys. What was canceled stays canceled.`;
}

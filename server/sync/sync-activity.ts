// Writes one activity to the CRM, once. FUB has no idempotency key, so "writing" is saved before the request, and an
// activity found in that state is looked for by its marker before it is posted again. What remains: a write that FUB
// stores only after our read-back looked (its answer lost, its storing late) would appear twice.
import { GatewayError, retryAfter } from "../base/errors.ts";
import { sha256Hex } from "../base/hmac.ts";
import type { CrmCallOptions } from "../crm/crm.ts";
import { crmName } from "../crm/crm-name.ts";
import type { DbOrTrx } from "../db/schema.ts";
import { type EngagementRow, findEngagement } from "../engagements/engagement.store.ts";
import {
  type ActivityRow,
  claimWriting,
  findActivity,
  messagesOf,
  releaseWriting,
  settleWritten,
  transcriptOf,
} from "./activity.store.ts";
import { describeCall, describeNote, describeSummary, markerLine, noteLine } from "./describe-activity.ts";
import { leaveUnwritten } from "./leave-unwritten.ts";
import { resolvePerson } from "./resolve-person.ts";
import { syncAccess } from "./sync-access.ts";
import type { SyncDeps } from "./sync-deps.ts";

/** "changed": it was written, but the engagement has moved on since; run once more. */
export type SyncResult = "written" | "changed" | "nothing";

/** A person just introduced is not reachable until FUB has assigned them (FUB reference, common issues). */
const NEW_PERSON_MS = 15 * 60_000;
const NEW_PERSON_WAIT_MS = 3_000;

/** `signal` gives up what is under way. @throws GatewayError crm_* with its retry hint. */
export async function syncActivity(
  deps: SyncDeps,
  activityId: string,
  signal?: AbortSignal,
): Promise<SyncResult> {
  const activity = await findActivity(deps.db, activityId);
  if (!activity || activity.state === "written" || activity.state === "dead") return "nothing";
  const asked = await findEngagement(deps.db, activity.engagement_id);
  if (!asked) return "nothing";
  const personId = await resolvePerson(deps, asked, "sync", signal);
  if (personId === null) {
    await leaveUnwritten(deps, activity, asked);
    return "nothing";
  }
  // Resolving may just have introduced the person, which decides how a "not found" is taken.
  const engagement = (await findEngagement(deps.db, asked.id)) ?? asked;
  const access = await syncAccess(deps, engagement);
  const options: CrmCallOptions = { access, priority: "sync", ...(signal && { signal }) };
  // An update is the same however often it is made; only a first write can appear twice.
  const recovered =
    activity.state === "writing" && activity.crm_id === null
      ? await lookForIt(deps, activity, engagement, { personId, options })
      : null;
  const contentFor = (of: EngagementRow, db: DbOrTrx) => contentOf(deps, db, activity, of);
  const hashNow = async (fresh: EngagementRow, trx: DbOrTrx) => hashOf(await contentFor(fresh, trx));
  if (recovered !== null) {
    const written = { crmId: recovered, hash: activity.written_hash ?? "", recovered: true };
    return settleWritten(deps, activity, engagement, written, hashNow);
  }
  const content = await claimWriting(deps.db, activity, deps.clock.now(), async (trx) => {
    const described = await contentFor(engagement, trx);
    return { content: described, hash: hashOf(described) };
  });
  if (content === undefined) return "nothing";
  const crmId = await write(deps, activity, engagement, { content, personId, options });
  return settleWritten(
    deps,
    activity,
    engagement,
    { crmId, hash: hashOf(content), recovered: false },
    hashNow,
  );
}

async function lookForIt(
  deps: SyncDeps,
  activity: ActivityRow,
  engagement: EngagementRow,
  { personId, options }: Pick<Write, "personId" | "options">,
): Promise<string | null> {
  const marker = markerLine(activity.marker);
  if (activity.kind === "call") return (await deps.crm.findCall(personId, marker, options))?.id ?? null;
  const found = await deps.crm.findNote(personId, marker, options);
  if (found || engagement.restored_at === null || activity.kind !== "note") return found?.id ?? null;
  // Another copy of this gateway wrote the same rows into notes with marks of its own.
  const last = (await messagesOf(deps.db, activity.id)).at(-1);
  const copied = last && (await deps.crm.findNote(personId, noteLine(engagement, last), options));
  return copied?.id ?? null;
}

type Content =
  | { readonly note: ReturnType<typeof describeNote> }
  | { readonly call: ReturnType<typeof describeCall> };

async function contentOf(
  deps: SyncDeps,
  db: DbOrTrx,
  activity: ActivityRow,
  engagement: EngagementRow,
): Promise<Content> {
  if (activity.kind === "note") {
    const messages = await messagesOf(db, activity.id);
    return { note: describeNote(engagement, messages, activity.marker, byLine(deps, engagement)) };
  }
  const mapping = deps.settings.tenant(engagement.tenant)?.outcome_mapping ?? {};
  if (activity.kind === "summary")
    return { note: describeSummary(engagement, activity.marker, mapping, byLine(deps, engagement)) };
  const crmUserId = engagement.acts_with === "tenant" ? engagement.crm_user_id : null;
  const said = await transcriptOf(db, engagement.id);
  return { call: describeCall(engagement, activity.marker, { crmUserId, mapping }, said) };
}

/** Rollout writes every note as the connected account (facts: notes have no user), so the note itself says whose it is. */
function byLine(deps: SyncDeps, engagement: EngagementRow): string | null {
  const tenant = deps.settings.tenant(engagement.tenant);
  if (tenant?.crm_sync_provider !== "rollout" || engagement.user_id === null) return null;
  return tenant.users.find(({ id }) => id === engagement.user_id)?.name || engagement.user_id;
}

const hashOf = (content: Content): string => sha256Hex(JSON.stringify(content));

interface Write {
  readonly content: Content;
  readonly personId: string;
  readonly options: CrmCallOptions;
}

async function write(
  deps: SyncDeps,
  activity: ActivityRow,
  engagement: EngagementRow,
  request: Write,
): Promise<string> {
  const { content, personId, options } = request;
  try {
    if ("note" in content) return (await deps.crm.addNote({ personId, ...content.note }, options)).id;
    if (activity.crm_id === null) return (await deps.crm.addCall({ personId, ...content.call }, options)).id;
    const { outcome, duration, note, recordingUrl } = content.call;
    const change = { outcome, duration, note, ...(recordingUrl !== undefined && { recordingUrl }) };
    await deps.crm.updateCall(activity.crm_id, change, options);
    return activity.crm_id;
  } catch (error) {
    if (!deps.mayHaveBeenStored(error)) await releaseWriting(deps.db, activity.id, deps.clock.now());
    const wait = untilReachable(deps, engagement, error);
    throw wait === null ? error : retryLater(crmName(deps.settings.tenant(engagement.tenant)), error, wait);
  }
}

/** Milliseconds to wait for a person who is still being added; null when that is not what is wrong. */
function untilReachable(deps: SyncDeps, engagement: EngagementRow, error: unknown): number | null {
  const since = engagement.person_introduced_at;
  if (!(error instanceof GatewayError) || since === null) return null;
  if (error.code !== "crm_not_found" && error.code !== "crm_invalid") return null;
  const age = deps.clock.now() - since;
  // Growing with the age, so that the job's tries last for all of the time.
  return age < NEW_PERSON_MS ? Math.max(NEW_PERSON_WAIT_MS, age / 2) : null;
}

function retryLater(crm: string, cause: unknown, waitMs: number): GatewayError {
  return new GatewayError("crm_not_found", {
    sentence: `Adding this person is not finished yet in ${crm}.`,
    retry: retryAfter(waitMs),
    cause,
  });
}

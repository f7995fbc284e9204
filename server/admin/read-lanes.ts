// The console's look at Follow Up Boss's limits: per account what is used, what waits, and how long that will take.
// Joins what the rate lanes know (requests) with what the queue knows (work nobody has begun yet).
import type { Lanes } from "../../shared/admin-api.ts";
import { chooseAccess } from "../crm/choose-access.ts";
import type { CrmLane } from "../crm/crm.ts";
import { estimateWaitMs } from "../crm/estimate-wait.ts";
import { type PlannedContext, unusedLane } from "../crm/followupboss/lane-unused.ts";
import { laneBacklog } from "../queue/lane-backlog.ts";
import type { AdminDeps } from "./admin-deps.ts";

type LanesDeps = Pick<AdminDeps, "db" | "crm" | "settings" | "identities" | "clock">;

/** Which budget the work of a lane of the queue is paid from; other lanes wait for something else. */
const CONTEXTS: Readonly<Record<string, PlannedContext>> = {
  notes: "notes",
  calls: "global",
  people: "global",
  list: "global",
};

interface Backlog {
  readonly account: string;
  readonly context: PlannedContext;
  readonly jobs: number;
}

/** Every lane in use, and every account work waits for although nothing was sent there yet. */
export async function readLanes(deps: LanesDeps): Promise<Lanes["lanes"]> {
  const backlog = await readBacklog(deps);
  const lanes = deps.crm.lanes();
  const unused = backlog
    .filter((work) => !lanes.some((lane) => isLaneOf(lane, work)))
    .map(({ account, context }) => unusedLane(account, context));
  const now = deps.clock.now();
  return [...lanes, ...unused].map((lane) => {
    const queued = backlog.find((work) => isLaneOf(lane, work))?.jobs ?? 0;
    return { ...lane, queued_jobs: queued, eta_seconds: etaSeconds(lane, queued, now) };
  });
}

const isLaneOf = (lane: CrmLane, work: Omit<Backlog, "jobs">): boolean =>
  lane.account === work.account && lane.context === work.context;

async function readBacklog(deps: LanesDeps): Promise<Backlog[]> {
  const sums = new Map<string, Backlog>();
  for (const [laneKey, jobs] of await laneBacklog(deps.db)) {
    const [kind, owner] = splitAt(laneKey, ":");
    const context = CONTEXTS[kind];
    if (context === undefined) continue;
    const account = await accountOf(deps, owner);
    const key = `${context}:${account}`;
    sums.set(key, { account, context, jobs: jobs + (sums.get(key)?.jobs ?? 0) });
  }
  return [...sums.values()];
}

/** The lanes' name for who pays: `<tenant>/<acts with>` is an account that was not known when the work was asked for. */
async function accountOf(deps: LanesDeps, owner: string): Promise<string> {
  if (!owner.includes("/")) return owner;
  const [tenant, actsWith] = splitAt(owner, "/");
  const access = chooseAccess(deps.settings, tenant, actsWith);
  if (!access) return owner;
  return (await deps.identities.recall(access))?.accountId ?? `key:${access.id}`;
}

function splitAt(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at === -1 ? [text, ""] : [text.slice(0, at), text.slice(at + mark.length)];
}

/** Jobs that run stand in the lane with a request of their own; who waits at a page has no job. */
function etaSeconds(lane: CrmLane, queued: number, now: number): number {
  const waiting = lane.waitingBy.interactive + Math.max(lane.waiting - lane.waitingBy.interactive, queued);
  if (waiting === 0) return 0;
  const silence = Math.max(0, (lane.pausedUntil ?? now) - now);
  return Math.ceil((silence + estimateWaitMs({ ...lane, waiting })) / 1000);
}

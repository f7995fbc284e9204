// Takes due jobs for a worker: the most urgent first, one per group at a time, under a lease. Each lane, and the jobs
// without one, have room of their own, so that a lane that is backed up holds up nobody else.
import type { ExpressionBuilder, Selectable } from "kysely";
import type { Database, Db, JobTable } from "../db/schema.ts";
import { OUTREACH_LANE, readPause } from "./outreach-pause.ts";
import { readShelves, type Shelf } from "./read-shelves.ts";

const CLAIMED = [
  "id",
  "kind",
  "payload",
  "attempts",
  "max_attempts",
  "crashes",
  "group_key",
  "lane_key",
  "run_at",
] as const;

export type ClaimedJob = Pick<Selectable<JobTable>, (typeof CLAIMED)[number]>;

/** How many more jobs of a lane may run; of null: of those without a lane. */
export type RoomIn = (laneKey: string | null) => number;

export interface Lease {
  readonly owner: string;
  readonly now: number;
  readonly leaseMs: number;
}

export interface ClaimOptions extends Lease {
  readonly roomIn: RoomIn;
}

export async function claimJobs(db: Db, options: ClaimOptions): Promise<ClaimedJob[]> {
  const taken = new Map<string | null, number>();
  const ids: number[] = [];
  for (const shelf of await openShelves(db)) {
    const room = options.roomIn(shelf.laneKey) - (taken.get(shelf.laneKey) ?? 0);
    if (room <= 0 || shelf.firstAt > options.now) continue;
    const due = await onShelf(db, shelf)
      .where("due.run_at", "<=", options.now)
      .select("due.id")
      .limit(room)
      .execute();
    taken.set(shelf.laneKey, (taken.get(shelf.laneKey) ?? 0) + due.length);
    ids.push(...due.map(({ id }) => id));
  }
  return leaseJobs(db, ids, options);
}

/** Those of them that nobody has leased meanwhile, with this try counted. */
export async function leaseJobs(db: Db, ids: readonly number[], lease: Lease): Promise<ClaimedJob[]> {
  if (ids.length === 0) return [];
  return (
    db
      .updateTable("jobs")
      .set((set) => ({
        state: "running",
        lease_owner: lease.owner,
        lease_until: lease.now + lease.leaseMs,
        attempts: set("attempts", "+", 1),
      }))
      .where("id", "in", [...ids])
      // Leased by nobody, so still ready. By `state` the index would be searched for it, through all that wait.
      .where("lease_owner", "is", null)
      .returning(CLAIMED)
      .execute()
  );
}

/** Without what waits while outreach is paused. */
async function openShelves(db: Db): Promise<readonly Shelf[]> {
  const shelves = await readShelves(db);
  const isLaunch = ({ laneKey }: Shelf): boolean => laneKey === OUTREACH_LANE;
  if (!shelves.some(isLaunch) || (await readPause(db)) === null) return shelves;
  return shelves.filter((shelf) => !isLaunch(shelf));
}

/** A shelf's jobs that their group lets run, the longest due first; in the order of the index. */
function onShelf(db: Db, shelf: Shelf) {
  return db
    .selectFrom("jobs as due")
    .where("due.state", "=", "ready")
    .where("due.lane_key", shelf.laneKey === null ? "is" : "=", shelf.laneKey)
    .where("due.priority", "=", shelf.priority)
    .where(firstOfItsGroup)
    .orderBy("due.run_at")
    .orderBy("due.id");
}

function firstOfItsGroup(where: ExpressionBuilder<Database & { due: JobTable }, "due">) {
  const before = where
    .selectFrom("jobs as other")
    .select("other.id")
    .whereRef("other.group_key", "=", "due.group_key")
    .where("other.state", "in", ["ready", "running"])
    .whereRef("other.id", "<", "due.id");
  return where.or([where("due.group_key", "is", null), where.not(where.exists(before))]);
}

export interface Span {
  /** Epoch ms; what was due by then was claimed, or waits for more than time. */
  readonly after: number;
  readonly until: number;
}

/**
 * When the next job falls due that could then be claimed, in epoch ms, within the span; undefined when none does.
 * Lanes without room do not count: a job that ends there makes the worker look again anyway.
 */
export async function nextDueAt(db: Db, { after, until }: Span, roomIn: RoomIn): Promise<number | undefined> {
  let next: number | undefined;
  for (const shelf of await openShelves(db)) {
    if (roomIn(shelf.laneKey) <= 0 || shelf.firstAt > until) continue;
    const row = await onShelf(db, shelf)
      .where("due.run_at", ">", after)
      .where("due.run_at", "<=", next ?? until)
      .select("due.run_at")
      .limit(1)
      .executeTakeFirst();
    next = row?.run_at ?? next;
  }
  return next;
}

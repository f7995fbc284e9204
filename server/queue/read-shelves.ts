// Where ready jobs lie: one shelf per lane and priority, with the time of its earliest. It jumps from shelf to shelf in
// the index `jobs_claim`, so that it costs as much for one waiting job as for 20,000. Read by whoever claims.
import { sql } from "kysely";
import type { Db } from "../db/schema.ts";

export interface Shelf {
  /** null: jobs that belong to no lane. */
  readonly laneKey: string | null;
  readonly priority: number;
  /** Epoch ms of the job that is due first, whether or not its group lets it run. */
  readonly firstAt: number;
}

/** Lane by lane, within each the most urgent first. */
export async function readShelves(db: Db): Promise<Shelf[]> {
  const { rows } = await sql<{ lane_key: string | null; priority: number; first_at: number }>`
    with recursive lanes(lane_key) as (
      select min(lane_key) from jobs where state = 'ready' and lane_key > ''
      union all
      select (select min(j.lane_key) from jobs j where j.state = 'ready' and j.lane_key > lanes.lane_key)
      from lanes where lanes.lane_key is not null
    ), free(priority) as (
      select max(priority) from jobs where state = 'ready' and lane_key is null
      union all
      select (select max(j.priority) from jobs j
        where j.state = 'ready' and j.lane_key is null and j.priority < free.priority)
      from free where free.priority is not null
    ), shelves(lane_key, priority) as (
      select lane_key, (select max(j.priority) from jobs j
        where j.state = 'ready' and j.lane_key = lanes.lane_key)
      from lanes where lane_key is not null
      union all
      select lane_key, (select max(j.priority) from jobs j
        where j.state = 'ready' and j.lane_key = shelves.lane_key and j.priority < shelves.priority)
      from shelves where shelves.priority is not null
    )
    select null as lane_key, priority, (select min(j.run_at) from jobs j
      where j.state = 'ready' and j.lane_key is null and j.priority = free.priority) as first_at
    from free where priority is not null
    union all
    select lane_key, priority, (select min(j.run_at) from jobs j
      where j.state = 'ready' and j.lane_key = shelves.lane_key and j.priority = shelves.priority) as first_at
    from shelves where priority is not null`.execute(db);
  return rows
    .map(({ lane_key, priority, first_at }) => ({
      laneKey: lane_key,
      priority: Number(priority),
      firstAt: Number(first_at),
    }))
    .toSorted((a, b) => compareLanes(a.laneKey, b.laneKey) || b.priority - a.priority);
}

function compareLanes(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? -1 : 1;
  return a < b ? -1 : 1;
}

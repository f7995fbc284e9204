// How many jobs of each lane run, and so how many more may. The worker's memory of what it claimed.
import type { RoomIn } from "./claim-jobs.ts";
import { laneConcurrency } from "./lane-concurrency.ts";

export interface RunningCounts {
  readonly roomIn: RoomIn;
  begin(laneKey: string | null): void;
  end(laneKey: string | null): void;
}

/** `withoutLane`: how many jobs that belong to no lane may run at once. */
export function createRunningCounts(withoutLane: number): RunningCounts {
  const running = new Map<string | null, number>();
  const runningIn = (laneKey: string | null): number => running.get(laneKey) ?? 0;
  return {
    roomIn: (laneKey) => (laneKey === null ? withoutLane : laneConcurrency(laneKey)) - runningIn(laneKey),
    begin: (laneKey) => void running.set(laneKey, runningIn(laneKey) + 1),
    end: (laneKey) => {
      // Lanes come and go with their accounts.
      if (runningIn(laneKey) > 1) running.set(laneKey, runningIn(laneKey) - 1);
      else running.delete(laneKey);
    },
  };
}

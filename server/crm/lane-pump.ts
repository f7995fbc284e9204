// Gives free slots to those who wait, now or when the next one leaves the window. Turned by the rate lanes.
import type { Clock } from "../base/clock.ts";
import { type LaneAccount, type LaneAccounts, laneOf } from "./lane-accounts.ts";
import { nextTurn, removeWaiter } from "./lane-queue.ts";
import { reservedSlots } from "./lane-reserve.ts";
import { beginInFlight, nextRoomAt } from "./lane-window.ts";

export interface LanePump {
  /** Looks at one lane. `started` may have been merged into another account since. */
  pump(started: LaneAccount, context: string): void;
  pumpAll(account: LaneAccount): void;
}

export function createLanePump(clock: Clock, accounts: LaneAccounts): LanePump {
  const pump = (started: LaneAccount, context: string): void => {
    const account = accounts.current(started);
    const lane = laneOf(account, context);
    const now = clock.monotonic();
    for (let next = nextTurn(lane.queue, now); next; next = nextTurn(lane.queue, now)) {
      // Nobody who waits has a smaller reserve: when this one cannot go, nobody can.
      const reserved = reservedSlots(lane.window.limit ?? 0, next.as);
      const at = Math.max(account.pausedUntil, nextRoomAt(lane.window, now, reserved));
      if (at > now) {
        setAlarm(account, context, at);
        return;
      }
      removeWaiter(lane.queue, next.waiter);
      beginInFlight(lane.window);
      next.waiter.grant();
    }
    lane.alarm?.cancel();
    lane.alarm = null;
  };

  const setAlarm = (account: LaneAccount, context: string, at: number): void => {
    const lane = laneOf(account, context);
    // An earlier alarm looks again by itself; without an end in sight only an answer can free a slot.
    if (at === Number.POSITIVE_INFINITY || (lane.alarm && lane.alarm.at <= at)) return;
    lane.alarm?.cancel();
    const stop = new AbortController();
    lane.alarm = { at, cancel: () => stop.abort() };
    void clock.sleep(Math.ceil(at - clock.monotonic()), stop.signal).then(() => {
      if (stop.signal.aborted) return;
      lane.alarm = null;
      pump(account, context);
    });
  };

  return {
    pump,
    pumpAll: (account) => {
      for (const context of account.lanes.keys()) pump(account, context);
    },
  };
}

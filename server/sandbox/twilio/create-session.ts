// Time as one call or message lives it: waiting is as long as the speed says, and what was skipped still counts, so that
// durations come out the same at any speed. What is due meanwhile happens in order of time. Built per call and message.
import { setImmediate as nextTurn, setTimeout as timer } from "node:timers/promises";
import type { SandboxClock } from "../sandbox-types.ts";

export interface Session {
  /** Epoch ms. */
  now(): number;
  /**
   * Lets `ms` pass, doing what is due in between. `real`: at the pace of people, who need their time whatever the speed;
   * what is due by itself still comes as fast as it may.
   * @throws the signal's reason when it is aborted, before or meanwhile
   */
  wait(ms: number, signal: AbortSignal, pace?: "real"): Promise<void>;
  /**
   * Has `run` happen `ms` from now, within somebody's wait. Returns how to call it off. A `limit` leaves people, too, the
   * time they have.
   */
  later(ms: number, run: () => void, kind?: "limit"): () => void;
  /** The same moment, going its own way from here. */
  fork(): Session;
}

export interface SessionDeps {
  clock: SandboxClock;
  speed(): number;
  /** Resolves when those who have to react had their chance; nothing is skipped before. */
  calm(): Promise<void>;
}

interface Due {
  at: number;
  run: () => void;
  limit: boolean;
}

/** `skipped`: how far ahead of the clock it is, in ms. */
export function createSession(deps: SessionDeps, skipped = 0): Session {
  const { clock } = deps;
  let ahead = skipped;
  let agenda: Due[] = [];
  const now = (): number => clock.now() + ahead;
  const drop = (due: Due): void => {
    agenda = agenda.filter((other) => other !== due);
  };
  const nextDue = (end: number, limits: boolean): Due | undefined =>
    agenda
      .filter(({ at, limit }) => at <= end && (limits || !limit))
      .toSorted((left, right) => left.at - right.at)[0];

  const pass = async (target: number, speed: number, signal: AbortSignal): Promise<void> => {
    const begun = clock.now();
    const ms = Math.max(0, target - now());
    if (ms === 0) return;
    if (speed < 1) {
      await deps.calm();
      await nextTurn();
    }
    if (ms * speed > 0 && !signal.aborted) await pause(clock, ms * speed, signal);
    const elapsed = clock.now() - begun;
    if (!signal.aborted) ahead += Math.max(0, target - now());
    else if (speed > 0) ahead += Math.max(0, Math.min(ms, elapsed / speed) - elapsed);
  };

  return {
    now,
    wait: async (ms, signal, pace) => {
      const end = now() + ms;
      signal.throwIfAborted();
      for (;;) {
        const speed = deps.speed();
        const quick = nextDue(end, pace !== "real");
        const due = quick ?? nextDue(end, true);
        await pass(due?.at ?? end, quick || pace !== "real" ? speed : Math.max(1, speed), signal);
        signal.throwIfAborted();
        if (due && agenda.includes(due)) {
          drop(due);
          due.run();
          signal.throwIfAborted();
        } else if (!due) return;
      }
    },
    later: (ms, run, kind) => {
      const due = { at: now() + ms, run, limit: kind === "limit" };
      agenda.push(due);
      return () => drop(due);
    },
    fork: () => createSession(deps, ahead),
  };
}

/** On the clock a test moves, where it can be waited on; in real time otherwise, without keeping a program running. */
async function pause(clock: SandboxClock, ms: number, signal: AbortSignal): Promise<void> {
  if (clock.sleep) await clock.sleep(ms, signal);
  else await timer(ms, undefined, { ref: false, signal }).catch(() => undefined);
}

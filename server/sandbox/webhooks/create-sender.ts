// Hands deliveries over in the background, again and again until each is done, and can be held back or stopped. What an
// attempt is and how long to wait after it is the caller's: the pretend Follow Up Boss's dispatcher, and Rollout's.
import { setTimeout as wait } from "node:timers/promises";
import { createGate } from "./create-gate.ts";

export interface Sender<D> {
  /** Resolves after the first attempt; the others go on in the background. */
  begin(delivery: D): Promise<boolean>;
  /** Does `work` after `ms`, unless it is stopped before; counts as on its way until it is over. */
  later(ms: number, work: (stopped: AbortSignal) => Promise<void>): void;
  /** Nothing is sent or tried again from now on; `release` lets all of it go. */
  hold(): void;
  release(): void;
  /** Resolves when nothing is on its way and nothing waits to be tried again. */
  settled(): Promise<void>;
  /** Ends everything that is on its way or waits; what is begun later is sent as usual. */
  stop(): void;
}

export interface SenderParts<D> {
  /** True when there is nothing more to do for this delivery. After `stopped` nothing may be written down. */
  attempt(delivery: D, stopped: AbortSignal): Promise<boolean>;
  /** Ms until the next attempt. */
  pauseAfter(delivery: D): number;
}

export function createSender<D>({ attempt, pauseAfter }: SenderParts<D>): Sender<D> {
  const running = new Set<Promise<unknown>>();
  const gate = createGate();
  let era = new AbortController();

  const track = (work: Promise<unknown>): void => {
    running.add(work);
    void work.finally(() => running.delete(work));
  };
  const tryOnce = async (delivery: D, stopped: AbortSignal): Promise<boolean> => {
    await gate.passed();
    return stopped.aborted || (await attempt(delivery, stopped));
  };
  const tryAgain = async (delivery: D, stopped: AbortSignal): Promise<void> => {
    do await pause(pauseAfter(delivery), stopped);
    while (!(await tryOnce(delivery, stopped)));
  };
  return {
    begin: (delivery) => {
      const stopped = era.signal;
      const first = tryOnce(delivery, stopped);
      track(first.then((done) => (done ? undefined : tryAgain(delivery, stopped))));
      return first;
    },
    later: (ms, work) => {
      const stopped = era.signal;
      track(pause(ms, stopped).then(() => (stopped.aborted ? undefined : work(stopped))));
    },
    hold: () => gate.close(),
    release: () => gate.open(),
    settled: async () => {
      while (running.size > 0) await Promise.allSettled(running);
    },
    stop: () => {
      era.abort();
      era = new AbortController();
      gate.open();
    },
  };
}

/** Without `ref`: a sandbox that waits to try again does not keep a program running. */
async function pause(ms: number, stopped: AbortSignal): Promise<void> {
  await wait(ms, undefined, { ref: false, signal: stopped }).catch(() => undefined);
}

// The built-in provider: no network, no bill. A run is a pure function of the order and its start time, so it goes on
// exactly where it was after a crash, and starting twice is one start.
import type { Clock } from "../../base/clock.ts";
import { GatewayError, RETRY_LATER } from "../../base/errors.ts";
import type { ChannelOrder, ChannelProvider, ProviderAnswer, ProviderSnapshot } from "../channel.ts";
import { decideResult } from "./decide-result.ts";
import { writeScript } from "./write-script.ts";

export interface SimulatorDeps {
  readonly clock: Clock;
  /** Factor on all waiting (SIMULATOR_SPEED); 0 means everything happens at once. */
  readonly speed: () => number;
}

/** The reference carries all state there is: `sim:<start ms>` or, while paused, `sim:<start ms>:<paused at ms>`. */
export function createSimulator(deps: SimulatorDeps): ChannelProvider {
  const { clock } = deps;
  const answer = (order: ChannelOrder, reference: string): ProviderAnswer => {
    const { startedAt, pausedAt } = readReference(reference);
    return at(
      order,
      reference,
      startedAt,
      pausedAt ?? clock.now(),
      deps.speed(),
      pausedAt !== null,
      clock.now(),
    );
  };
  return {
    name: "simulator",
    startIsIdempotent: true,
    start: async (order) => {
      if (decideResult(order.channel, order.contact).failsFirst && order.attempt === 1) {
        throw new GatewayError("provider_unavailable", {
          sentence: "The simulator failed this first try on purpose (the number ends in 06).",
          retry: RETRY_LATER,
        });
      }
      return answer(order, `sim:${clock.now()}`);
    },
    poll: async (order, reference) => answer(order, reference),
    pause: async (order, reference) => {
      const { startedAt, pausedAt } = readReference(reference);
      return answer(order, `sim:${startedAt}:${pausedAt ?? clock.now()}`);
    },
    resume: async (order, reference) => {
      const { startedAt, pausedAt } = readReference(reference);
      return answer(order, `sim:${pausedAt === null ? startedAt : startedAt + (clock.now() - pausedAt)}`);
    },
    cancel: async (order, reference) => {
      const soFar = answer(order, reference);
      const snapshot = soFar.snapshot ? canceled(soFar.snapshot, clock.now()) : null;
      return { reference, snapshot, nextPollAt: null };
    },
  };
}

function readReference(reference: string): { startedAt: number; pausedAt: number | null } {
  const [, startedAt, pausedAt] = reference.split(":");
  return { startedAt: Number(startedAt), pausedAt: pausedAt === undefined ? null : Number(pausedAt) };
}

function canceled(snapshot: ProviderSnapshot, now: number): ProviderSnapshot {
  const over = snapshot.status === "completed" || snapshot.status === "failed";
  return over
    ? snapshot
    : { ...snapshot, status: "canceled", outcome: "canceled", summary: null, completedAt: now, seenAt: now };
}

function at(
  order: ChannelOrder,
  reference: string,
  startedAt: number,
  until: number,
  speed: number,
  paused: boolean,
  now: number,
): ProviderAnswer {
  const script = writeScript(order, decideResult(order.channel, order.contact).outcome);
  const timed = script.steps.map((step) => ({ ...step, at: startedAt + Math.round(step.after * speed) }));
  const past = timed.filter((step) => step.at <= until);
  const next = timed[past.length];
  const over = next === undefined;
  const snapshot: ProviderSnapshot = {
    status: over ? (script.outcome === "failed" ? "failed" : "completed") : paused ? "paused" : "in_progress",
    outcome: over ? script.outcome : null,
    summary: over ? script.summary : null,
    startedAt,
    completedAt: over ? (timed.at(-1)?.at ?? startedAt) : null,
    duration: over ? script.duration : null,
    transcript: past.flatMap((step) => (step.line ? [{ at: step.at, ...step.line }] : [])),
    history: past.map((step) => ({ at: step.at, event: step.event, detail: step.detail })),
    seenAt: now,
  };
  return { reference, snapshot, nextPollAt: over || paused ? null : next.at };
}

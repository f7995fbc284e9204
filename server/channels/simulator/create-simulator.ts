// The built-in provider: no network, no bill. A run is a pure function of the order and its start time, so it goes on
// exactly where it was after a crash, and starting twice is one start.

import { EMAIL_EXTRAS } from "../../../shared/email-extras.schema.ts";
import type { Channel } from "../../../shared/values.ts";
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
    const now = clock.now();
    const moment = { startedAt, until: pausedAt ?? now, paused: pausedAt !== null, speed: deps.speed(), now };
    return answerAt(order, reference, moment);
  };
  return {
    name: "simulator",
    startIsIdempotent: true,
    reachesPeople: false,
    // It only pretends, so nothing it is asked for is lost on anybody.
    honors: EMAIL_EXTRAS,
    usualMs: (channel) => usualLength(channel) * deps.speed(),
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

/** A connected outreach from first to last step, ms at speed 1. */
function usualLength(channel: Channel): number {
  const order = { ...ANYBODY, channel, contact: channel === "email" ? "a@example.com" : "+14165550199" };
  const script = writeScript(order, decideResult(channel, order.contact).outcome);
  return script.steps.reduce((longest, { after }) => Math.max(longest, after), 0);
}

const ANYBODY: Omit<ChannelOrder, "channel" | "contact"> = {
  engagementId: "",
  tenant: "",
  type: "informational",
  instruction: "",
  personId: null,
  personName: null,
  agentName: null,
  userId: null,
  fromNumber: null,
  brokerage: "",
  inCampaign: false,
  attempt: 1,
};

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

interface Moment {
  readonly startedAt: number;
  /** How far the script has run: now, or when it was paused. */
  readonly until: number;
  readonly paused: boolean;
  readonly speed: number;
  readonly now: number;
}

function answerAt(order: ChannelOrder, reference: string, moment: Moment): ProviderAnswer {
  const script = writeScript(order, decideResult(order.channel, order.contact).outcome);
  const timed = script.steps.map((step) => ({
    ...step,
    at: moment.startedAt + Math.round(step.after * moment.speed),
  }));
  const past = timed.filter((step) => step.at <= moment.until);
  const next = timed[past.length];
  const base = {
    startedAt: moment.startedAt,
    transcript: past.flatMap(({ at, line }) => (line ? [{ at, ...line }] : [])),
    history: past.flatMap(({ at, event, detail }) => (event ? [{ at, event, detail: detail ?? "" }] : [])),
    seenAt: moment.now,
  };
  if (next !== undefined) {
    const status = moment.paused ? ("paused" as const) : ("in_progress" as const);
    const snapshot = { ...base, status, outcome: null, summary: null, completedAt: null, duration: null };
    return { reference, snapshot, nextPollAt: moment.paused ? null : next.at };
  }
  const { outcome, summary, duration } = script;
  const status = outcome === "failed" ? ("failed" as const) : ("completed" as const);
  const completedAt = timed.at(-1)?.at ?? moment.startedAt;
  return {
    reference,
    snapshot: { ...base, status, outcome, summary, completedAt, duration },
    nextPollAt: null,
  };
}

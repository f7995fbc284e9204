// The life of a tunnel as a pure state machine: what each event makes of the state, and what is to be done. create-tunnel
// is the only one that acts on it. An address counts only once it was proven to lead here from outside.
import { backoffDelay } from "../base/backoff.ts";
import { isLasting, type Trouble, trouble } from "./say-trouble.ts";
import {
  type Proven,
  TUNNEL_OFF,
  type TunnelEffect,
  type TunnelEvent,
  type TunnelPolicy,
  type TunnelState,
} from "./tunnel-state.ts";

const MOST_CANDIDATES = 5;
const MOST_DOUBTS = 5;

export interface Step {
  readonly state: TunnelState;
  readonly effects: readonly TunnelEffect[];
}
export interface Moment {
  /** Epoch ms. */
  readonly now: number;
  /** In [0, 1). */
  readonly random: number;
  readonly policy: TunnelPolicy;
}

export function advanceTunnel(state: TunnelState, event: TunnelEvent, moment: Moment): Step {
  if ("run" in event && event.run !== state.run) return same(state);
  switch (event.type) {
    case "start":
      return open({ ...state, tries: 0, trouble: null }, moment, [{ type: "close" }]);
    case "stop":
      return {
        state: { ...TUNNEL_OFF, run: state.run + 1, since: moment.now },
        effects: [{ type: "close" }, { type: "timer", ms: null }],
      };
    case "address":
      return takeAddress(state, event.url, moment);
    case "ended":
      return isOpen(state) ? fail(state, event.trouble, moment) : same(state);
    case "tested":
      if (event.round !== state.round || !isOpen(state)) return same(state);
      return "url" in event.found ? prove(state, event.found, moment) : doubt(state, event.found, moment);
    case "time":
      return takeTime(state, moment);
    case "woke":
      if (state.phase === "waiting") return open(state, moment, []);
      return state.phase === "up" || state.phase === "checking" ? test(state) : same(state);
  }
}

const same = (state: TunnelState): Step => ({ state, effects: [] });
const isOpen = ({ phase }: TunnelState): boolean =>
  phase === "opening" || phase === "checking" || phase === "up";

function open(state: TunnelState, { now, policy }: Moment, before: readonly TunnelEffect[]): Step {
  const run = state.run + 1;
  const { tries, trouble: last } = state;
  return {
    state: { ...TUNNEL_OFF, phase: "opening", run, since: now, tries, trouble: last },
    effects: [...before, { type: "open", run }, { type: "timer", ms: policy.addressMs }],
  };
}

function test(state: TunnelState): Step {
  const round = state.round + 1;
  return {
    state: { ...state, round },
    // The test has a limit of its own; what it came to sets the next timer.
    effects: [
      { type: "timer", ms: null },
      { type: "test", run: state.run, round, urls: state.candidates },
    ],
  };
}

function takeAddress(state: TunnelState, url: string, { now }: Moment): Step {
  if (!isOpen(state) || state.candidates.includes(url)) return same(state);
  const candidates = [url, ...state.candidates].slice(0, MOST_CANDIDATES);
  // The one in force must not be pushed out by names that prove nothing.
  if (state.url !== null && !candidates.includes(state.url)) candidates[MOST_CANDIDATES - 1] = state.url;
  const named = { ...state, candidates, failures: 0, doubts: 0 };
  return test(state.phase === "opening" ? { ...named, phase: "checking", since: now } : named);
}

function takeTime(state: TunnelState, moment: Moment): Step {
  if (state.phase === "opening") return fail(state, trouble("no_address"), moment);
  if (state.phase === "waiting") return open(state, moment, []);
  return state.phase === "off" ? same(state) : test(state);
}

function prove(state: TunnelState, proven: Proven, { now, random, policy }: Moment): Step {
  const { url, pageInFront, namesClients } = proven;
  const stayed = state.phase === "up" && state.url === url;
  const doubts = state.candidates[0] === url ? 0 : state.doubts + 1;
  const newer = doubts > 0 && doubts < MOST_DOUBTS ? state.candidates : [url];
  return {
    state: {
      ...state,
      phase: "up",
      url,
      namesClients,
      since: stayed ? state.since : now,
      candidates: newer.slice(0, newer.indexOf(url) + 1),
      failures: 0,
      doubts: doubts < MOST_DOUBTS ? doubts : 0,
      trouble: pageInFront ? trouble("page_in_front") : null,
    },
    effects: [
      {
        type: "timer",
        ms: newer.length > 1 ? backoffDelay(policy.soon, doubts, random) : policy.watchMs,
      },
    ],
  };
}

function doubt(state: TunnelState, why: Trouble, moment: Moment): Step {
  const { policy, random } = moment;
  const failures = state.failures + 1;
  const patience = why.code === "unreachable" ? policy.mostUnreachable : policy.mostDenied;
  if (failures >= (state.url === null ? policy.mostFresh : patience)) return fail(state, why, moment);
  return {
    state: { ...state, failures, trouble: why },
    effects: [{ type: "timer", ms: backoffDelay(policy.soon, failures, random) }],
  };
}

function fail(state: TunnelState, why: Trouble, { now, random, policy }: Moment): Step {
  const held = state.phase === "up" && now - state.since >= policy.heldMs;
  const tries = held ? 1 : state.tries + 1;
  const ms = isLasting(why) ? policy.lastingMs : backoffDelay(policy.again, tries, random);
  return {
    state: {
      ...TUNNEL_OFF,
      phase: "waiting",
      run: state.run,
      round: state.round + 1,
      since: now,
      tries,
      trouble: why,
      retryAt: now + ms,
    },
    effects: [{ type: "close" }, { type: "timer", ms }],
  };
}

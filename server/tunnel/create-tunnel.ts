// The supervisor: keeps at most one tunnel open to the public listener, proves that its address leads here, opens it again
// when it breaks, and tells when the address is another. Started once the listener is open; what is decided is decided
// by tunnel-state.
import { isDeepStrictEqual } from "node:util";
import type { Clock } from "../base/clock.ts";
import { toError } from "../base/errors.ts";
import { redactText } from "../base/redact-text.ts";
import type { AddressRecord } from "./address-record.ts";
import { advanceTunnel } from "./advance-tunnel.ts";
import type { OpenedTunnel, OpenTunnel, TunnelConfig, TunnelTarget } from "./open-tunnel.ts";
import { type Trouble, trouble } from "./say-trouble.ts";
import { type TestAddress, type TestedAddress, testTimed } from "./test-address.ts";
import {
  TUNNEL_OFF,
  type TunnelEffect,
  type TunnelEvent,
  type TunnelPolicy,
  type TunnelState,
} from "./tunnel-state.ts";

export interface TunnelDeps {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** As the settings say now. */
  readonly config: () => TunnelConfig;
  readonly open: Readonly<Record<Exclude<TunnelConfig["tunnel"], "none">, OpenTunnel>>;
  readonly test: TestAddress;
  readonly record: AddressRecord;
  /** Address that is to be used from now on; undefined: the tunnel gives none. */
  readonly onAddress: (url: string | undefined) => void;
  /** Proven, for the first time or again after trouble. */
  readonly onUp: (url: string) => Promise<void>;
  /** It was up and is not any more, or does not come up for a new reason. */
  readonly onTrouble: (trouble: Trouble) => Promise<void>;
  readonly onError: (error: unknown) => void;
  readonly policy: TunnelPolicy;
}

export interface Tunnel {
  /** Opens what the settings want, to the listener that is open now. */
  start(target: TunnelTarget): void;
  /** The settings may be new: opens another way where they are. */
  follow(): void;
  /** Begins anew at once. */
  restart(): void;
  /** The computer slept: looks at once. */
  wake(): void;
  /** Asks an address now; what the tunnel's own test is told of too. */
  test(url: string): Promise<TestedAddress>;
  read(): TunnelReading;
  /** Resolves when nothing of it is left. */
  stop(): Promise<void>;
}

export interface TunnelReading {
  readonly kind: TunnelConfig["tunnel"];
  readonly state: TunnelState;
  readonly output: readonly string[];
  readonly lastTest: TestedAddress | null;
}

const LINES_KEPT = 20;

export function createTunnel(deps: TunnelDeps): Tunnel {
  const { clock, random, policy } = deps;
  const own: Own = { state: TUNNEL_OFF, output: [], lastTest: null, stopped: false, work: Promise.resolve() };

  const handle = (event: TunnelEvent): void => {
    const before = own.state;
    const step = advanceTunnel(before, event, { now: clock.now(), random: random(), policy });
    own.state = step.state;
    for (const effect of step.effects) act(effect);
    tellChange(deps, own, before);
  };
  const act = createActor(deps, own, handle);

  return {
    start: (target) => {
      own.target = target;
      follow(deps, own, handle);
    },
    follow: () => follow(deps, own, handle),
    restart: () => {
      if (own.config && own.config.tunnel !== "none" && !own.stopped) handle({ type: "start" });
    },
    wake: () => handle({ type: "woke" }),
    test: async (url) => {
      const tested = await testTimed(deps, url);
      own.lastTest = tested;
      if (url === own.state.url || own.state.candidates.includes(url)) handle({ type: "woke" });
      return tested;
    },
    read: () => ({
      kind: own.config?.tunnel ?? "none",
      state: own.state,
      output: own.output,
      lastTest: own.lastTest,
    }),
    stop: async () => {
      own.stopped = true;
      handle({ type: "stop" });
      await own.work;
    },
  };
}

/** Does what the state machine asks for; tells what came of it through `handle`. */
function createActor(
  deps: TunnelDeps,
  own: Own,
  handle: (event: TunnelEvent) => void,
): (effect: TunnelEffect) => void {
  const setTimer = (ms: number | null): void => {
    own.timer?.abort();
    own.timer = undefined;
    if (ms === null) return;
    const timer = new AbortController();
    const { run } = own.state;
    own.timer = timer;
    void deps.clock.sleep(ms, timer.signal).then(() => {
      if (!timer.signal.aborted) handle({ type: "time", run });
    });
  };
  const close = (): void => {
    const opened = own.opened;
    own.opened = undefined;
    if (opened) own.work = own.work.then(() => opened.close()).catch(deps.onError);
  };
  const open = (run: number): void => {
    // What was open before is gone first: two at a time would fight over the address.
    own.work = own.work.then(() => {
      const { config, target } = own;
      if (own.state.run !== run || own.stopped || !target || !config || config.tunnel === "none") return;
      own.output = [];
      const onEnd = (why: Trouble): void => handle({ type: "ended", run, trouble: why });
      try {
        own.opened = deps.open[config.tunnel](config, target, {
          onAddress: (url) => handle({ type: "address", run, url }),
          onEnd,
          onOutput: (line) => {
            own.output = [...own.output, line].slice(-LINES_KEPT);
          },
        });
      } catch (error) {
        // Node throws from `spawn` for most of what can be wrong with a program. The setting must stay correctable.
        deps.onError(error);
        onEnd(trouble("not_startable", redactText(toError(error).message)));
      }
    });
  };
  const test = async ({ run, round, urls }: Extract<TunnelEffect, { type: "test" }>): Promise<void> => {
    const tested = await testEach(deps, urls);
    if (own.state.run === run && tested) own.lastTest = tested;
    handle({ type: "tested", run, round, found: tested?.found ?? trouble("no_address") });
  };
  return (effect) => {
    if (effect.type === "timer") setTimer(effect.ms);
    else if (effect.type === "close") close();
    else if (effect.type === "open") open(effect.run);
    else void test(effect);
  };
}

interface Own {
  state: TunnelState;
  config?: TunnelConfig;
  target?: TunnelTarget;
  output: readonly string[];
  lastTest: TestedAddress | null;
  stopped: boolean;
  opened?: OpenedTunnel | undefined;
  timer?: AbortController | undefined;
  /** Opening and closing, one after the other. */
  work: Promise<void>;
  /** Last told, so that the same trouble is told once. */
  told?: string | undefined;
}

function follow(deps: TunnelDeps, own: Own, handle: (event: TunnelEvent) => void): void {
  const config = deps.config();
  if (own.stopped || own.target === undefined || isDeepStrictEqual(config, own.config)) return;
  own.config = config;
  own.lastTest = null;
  own.told = undefined;
  // Until the tunnel is up: what it gave last, so that a restart does not send webhooks elsewhere in between.
  deps.onAddress(config.tunnel === "none" ? undefined : deps.record.lastOf(config.tunnel));
  handle({ type: config.tunnel === "none" ? "stop" : "start" });
}

function tellChange(deps: TunnelDeps, own: Own, before: TunnelState): void {
  const { state, config } = own;
  if (state.phase === "off" || !config || own.stopped) return;
  const proven = state.phase === "up" && state.failures === 0 && state.url !== null;
  if (proven && state.url !== null) {
    const { url } = state;
    const news = before.phase !== "up" || before.url !== url || own.told !== undefined;
    own.told = undefined;
    if (!news) return;
    deps.record.noteTunnel(config.tunnel, url);
    deps.onAddress(url);
    void deps.onUp(url).catch(deps.onError);
  } else if (state.trouble && state.trouble.code !== own.told && isNews(state)) {
    own.told = state.trouble.code;
    void deps.onTrouble(state.trouble).catch(deps.onError);
  }
}

/** A single test that failed, or a name that is not known yet, is none. */
const isNews = ({ phase, failures }: TunnelState): boolean =>
  phase === "waiting" || (phase === "up" && failures > 1);

/** The newest of the addresses that leads here; the trouble of the newest where none does. */
async function testEach(deps: TunnelDeps, urls: readonly string[]): Promise<TestedAddress | undefined> {
  const tested = await Promise.all(urls.map((url) => testTimed(deps, url)));
  return tested.find(({ found }) => "url" in found) ?? tested[0];
}

// What is known of a tunnel, what can happen to it and what is to be done then: the words of its state machine
// (advance-tunnel), and how patient it is.
import type { BackoffPolicy } from "../base/backoff.ts";
import type { Trouble } from "./say-trouble.ts";

export type TunnelPhase = "off" | "opening" | "checking" | "up" | "waiting";

export interface TunnelState {
  readonly phase: TunnelPhase;
  /** Number of this opening; what an earlier one still reports is stale. */
  readonly run: number;
  /** Number of the newest test. */
  readonly round: number;
  /** Epoch ms: when the phase began. */
  readonly since: number;
  /** Addresses that were named, newest first. */
  readonly candidates: readonly string[];
  /** Proven in this run. */
  readonly url: string | null;
  /** Seen in the proof: the tunnel adds its client to X-Forwarded-For. */
  readonly namesClients: boolean;
  /** Tests in a row that proved nothing. */
  readonly failures: number;
  /** Tests in a row that proved an older address than the newest. */
  readonly doubts: number;
  /** Openings in a row that did not hold. */
  readonly tries: number;
  readonly trouble: Trouble | null;
  /** Epoch ms; null unless waiting. */
  readonly retryAt: number | null;
}

export interface Proven {
  readonly url: string;
  /** A browser is shown something else first. */
  readonly pageInFront: boolean;
  /** The tunnel adds its client to X-Forwarded-For. */
  readonly namesClients: boolean;
  /** The address is this computer's own and came in by its own port: nothing stands in front. */
  readonly direct?: true;
}

export type TunnelEvent =
  /** Opens, again if one is open. */
  | { readonly type: "start" }
  | { readonly type: "stop" }
  /** The tunnel named an address. */
  | { readonly type: "address"; readonly run: number; readonly url: string }
  /** The tunnel is gone, or never came. */
  | { readonly type: "ended"; readonly run: number; readonly trouble: Trouble }
  /** What a test came to: which address leads here, or why none does. */
  | {
      readonly type: "tested";
      readonly run: number;
      readonly round: number;
      readonly found: Proven | Trouble;
    }
  /** The timer that was set last. */
  | { readonly type: "time"; readonly run: number }
  /** The computer slept, or somebody wants to know now. */
  | { readonly type: "woke" };

export type TunnelEffect =
  | { readonly type: "close" }
  | { readonly type: "open"; readonly run: number }
  | { readonly type: "test"; readonly run: number; readonly round: number; readonly urls: readonly string[] }
  /** Replaces the timer before; null: none. */
  | { readonly type: "timer"; readonly ms: number | null };

export interface TunnelPolicy {
  /** Ms in which an address must be named. */
  readonly addressMs: number;
  /** Ms one answer to a test may take. */
  readonly answerMs: number;
  /** Ms between two tests while all is well. */
  readonly watchMs: number;
  /** Between two tests while something is wrong. */
  readonly soon: BackoffPolicy;
  /** Tests that may fail in a row: when nobody answered, when somebody else did, and before the first proof. */
  readonly mostUnreachable: number;
  readonly mostDenied: number;
  readonly mostFresh: number;
  /** Between two openings, and for what only a person can mend. */
  readonly again: BackoffPolicy;
  readonly lastingMs: number;
  /** A tunnel that was up this long held: the next opening is a first one. */
  readonly heldMs: number;
}

/**
 * A quick tunnel's name may take a minute to be known everywhere, and tunnels mend a lost network by themselves under the
 * same address; so both are given time before the address is given up.
 */
export const TUNNEL_POLICY: TunnelPolicy = {
  addressMs: 60_000,
  answerMs: 10_000,
  watchMs: 60_000,
  soon: { firstMs: 2_000, factor: 1.6, maxMs: 20_000 },
  mostUnreachable: 15,
  mostDenied: 5,
  mostFresh: 10,
  again: { firstMs: 1_000, factor: 2, maxMs: 60_000 },
  lastingMs: 300_000,
  heldMs: 60_000,
};

export const TUNNEL_OFF: TunnelState = {
  phase: "off",
  run: 0,
  round: 0,
  since: 0,
  candidates: [],
  url: null,
  namesClients: false,
  failures: 0,
  doubts: 0,
  tries: 0,
  trouble: null,
  retryAt: null,
};

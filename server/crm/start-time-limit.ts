// The one time-out policy: a whole call, waiting in the lane included, ends at its deadline. Used by the exchange and the ports.
import type { Clock } from "../base/clock.ts";
import type { CrmAccess, CrmCallOptions, CrmPriority } from "./crm.ts";

/** Milliseconds a call may take when the caller names no limit. */
const DEFAULT_TIMEOUT_MS = 15_000;

/** One call of the port on its way; all its requests share the deadline. */
export interface CrmCall {
  readonly access: CrmAccess;
  readonly priority: CrmPriority;
  /** Monotonic ms. */
  readonly deadline: number;
  readonly signal: AbortSignal | null;
}

export function beginCall(clock: Clock, options: CrmCallOptions): CrmCall {
  return {
    access: options.access,
    priority: options.priority,
    deadline: clock.monotonic() + (options.timeoutMs ?? DEFAULT_TIMEOUT_MS),
    signal: options.signal ?? null,
  };
}

export interface TimeLimit {
  /** Aborted at the deadline, or when the caller gives up. */
  readonly signal: AbortSignal;
  /** Why it was aborted. */
  reason(): "time limit" | "given up";
  /** Must be called when the request is over. */
  end(): void;
}

export function startTimeLimit(clock: Clock, call: CrmCall): TimeLimit {
  const limit = new AbortController();
  const timer = new AbortController();
  const giveUp = (): void => limit.abort();
  const left = call.deadline - clock.monotonic();
  if (left <= 0 || call.signal?.aborted) limit.abort();
  else void clock.sleep(Math.ceil(left), timer.signal).then(() => timer.signal.aborted || limit.abort());
  call.signal?.addEventListener("abort", giveUp, { once: true });
  return {
    signal: limit.signal,
    reason: () => (call.signal?.aborted ? "given up" : "time limit"),
    end: () => {
      timer.abort();
      call.signal?.removeEventListener("abort", giveUp);
    },
  };
}

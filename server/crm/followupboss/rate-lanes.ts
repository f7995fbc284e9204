// When a request may be sent: one lane per FUB account and rate context, so that FUB never has to say "slow down".
// The client takes a slot before each request and hands it back with what the answer said.
import type { Clock } from "../../base/clock.ts";
import type { CrmLane, CrmPriority } from "../crm.ts";
import { leftTheLane } from "./errors.ts";
import { createLaneAccounts, type LaneAccount, laneOf } from "./lane-accounts.ts";
import { createLanePump } from "./lane-pump.ts";
import { countByPriority, enqueueWaiter, removeWaiter, type Waiter } from "./lane-queue.ts";
import { endInFlight, learnCount, usedSlots } from "./lane-window.ts";
import type { RateFacts } from "./read-rate-facts.ts";
import type { RateContext } from "./request-context.ts";

export interface LaneRequest {
  readonly accessId: string;
  readonly context: RateContext;
  readonly priority: CrmPriority;
  /** Monotonic ms after which waiting is pointless. */
  readonly deadline: number;
  /** Aborted at the deadline or by the caller: the request leaves the queue. */
  readonly signal: AbortSignal;
}

/** A place in the window. Exactly one of the two is called, once. */
export interface LaneSlot {
  /** The request went out; `facts` null when no answer came. The slot stays taken for one window from now. */
  sent(facts: RateFacts | null): void;
  /** The request certainly never reached FUB: the slot is free again. */
  unsent(): void;
}

export interface RateLanes {
  /** Waits for a slot; rejects with crm_rate_limited (never sent) when the time ends first. */
  take(request: LaneRequest): Promise<LaneSlot>;
  /** What GET /identity told about a key. */
  learnAccount(accessId: string, accountId: string): void;
  /** Lanes with a limit, of accounts used in the last ten minutes. */
  lanes(): CrmLane[];
}

export function createRateLanes({ clock }: { clock: Clock }): RateLanes {
  const accounts = createLaneAccounts();
  const { pump, pumpAll } = createLanePump(clock, accounts);
  let arrivals = 0;

  const settle = (
    request: LaneRequest,
    started: LaneAccount,
    facts: RateFacts | null,
    wasSent: boolean,
  ): void => {
    const now = clock.monotonic();
    // First whose count it is, then the count: else our own requests with another key look like somebody else's.
    if (facts?.accountId) accounts.learn(request.accessId, facts.accountId, now);
    const account = accounts.current(started);
    account.lastUsed = now;
    const pausedUntil = facts?.pauseMs == null ? null : now + facts.pauseMs;
    if (pausedUntil !== null) account.pausedUntil = Math.max(account.pausedUntil, pausedUntil);
    if (facts) {
      const counted = laneOf(account, facts.context ?? request.context);
      learnCount(counted.window, now, { ...facts, pausedUntil });
    }
    const { window } = laneOf(account, request.context);
    endInFlight(window, wasSent ? (pausedUntil ?? now + window.windowMs) : null);
    pumpAll(account);
  };

  const slotFor = (request: LaneRequest, account: LaneAccount): LaneSlot => ({
    sent: (facts) => settle(request, account, facts, true),
    unsent: () => settle(request, account, null, false),
  });

  return {
    take: async (request) => {
      const now = clock.monotonic();
      const account = accounts.ofAccess(request.accessId, now);
      account.lastUsed = now;
      if (account.pausedUntil > request.deadline) throw leftTheLane(account.pausedUntil - now);
      if (request.signal.aborted) throw leftTheLane(null);
      await new Promise<void>((resolve, reject) => {
        const waiter: Waiter = {
          priority: request.priority,
          seq: ++arrivals,
          since: now,
          grant: () => {
            request.signal.removeEventListener("abort", leave);
            resolve();
          },
        };
        const leave = (): void => {
          const { queue } = laneOf(accounts.current(account), request.context);
          if (removeWaiter(queue, waiter)) reject(leftTheLane(null));
          pump(account, request.context);
        };
        request.signal.addEventListener("abort", leave, { once: true });
        enqueueWaiter(laneOf(account, request.context).queue, waiter);
        pump(account, request.context);
      });
      return slotFor(request, account);
    },
    learnAccount: (accessId, accountId) => pumpAll(accounts.learn(accessId, accountId, clock.monotonic())),
    lanes: () => accounts.all(clock.monotonic()).flatMap((account) => describeLanes(account, clock)),
  };
}

function describeLanes(account: LaneAccount, clock: Clock): CrmLane[] {
  const now = clock.monotonic();
  const pausedUntil = account.pausedUntil > now ? clock.now() + Math.round(account.pausedUntil - now) : null;
  return [...account.lanes].flatMap(([context, { window, queue }]) =>
    window.limit === null
      ? []
      : [
          {
            account: account.id,
            context,
            limit: window.limit,
            windowMs: window.windowMs,
            used: usedSlots(window, now),
            waiting: queue.length,
            waitingBy: countByPriority(queue),
            pausedUntil,
          },
        ],
  );
}

// When a request may be sent: one lane per account and rate context, so that a CRM never has to say "slow down".
// Its client takes a slot before each request and hands it back with what the answer said.
import type { Clock } from "../base/clock.ts";
import type { CrmLane, CrmPriority } from "./crm.ts";
import type { CrmErrors } from "./crm-errors.ts";
import { createLaneAccounts, type LaneAccount, type LaneLimits, laneOf } from "./lane-accounts.ts";
import { createLanePump } from "./lane-pump.ts";
import { countByPriority, enqueueWaiter, removeWaiter, type Waiter } from "./lane-queue.ts";
import { endInFlight, learnCount, usedSlots } from "./lane-window.ts";

export interface LaneRequest {
  readonly accessId: string;
  /** The account, where it is known before anything was answered. */
  readonly accountId?: string;
  readonly context: string;
  readonly priority: CrmPriority;
  /** Monotonic ms after which waiting is pointless. */
  readonly deadline: number;
  /** Aborted at the deadline or by the caller: the request leaves the queue. */
  readonly signal: AbortSignal;
}

/** What an answer says about the CRM's limits. */
export interface RateFacts {
  /** Whose budget the next three are about; null: of the context the request was sent in. */
  readonly context: string | null;
  readonly limit: number | null;
  readonly remaining: number | null;
  readonly windowMs: number | null;
  /** The account the CRM counted the request for. */
  readonly accountId: string | null;
  /** How long the whole account must be silent; only with a 429. */
  readonly pauseMs: number | null;
}

/** A place in the window. Exactly one of the two is called, once. */
export interface LaneSlot {
  /** The request went out; `facts` null when no answer came. The slot stays taken for one window from now. */
  sent(facts: RateFacts | null): void;
  /** The request certainly never reached the CRM: the slot is free again. */
  unsent(): void;
}

export interface RateLanes {
  /** Waits for a slot; rejects with crm_rate_limited (never sent) when the time ends first. */
  take(request: LaneRequest): Promise<LaneSlot>;
  /** What the CRM told about whose key it is. */
  learnAccount(accessId: string, accountId: string): void;
  /** Lanes with a limit, of accounts used in the last ten minutes. */
  lanes(): CrmLane[];
}

export interface RateLanesDeps {
  readonly clock: Clock;
  readonly limits: LaneLimits;
  readonly errors: Pick<CrmErrors, "leftTheLane">;
}

export function createRateLanes({ clock, limits, errors }: RateLanesDeps): RateLanes {
  const { leftTheLane } = errors;
  const accounts = createLaneAccounts(limits);
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
      const account =
        request.accountId === undefined
          ? accounts.ofAccess(request.accessId, now)
          : accounts.learn(request.accessId, request.accountId, now);
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

// Which keys belong to one account of a CRM, and that account's lanes. The rate lanes' memory; nothing here waits.
import { servedBefore, type Waiter } from "./lane-queue.ts";
import { type LaneWindow, mergeWindow, openWindow } from "./lane-window.ts";

/** What holds for an account until the CRM's answers say otherwise. */
export interface LaneLimits {
  /** Requests per window of a context; null = no limit. */
  readonly of: (context: string) => number | null;
  readonly windowMs: number;
}

export interface Lane {
  readonly window: LaneWindow;
  /** In the order of service. */
  queue: Waiter[];
  /** The alarm set for the next free slot. */
  alarm: { readonly at: number; readonly cancel: () => void } | null;
}

export interface LaneAccount {
  /** The CRM's account id, or `key:<access id>` until it is learned. */
  id: string;
  learned: boolean;
  readonly accessIds: Set<string>;
  readonly lanes: Map<string, Lane>;
  readonly limits: LaneLimits;
  /** Monotonic ms; nothing is sent for the account before. */
  pausedUntil: number;
  lastUsed: number;
  /** Set when it turned out to be another one: that one has everything now. */
  mergedInto: LaneAccount | null;
}

export interface LaneAccounts {
  /** The account a key's requests are counted for. */
  ofAccess(accessId: string, now: number): LaneAccount;
  /** The account that counts now for something that began under `account`. */
  current(account: LaneAccount): LaneAccount;
  /** This key belongs to this account: the account, with all that was known under either name. */
  learn(accessId: string, accountId: string, now: number): LaneAccount;
  all(now: number): LaneAccount[];
}

/** Learned limits are kept for so long after the last request, then the account is forgotten. */
const IDLE_MS = 600_000;

export function createLaneAccounts(limits: LaneLimits): LaneAccounts {
  const byId = new Map<string, LaneAccount>();
  const byAccess = new Map<string, LaneAccount>();

  const forgetIdle = (now: number): void => {
    for (const account of byId.values()) {
      if (!isIdle(account, now)) continue;
      byId.delete(account.id);
      for (const accessId of account.accessIds) byAccess.delete(accessId);
    }
  };
  const open = (id: string, learned: boolean, now: number): LaneAccount => {
    forgetIdle(now);
    const account = newAccount({ id, learned, lastUsed: now, limits });
    byId.set(id, account);
    return account;
  };
  const assign = (accessId: string, account: LaneAccount): LaneAccount => {
    byAccess.get(accessId)?.accessIds.delete(accessId);
    byAccess.set(accessId, account);
    account.accessIds.add(accessId);
    return account;
  };
  const ofAccess = (accessId: string, now: number): LaneAccount =>
    byAccess.get(accessId) ?? assign(accessId, open(`key:${accessId}`, false, now));

  return {
    ofAccess,
    current,
    learn: (accessId, accountId, now) => {
      const provisional = ofAccess(accessId, now);
      if (provisional.id === accountId) return provisional;
      const account = byId.get(accountId) ?? open(accountId, true, now);
      assign(accessId, account);
      if (!provisional.learned) {
        byId.delete(provisional.id);
        absorb(account, provisional);
      }
      return account;
    },
    all: (now) => {
      forgetIdle(now);
      return [...byId.values()];
    },
  };
}

export function laneOf(account: LaneAccount, context: string): Lane {
  const known = account.lanes.get(context);
  if (known) return known;
  const lane: Lane = {
    window: openWindow(account.limits.of(context), account.limits.windowMs),
    queue: [],
    alarm: null,
  };
  account.lanes.set(context, lane);
  return lane;
}

const newAccount = (known: Pick<LaneAccount, "id" | "learned" | "lastUsed" | "limits">): LaneAccount => ({
  ...known,
  accessIds: new Set(),
  lanes: new Map(),
  pausedUntil: 0,
  mergedInto: null,
});

function current(account: LaneAccount): LaneAccount {
  let now = account;
  while (now.mergedInto) now = now.mergedInto;
  return now;
}

function absorb(target: LaneAccount, source: LaneAccount): void {
  source.mergedInto = target;
  target.pausedUntil = Math.max(target.pausedUntil, source.pausedUntil);
  target.lastUsed = Math.max(target.lastUsed, source.lastUsed);
  for (const [context, lane] of source.lanes) {
    const known = target.lanes.get(context);
    if (!known) {
      target.lanes.set(context, lane);
      continue;
    }
    mergeWindow(known.window, lane.window);
    lane.alarm?.cancel();
    known.queue = [...known.queue, ...lane.queue].toSorted(servedBefore);
  }
  source.lanes.clear();
}

function isIdle(account: LaneAccount, now: number): boolean {
  if (now - account.lastUsed < IDLE_MS || account.pausedUntil > now) return false;
  return [...account.lanes.values()].every(
    ({ queue, window }) => queue.length === 0 && window.inFlight === 0,
  );
}

// The gateway as its host sees it: start in named phases, stop in the reverse order within a time limit.
import type { Setup } from "../shared/setup.schema.ts";
import type { AdminDeps } from "./admin/admin-deps.ts";
import { forgetRehearsal } from "./admin/rehearse.ts";
import { ensureAdminToken } from "./admin-token.ts";
import { createBackupLife } from "./backup/backup-work.ts";
import { finishSwap } from "./backup/swap-folder.ts";
import { type Closer, closeInTurn } from "./base/close-in-turn.ts";
import { type Composed, compose } from "./compose.ts";
import { refuseOtherDatabase } from "./db/refuse-other-database.ts";
import { movedAt } from "./engagements/refuse-moved.ts";
import { applySetup, followAddress, learnAll } from "./follow-settings.ts";
import { startTunnel } from "./follow-tunnel.ts";
import type { Host } from "./host.ts";
import { createHostCalls, type HostCalls } from "./host-calls.ts";
import { keepRunning, type Run } from "./keep-running.ts";
import { lockDataFolder } from "./lock-data-folder.ts";
import { fixedPorts, keepPoint, openDesk, type RunDeps } from "./open-desk.ts";
import { type Listeners, openListeners, portOf, urlOf } from "./open-listeners.ts";
import { enqueue } from "./queue/enqueue.ts";
import { writeRunning } from "./running-file.ts";
import type { ApplyResult } from "./settings/settings-room.ts";
import { watchVault } from "./watch-vault.ts";

export interface GatewayAddresses {
  readonly publicUrl: string;
  /** Carries the console's token; whoever opens it is let in. */
  readonly adminUrl: string;
}

export interface Gateway extends HostCalls {
  readonly addresses: GatewayAddresses;
  apply(setup: Setup): Promise<ApplyResult>;
  /** Keeps database and settings as they are, before something is done that may have to be undone; names the point. */
  keepRestorePoint(reason: "update"): Promise<string>;
  /** No new work, then what runs is let finish for at most `limitMs` (5 s) and given back, then everything is closed. */
  stop(limitMs?: number): Promise<void>;
}

const STOP_MS = 5_000;
/** Ms one part may take to close, beyond what running work may. */
const CLOSE_MS = 10_000;

/** Starts everything. @throws GatewayError with a sentence that says what to do; nothing stays open then. */
export async function createGateway(host: Host): Promise<Gateway> {
  refuseOtherDatabase(host.environment);
  const lock = lockDataFolder(host.dataDir);
  try {
    // A restore that was decided is completed before anything of the folder is read.
    await finishSwap(host.dataDir);
    const life = createBackupLife(host.dataDir);
    const listeners = new Set<() => void>();
    const onNews = (): void => {
      for (const listener of listeners) listener();
    };
    const running = await keepRunning(host, (given, restart) => beginRun(given, { life, restart, onNews }));
    let stopped: Promise<void> | undefined;
    return {
      get addresses() {
        return running.now().addresses;
      },
      apply: (setup) => running.now().apply(setup),
      sleep: () => running.now().sleep(),
      wake: () => running.now().wake(),
      switchOutreach: (change, by) => running.now().switchOutreach(change, by),
      glance: () => running.now().glance(),
      onNews: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      keepRestorePoint: (reason) => running.now().keepRestorePoint(reason),
      // Whoever asks again waits for the same end.
      stop: (limitMs = STOP_MS) => {
        stopped ??= running.stop(limitMs).finally(lock.release);
        return stopped;
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Everything from opening the folder to listening, once. */
async function beginRun(host: Host, more: RunDeps): Promise<Run> {
  const state: RunState = { stopping: false, stopMs: STOP_MS, closers: [], onError: () => undefined };
  const closeAll = (): Promise<void> =>
    closeInTurn(state.closers, { limitMs: () => state.stopMs + CLOSE_MS, onError: state.onError });
  try {
    return await startGateway(host, more, state, closeAll);
  } catch (error) {
    await closeAll();
    throw error;
  }
}

interface RunState {
  stopping: boolean;
  /** Ms running work may take to end. */
  stopMs: number;
  readonly closers: Closer[];
  onError: (error: unknown) => void;
}

async function startGateway(
  host: Host,
  more: RunDeps,
  state: RunState,
  closeAll: () => Promise<void>,
): Promise<Run> {
  const parts = await compose(host);
  const { closers } = state;
  state.onError = (error) => parts.log.error("stop", "something could not be closed", error);
  closers.push(parts.closeDatabase, parts.journal.close, () => parts.worker.stop(STOP_MS));
  const token = ensureAdminToken(host.dataDir);
  const apply = (setup: Setup, expected?: string | null): Promise<ApplyResult> =>
    applySetup(parts, setup, expected);

  const listeners: Listeners = {};
  const admin = adminDeps(host, parts, () => urlOf(listeners.public));
  let closed: Promise<void> | undefined;
  const away = (await movedAt(parts.db)) !== null;
  // While nobody can ask for anything: what may have ended the program is to be alone with it.
  if (!away) await parts.worker.recover();
  const desk = openDesk(parts, host, more);
  const isStopping = (): boolean => state.stopping;
  await openListeners({ host, parts, admin, listeners, token, apply, desk, isStopping, closers });
  closers.push(parts.stopTunnel);
  // Before any work: it knows at which address webhooks are to arrive. Moved away, the other computer has the tunnel.
  if (!away) startTunnel(parts, listeners.public);
  await startWork(parts, host, away);
  const { close: closeCalls, onNews, ...calls } = createHostCalls(parts, admin);
  closers.push(watchKeys(parts), closeCalls, parts.practice.close, onNews(more.onNews));
  closers.push(() => parts.worker.stop(state.stopMs), writeRunning(host.dataDir, portOf(listeners.admin)));
  return {
    ...calls,
    addresses: { publicUrl: urlOf(listeners.public), adminUrl: `${urlOf(listeners.admin)}/?token=${token}` },
    ports: fixedPorts(parts, portOf(listeners.public), portOf(listeners.admin)),
    apply,
    keepRestorePoint: keepPoint(parts, host),
    stop: (limitMs) => {
      state.stopping = true;
      state.stopMs = limitMs;
      closed ??= closeAll();
      return closed;
    },
  };
}

const adminDeps = (host: Host, parts: Composed, publicUrl: () => string): AdminDeps => ({
  ...parts,
  version: host.version,
  aboutDir: host.aboutDir,
  startedAt: host.clock.now(),
  dataDir: host.dataDir,
  publicUrl,
});

async function startWork(parts: Composed, host: Host, away: boolean): Promise<void> {
  await forgetRehearsal(parts.settings, parts.db);
  for (const sentence of parts.settings.notices()) {
    await parts.journal.add(parts.db, { event: "settings.notice", severity: "warn", message: sentence });
  }
  await parts.journal.add(parts.db, {
    event: "gateway.started",
    message: `The gateway ${host.version} started`,
  });
  // Moved to another computer: what is sent here is stored, and nothing is done until it is taken back.
  if (away) return;
  await followAddress(parts);
  await enqueue(parts.db, "housekeeping", {}, { now: host.clock.now(), dedupeKey: "housekeeping" });
  await parts.worker.start();
  await learnAll(parts);
}

function watchKeys(parts: Composed): () => void {
  return watchVault({
    clock: parts.clock,
    settings: parts.settings,
    onOpen: async () => {
      await parts.journal.add(parts.db, { event: "vault.opened", message: "The keys can be read again" });
      await learnAll(parts);
      // Its token may have been among them.
      parts.tunnel.follow();
    },
    onError: (error) => parts.log.error("settings", "the keys could not be tried again", error),
  });
}

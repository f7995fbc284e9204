// The gateway as its host sees it: start in named phases, stop in the reverse order within a time limit.
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Setup } from "../shared/setup.schema.ts";
import type { AdminDeps } from "./admin/admin-deps.ts";
import { forgetRehearsal } from "./admin/rehearse.ts";
import { ensureAdminToken } from "./admin-token.ts";
import { GatewayError } from "./base/errors.ts";
import { type Composed, compose } from "./compose.ts";
import { enqueueReading } from "./conversations/enqueue-reading.ts";
import { enqueueMirror } from "./engagements/record-opt-out.ts";
import { applySetup, followSettings, learnAll } from "./follow-settings.ts";
import type { Host } from "./host.ts";
import { createAdminApp } from "./http/admin-app.ts";
import { type Listener, listen } from "./http/listen.ts";
import { createPublicApp } from "./http/public-app.ts";
import { refuseUnreadable } from "./http/refuse-unreadable.ts";
import { createPageLoader } from "./load-pages.ts";
import { lockDataFolder } from "./lock-data-folder.ts";
import { enqueue } from "./queue/enqueue.ts";
import type { ApplyResult } from "./settings/settings-room.ts";
import { reviveActivities } from "./sync/bury-activity.ts";
import { watchSleep } from "./watch-sleep.ts";
import { watchVault } from "./watch-vault.ts";
import { enqueueCatchUp } from "./webhooks/catch-up.ts";
import { enqueueSlotChecks } from "./webhooks/check-slots.ts";

export interface GatewayAddresses {
  readonly publicUrl: string;
  /** Carries the console's token; whoever opens it is let in. */
  readonly adminUrl: string;
}

export interface Gateway {
  readonly addresses: GatewayAddresses;
  apply(setup: Setup): Promise<ApplyResult>;
  /** No new work, then what runs is let finish for at most `limitMs` (5 s) and given back, then everything is closed. */
  stop(limitMs?: number): Promise<void>;
}

/** Where `apply` finds a running gateway. */
export const RUNNING_FILE = "running.json";
const STOP_MS = 5_000;

/** Starts everything. @throws GatewayError with a sentence that says what to do; nothing stays open then. */
export async function createGateway(host: Host): Promise<Gateway> {
  const closers: (() => Promise<void> | void)[] = [];
  const closeAll = async (): Promise<void> => {
    for (const close of closers.reverse()) await close();
  };
  try {
    return await startGateway(host, closers, closeAll);
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function startGateway(
  host: Host,
  closers: (() => Promise<void> | void)[],
  closeAll: () => Promise<void>,
): Promise<Gateway> {
  const lock = lockDataFolder(host.dataDir);
  closers.push(lock.release);
  const parts = await compose(host);
  closers.push(parts.closeDatabase, parts.journal.close, () => parts.worker.stop(STOP_MS));
  const token = ensureAdminToken(host.dataDir);
  const apply = (setup: Setup, expected?: string | null): Promise<ApplyResult> =>
    applySetup(parts, setup, expected);

  const listeners: Listeners = {};
  const state = { stopping: false, stopMs: STOP_MS };
  let stopped: Promise<void> | undefined;
  // While nobody can ask for anything: what may have ended the program is to be alone with it.
  await parts.worker.recover();
  await openListeners({ host, parts, listeners, token, apply, isStopping: () => state.stopping, closers });
  await startWork(parts, host);
  closers.push(watchKeys(parts), watchWaking(parts), parts.practice.close);
  closers.push(() => parts.worker.stop(state.stopMs), writeRunning(host, portOf(listeners.admin)));
  return {
    addresses: { publicUrl: urlOf(listeners.public), adminUrl: `${urlOf(listeners.admin)}/?token=${token}` },
    apply,
    // Whoever asks again waits for the same end.
    stop: (limitMs = STOP_MS) => {
      state.stopping = true;
      state.stopMs = limitMs;
      stopped ??= closeAll();
      return stopped;
    },
  };
}

interface Listeners {
  public?: Listener;
  admin?: Listener;
}

interface Opening {
  readonly host: Host;
  readonly parts: Composed;
  readonly listeners: Listeners;
  readonly token: string;
  readonly apply: (setup: Setup, expected?: string | null) => Promise<ApplyResult>;
  readonly isStopping: () => boolean;
  readonly closers: (() => Promise<void> | void)[];
}

/** Both listeners; each is closed again should something after it fail. */
async function openListeners(opening: Opening): Promise<void> {
  const { host, parts, listeners, closers } = opening;
  const { HOST, PORT, ADMIN_PORT } = parts.settings.platform();
  const assets = createPageLoader(host, parts.practice);
  const refuse = refuseUnreadable(assets);
  const publicApp = createPublicApp({
    embed: parts.embed,
    campaigns: parts.campaigns,
    webhooks: parts.webhooks,
    integration: parts.integration,
    conversations: parts.conversations,
    assets,
    bus: parts.bus,
    log: parts.log,
    version: host.version,
    isReady: async () => !opening.isStopping() && parts.settings.vault().ok,
  });
  listeners.public = await listen(publicApp, { host: HOST, port: PORT, refuse });
  closers.push(async () => listeners.public?.close(1_000));
  const admin: AdminDeps = {
    ...parts,
    version: host.version,
    startedAt: host.clock.now(),
    dataDir: host.dataDir,
    publicUrl: () => urlOf(listeners.public),
  };
  const adminApp = createAdminApp({
    admin,
    bus: parts.bus,
    log: parts.log,
    token: () => opening.token,
    consoleDir: join(host.pagesDir, "admin"),
    apply: opening.apply,
    followSettings: () => followSettings(parts),
    integration: parts.integration,
    practice: parts.practice,
    openPractice: host.openPractice,
    embed: parts.embed,
    campaigns: parts.campaigns,
    conversations: parts.conversations,
    mirrorWish: (trx, id, lifted) => enqueueMirror(trx, id, lifted, host.clock.now()),
    webhooks: parts.webhooks,
    reviveActivities: (id) => reviveActivities(parts.sync, id),
  });
  listeners.admin = await listen(adminApp, { host: "127.0.0.1", port: ADMIN_PORT, refuse });
  closers.push(async () => listeners.admin?.close(1_000));
}

async function startWork(parts: Composed, host: Host): Promise<void> {
  await forgetRehearsal(parts.settings);
  for (const sentence of parts.settings.notices()) {
    await parts.journal.add(parts.db, { event: "settings.notice", severity: "warn", message: sentence });
  }
  await parts.journal.add(parts.db, {
    event: "gateway.started",
    message: `The gateway ${host.version} started`,
  });
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
    },
    onError: (error) => parts.log.error("settings", "the keys could not be tried again", error),
  });
}

function watchWaking(parts: Composed): () => void {
  return watchSleep({
    clock: parts.clock,
    onWake: async (sleptMs) => {
      const minutes = Math.round(sleptMs / 60_000);
      const message = `The computer slept for about ${minutes} min; what came meanwhile is looked for`;
      await parts.journal.add(parts.db, { event: "gateway.woke", message });
      await enqueueSlotChecks(parts.webhooks);
      await enqueueCatchUp(parts.webhooks);
      await enqueueReading(parts.conversations);
    },
    onError: (error) => parts.log.error("webhooks", "waking up could not be followed up", error),
  });
}

function writeRunning(host: Host, adminPort: number): () => void {
  const file = join(host.dataDir, RUNNING_FILE);
  writeFileSync(file, `${JSON.stringify({ pid: process.pid, adminPort })}\n`, { mode: 0o600 });
  return () => rmSync(file, { force: true });
}

const portOf = (listener: Listener | undefined): number => Number(new URL(urlOf(listener)).port);

function urlOf(listener: Listener | undefined): string {
  if (!listener) throw new GatewayError("internal", { logMessage: "asked for an address before listening" });
  const host = listener.host === "0.0.0.0" || listener.host === "::" ? "127.0.0.1" : listener.host;
  return `http://${host.includes(":") ? `[${host}]` : host}:${listener.port}`;
}

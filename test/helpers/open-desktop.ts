// The shell over the stand-in with a gateway that only notes what it is told, for tests of the shell's own decisions.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { onTestFinished } from "vitest";
import type { DesktopDeps, ServerStart, StartedServer } from "../../main/desktop/desktop-deps.ts";
import { runDesktop } from "../../main/desktop/run-desktop.ts";
import type { Gateway, Glance } from "../../server/index.ts";
import { desktopDeps } from "./desktop-deps.ts";
import { createElectronStandIn, type StandInOptions } from "./electron-stand-in.ts";

export const CONSOLE = "http://127.0.0.1:8011";

const lamp = { state: "ok" as const, sentence: "Follow Up Boss reached it a moment ago.", remedy: null };
export const CALM: Glance = {
  outreach: { paused: null, waiting: 0 },
  lamps: { public_address: lamp, follow_up_boss: lamp, channels: lamp, outreach: lamp },
  brokerages: 1,
  needs: [],
};
export type Need = Glance["needs"][number];
export const need = (id: string, more: Partial<Need> = {}): Need => ({
  id,
  severity: "error",
  tenant: "acme",
  sentence: `The sentence of ${id}.`,
  remedy: "Do something.",
  action: { label: "Open", to: `/outreach/e/${id}` },
  evidence: null,
  ...more,
});

export interface DesktopTest extends Partial<Omit<DesktopDeps, "calls" | "argv">> {
  readonly electron?: StandInOptions;
  readonly argv?: readonly string[];
  readonly dataDir?: string;
  readonly glance?: Glance;
  /** How stopping ends; at once unless given. */
  readonly stop?: (limitMs: number) => Promise<void>;
}

export async function openDesktop(options: DesktopTest = {}) {
  const { electron, argv = [], glance = CALM, stop, ...more } = options;
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "desktop-test-"));
  const standIn = createElectronStandIn(electron);
  const said: string[] = [];
  const state = { glance, news: (): void => undefined };
  const gateway: Gateway = {
    addresses: { publicUrl: "http://127.0.0.1:8010", adminUrl: `${CONSOLE}/?token=secret-of-the-console` },
    apply: () => Promise.reject(new Error("not asked here")),
    keepRestorePoint: async (reason) => {
      said.push(`keep ${reason}`);
      return "point";
    },
    stop: async (limitMs = 0) => {
      said.push(`stop ${limitMs}`);
      await stop?.(limitMs);
    },
    sleep: () => void said.push("sleep"),
    wake: async () => void said.push("wake"),
    switchOutreach: async (change, by) => {
      said.push(`${change} by ${by}`);
      const paused = change === "pause" ? { by, since: "2026-03-02T15:00:00Z" } : null;
      state.glance = { ...state.glance, outreach: { paused, waiting: 0 } };
    },
    glance: async () => state.glance,
    onNews: (listener) => {
      state.news = listener;
      return () => undefined;
    },
  };
  const server: { starts: number; onDown?: ServerStart["onDown"] } = { starts: 0 };
  const startServer = async ({ onDown }: ServerStart): Promise<StartedServer> => {
    server.starts += 1;
    server.onDown = onDown;
    return { gateway };
  };
  const given = desktopDeps(standIn, ["--data-dir", dataDir, ...argv]);
  const environment = { ...given.environment, ...options.environment };
  const deps = { ...given, startServer, ...more, environment };
  await runDesktop(deps);
  onTestFinished(async () => {
    if (standIn.exits.length === 0) standIn.calls.app.quit();
    standIn.calls.app.exit();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return {
    standIn,
    dataDir,
    said,
    fatal: deps.fatal,
    /** The server that ran runs no more. */
    goDown: (sentence: string): void => server.onDown?.({ code: "database_unusable", sentence }),
    starts: () => server.starts,
    /** Something happened at the gateway. */
    become: (next: Glance): void => {
      state.glance = next;
      state.news();
    },
  };
}

export async function until(met: () => boolean, what: string, limitMs = 10_000): Promise<void> {
  const end = performance.now() + limitMs;
  while (!met()) {
    if (performance.now() > end) throw new Error(`it did not come to: ${what}`);
    await delay(5);
  }
}

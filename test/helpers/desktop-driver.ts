// The desktop app as its scenarios drive it: once over the stand-in and Chromium, once over Electron itself.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";

export interface DesktopStart {
  /** After `--data-dir`, `--port 0` and `--admin-port 0`; a later option counts. */
  readonly argv?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly dataDir?: string;
}

export interface RunningDesktop {
  readonly dataDir: string;
  /** The page of the window that is there. */
  page(): Promise<Page>;
  isVisible(): Promise<boolean>;
  closeWindow(): Promise<void>;
  startAgain(...argv: string[]): Promise<void>;
  /** Label of each entry of the tray's menu. */
  trayLabels(): Promise<string[]>;
  clickTray(id: string): Promise<void>;
  clickMenu(id: string): Promise<void>;
  power(event: "suspend" | "resume"): Promise<void>;
  /** The page's process dies. */
  crashPage(): Promise<void>;
  /** What was handed to the computer's own programs. */
  opened(): Promise<readonly string[]>;
  openedFolders(): Promise<readonly string[]>;
  isGranted(permission: "geolocation" | "notifications" | "clipboard-sanitized-write"): Promise<boolean>;
  /** How a page that is not the console is answered when it calls the shell. */
  callAsStranger(): Promise<string>;
  /** Begins to quit; `ended` settles. */
  quit(): Promise<void>;
  /** Exit code. */
  readonly ended: Promise<number | null>;
}

export interface DesktopDriver {
  start(options?: DesktopStart): Promise<RunningDesktop>;
  /** Ends whatever still runs. */
  close(): Promise<void>;
}

export const desktopArguments = (dataDir: string, argv: readonly string[] = []): string[] => [
  "--data-dir",
  dataDir,
  "--port",
  "0",
  "--admin-port",
  "0",
  ...argv,
];

/** Nothing of the surroundings: a key or an address of the real service must not reach the app. */
export const DESKTOP_ENVIRONMENT = { GATEWAY_VAULT_KEY: "test", LOG_LEVEL: "warn", SIMULATOR_SPEED: "0.2" };

export function makeDataFolders() {
  const folders: string[] = [];
  return {
    make: (): string => {
      const folder = mkdtempSync(join(tmpdir(), "gateway-desktop-"));
      folders.push(folder);
      return folder;
    },
    remove: (): void => {
      for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
    },
  };
}

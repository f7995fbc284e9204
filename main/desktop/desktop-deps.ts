// What the shell is given by its entry (main.ts), and by tests.
import type { Gateway } from "../../server/index.ts";
import type { BuildInfo } from "../../shared/about.schema.ts";
import type { CommonFlags, Environment } from "../common-flags.ts";
import type { ElectronCalls } from "./electron-calls.ts";
import type { UpdaterCalls } from "./updater-calls.ts";

export interface DesktopTimer {
  /** Epoch ms. */
  now(): number;
  /** Returns the way to cancel. */
  after(ms: number, act: () => void): () => void;
}

/** Why the server could not start, for the window that says so. */
export interface StartTrouble {
  readonly code: string;
  readonly sentence: string;
}

export interface ServerStart {
  readonly flags: CommonFlags;
  readonly environment: Environment;
  readonly writeLog: (line: string) => void;
  /** It ran, had to start again (a restore) and could not; it only waits to be stopped now. */
  readonly onDown: (trouble: StartTrouble) => void;
}

export type StartedServer = { readonly gateway: Gateway } | { readonly trouble: StartTrouble };

export interface DesktopDeps {
  readonly calls: ElectronCalls;
  /** What the app was started with, without the program's own path. */
  readonly argv: readonly string[];
  readonly environment: Environment;
  readonly platform: NodeJS.Platform;
  /** Path of the running program, for starting it at login. */
  readonly executable: string;
  /** The built preload script. */
  readonly preload: string;
  /** Folder of the tray's pictures. */
  readonly icons: string;
  /** The README as a file another program can open; null where there is none. */
  readonly readme: string | null;
  /** Where the person keeps documents. */
  readonly documents: string;
  readonly version: string;
  readonly timer: DesktopTimer;
  /** Loads and starts the server; everything heavy comes in with this. */
  readonly startServer: (start: ServerStart) => Promise<StartedServer>;
  /** What the build says about itself; null where it says nothing. */
  readonly build: BuildInfo | null;
  /** Loads the updater; not called while updates are off. */
  readonly openUpdater: () => Promise<UpdaterCalls>;
  /** Runs a small program and gives what it printed; rejects when it fails. */
  readonly run: (program: string, parameters: readonly string[]) => Promise<string>;
  /** An error nobody caught. */
  readonly onFatal: (listener: (error: unknown) => void) => void;
}

// What the program around the server lends it: a data folder, the environment, a clock, a place for log lines. The same
// server runs headless, in tests and inside the desktop window.
import type { OpenPractice } from "./admin/rehearse.ts";
import type { Clock } from "./base/clock.ts";
import type { KeychainPort } from "./settings/keychain.ts";
import type { NgrokSdk } from "./tunnel/open-ngrok.ts";
import type { TunnelPolicy } from "./tunnel/tunnel-state.ts";

export interface Host {
  /** Everything of this gateway is kept here. Made when missing. */
  readonly dataDir: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Command-line options; they go before the environment. */
  readonly flags: { readonly HOST?: string; readonly PORT?: number; readonly ADMIN_PORT?: number };
  readonly clock: Clock;
  readonly version: string;
  /** Folder with the built pages: `embed/` and `admin/`. */
  readonly pagesDir: string;
  /** Folder with what the build says about itself: from which sources it is, and whose libraries are inside. */
  readonly aboutDir?: string;
  /** One line of the process log. */
  readonly writeLog: (line: string) => void;
  /** The operating system's keychain unless given. */
  readonly keychain?: KeychainPort;
  /** For a pretend Follow Up Boss: its stand-in of the vendor's script, and who else may frame the page. */
  readonly vendorScript?: string;
  readonly extraFrameAncestors?: readonly string[];
  /** ngrok's library, and how patient tunnels are; the product's own unless given. */
  readonly loadNgrok?: () => Promise<NgrokSdk>;
  readonly tunnelPolicy?: TunnelPolicy;
  /** Told when the gateway had to start again (a restore) and could not, and nothing runs any more. */
  readonly onDown?: (error: unknown) => void;
  /** Opens the pretend Follow Up Boss of a rehearsal; without it the console cannot rehearse. */
  readonly openPractice?: OpenPractice;
}

// What everything in this room needs: the data folder, and how secrets are kept on this computer.
import type { Clock } from "../base/clock.ts";
import type { KeychainPort } from "../settings/keychain.ts";
import type { SettingsDeps } from "../settings/open-settings.ts";

export interface BackupDeps {
  readonly dataDir: string;
  readonly environment: SettingsDeps["environment"];
  readonly flags: SettingsDeps["flags"];
  readonly clock: Clock;
  /** The operating system's own unless given. */
  readonly keychain?: KeychainPort;
  readonly version: string;
}

/** How far long work has come: what it is at, for a person, and its share of the whole, 0 to 1. */
export type TellProgress = (step: string, share: number | null) => void;

// Keys that could not be read at start (a locked keychain after a reboot) are tried again until they can be, at growing
// intervals, since each try may ask the person at the computer to unlock.
import type { Clock } from "./base/clock.ts";
import type { SettingsRoom } from "./settings/settings-room.ts";

const FIRST_MS = 30_000;
const LONGEST_MS = 15 * 60_000;

export interface WatchVaultDeps {
  readonly clock: Clock;
  readonly settings: Pick<SettingsRoom, "vault" | "retryVault">;
  /** Once, when the keys can be used. */
  readonly onOpen: () => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** Does nothing when the vault is open. Returns the way to stop. */
export function watchVault(deps: WatchVaultDeps): () => void {
  const stop = new AbortController();
  const watch = async (): Promise<void> => {
    for (let wait = FIRST_MS; !stop.signal.aborted; wait = Math.min(LONGEST_MS, wait * 2)) {
      await deps.clock.sleep(wait, stop.signal);
      if (stop.signal.aborted || !(await deps.settings.retryVault())) continue;
      return deps.onOpen();
    }
  };
  if (!deps.settings.vault().ok) watch().catch(deps.onError);
  return () => stop.abort();
}

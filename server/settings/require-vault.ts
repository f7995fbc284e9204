// Keys that cannot be read are not keys that are missing: whoever needs one waits instead of being refused.
import { GatewayError, RETRY_LATER } from "../base/errors.ts";
import type { SettingsRoom } from "./settings-room.ts";

/** @throws GatewayError vault_unavailable, to be tried again later. What exactly is wrong is for the console. */
export function requireVault(settings: Pick<SettingsRoom, "vault">): void {
  if (!settings.vault().ok) throw new GatewayError("vault_unavailable", { retry: RETRY_LATER });
}

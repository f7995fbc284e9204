// The doctor's check of the public address: which it is, and what the tunnel has proven of it.
import type { Check } from "../../../shared/admin-api.ts";
import type { SettingsRoom } from "../../settings/settings-room.ts";
import type { Tunnel } from "../../tunnel/create-tunnel.ts";
import { sayKeyNeeded } from "../../tunnel/say-key-needed.ts";
import type { TroubleCode } from "../../tunnel/say-trouble.ts";
import type { AddressWatch } from "../../tunnel/watch-address.ts";

export interface AddressCheckDeps {
  readonly settings: Pick<SettingsRoom, "publicAddress" | "platform">;
  /** Without it (the gateway is not running) only the settings are known. */
  readonly tunnel?: Pick<Tunnel, "read">;
  readonly ownAddress?: Pick<AddressWatch, "read">;
}

export function checkAddress(deps: AddressCheckDeps): Check {
  const { tunnel: wanted } = deps.settings.platform();
  if (wanted !== "none") return checkTunnel(deps, wanted);
  const url = deps.settings.publicAddress();
  if (url === undefined)
    return check(
      "warn",
      "SERVER_URL is not set, so Follow Up Boss cannot open the app.",
      "Set it to the https address under which this gateway is reachable, or choose a tunnel.",
    );
  const own = deps.ownAddress?.read();
  const tested = own?.lastTest;
  if (!own || !tested)
    return check(
      "unknown",
      `SERVER_URL is ${url}; whether it is reachable from outside is not checked from here.`,
    );
  const needed = sayKeyNeeded(own);
  if (needed !== null) return check(STATES[needed.code] ?? "bad", needed.sentence, needed.remedy);
  return check("ok", `${url} led to this gateway when it was last tested.`);
}

/** Some networks do not reach their own address from inside; from outside it may be well. */
const STATES: Partial<Record<TroubleCode, Check["state"]>> = { unreachable: "warn", clients_unnamed: "warn" };

function checkTunnel({ tunnel, settings }: AddressCheckDeps, wanted: string): Check {
  if (!tunnel)
    return check(
      "unknown",
      `The public address comes from a tunnel (${wanted}); the doctor of the console tells how it is while the gateway runs.`,
    );
  const { state } = tunnel.read();
  if (state.trouble)
    return check(
      state.trouble.code === "page_in_front" ? "warn" : "bad",
      state.trouble.sentence,
      state.trouble.remedy,
    );
  if (state.phase !== "up" || state.url === null)
    return check("unknown", "The tunnel is being opened; ask again in a moment.");
  if (settings.publicAddress() === state.url)
    return check("ok", `The tunnel is up: ${state.url} leads to this gateway.`);
  return check(
    "warn",
    `The tunnel is up at ${state.url}, but the environment fixes SERVER_URL to ${settings.publicAddress()}, which is used.`,
    "Take SERVER_URL out of the environment to use the tunnel's address.",
  );
}

const check = (state: Check["state"], sentence: string, remedy: string | null = null): Check => ({
  id: "server_url",
  title: "Public address",
  state,
  sentence,
  remedy,
});

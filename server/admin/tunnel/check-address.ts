// The doctor's check of the public address: which it is, and what the tunnel has proven of it.
import type { Check } from "../../../shared/admin-api.ts";
import type { SettingsRoom } from "../../settings/settings-room.ts";
import type { Tunnel } from "../../tunnel/create-tunnel.ts";

export interface AddressCheckDeps {
  readonly settings: Pick<SettingsRoom, "publicAddress" | "platform">;
  /** Without it (the gateway is not running) only the settings are known. */
  readonly tunnel?: Pick<Tunnel, "read">;
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
  const tested = deps.tunnel?.read().lastTest;
  if (tested?.url !== url)
    return check(
      "unknown",
      `SERVER_URL is ${url}; whether it is reachable from outside is not checked from here.`,
    );
  return "code" in tested.found
    ? check("bad", tested.found.sentence, tested.found.remedy)
    : check("ok", `${url} led to this gateway when it was last tested.`);
}

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

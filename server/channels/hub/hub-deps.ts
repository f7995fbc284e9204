// What the Hub's side of the channel port needs, and where a tenant's Hub is. Used by every request to it.
import type { PlatformSettings } from "../../../shared/settings.schema.ts";
import type { Clock } from "../../base/clock.ts";
import { GatewayError } from "../../base/errors.ts";
import type { HubAccess } from "./hub-request.ts";

export interface HubDeps {
  readonly clock: Clock;
  readonly platform: () => Readonly<PlatformSettings>;
  /** The tenant's Hub and its key there; undefined when either is missing. */
  readonly access: (tenant: string) => HubAccess | undefined;
  /** How long a batch may take to be answered; a minute unless said. */
  readonly bulkTimeoutMs?: number;
}

/** @throws GatewayError channel_unavailable. */
export function accessOf(deps: HubDeps, tenant: string): HubAccess {
  const access = deps.access(tenant);
  if (access) return access;
  throw new GatewayError("channel_unavailable", {
    sentence:
      "The Aventora Hub is chosen for this channel, but its address or the brokerage's key for it is not set.",
  });
}

// Which provider carries which channel for a tenant. The simulator is the default; a Hub address for the whole gateway
// makes the Hub the default instead (seed 000, INTERNAL_START_URL).

import type { PlatformSettings, ProviderName, TenantSettings } from "../../shared/settings.schema.ts";
import type { Channel } from "../../shared/values.ts";
import { GatewayError } from "../base/errors.ts";
import type { ChannelProvider } from "./channel.ts";

export interface ProviderRegistry {
  /** Name of the provider that carries the tenant's channel. */
  chosen(tenant: Readonly<TenantSettings>, channel: Channel): ProviderName;
  /** @throws GatewayError channel_unavailable for a name no provider has. */
  get(name: string): ChannelProvider;
}

export function createProviderRegistry(
  providers: readonly ChannelProvider[],
  platform: () => Readonly<PlatformSettings>,
): ProviderRegistry {
  const byName = new Map(providers.map((provider) => [provider.name, provider]));
  return {
    chosen: (tenant, channel) =>
      tenant.channels[channel] ?? (platform().INTERNAL_START_URL === undefined ? "simulator" : "hub"),
    get: (name) => {
      const provider = byName.get(name);
      if (!provider)
        throw new GatewayError("channel_unavailable", { sentence: `No provider is called ${name}.` });
      return provider;
    },
  };
}

// Keys a delivery may have been signed with by mistake, to explain why it was refused: none of them lets anything pass.
import type { TenantSettings } from "../../shared/settings.schema.ts";
import type { SettingsRoom } from "../settings/settings-room.ts";

export interface MistakenKeys {
  /** Of the brokerage the delivery was sent to. */
  readonly otherKeys: readonly string[];
  /** Of the other brokerages. */
  readonly foreignKeys: readonly string[];
}

export interface KeysOfAll extends Pick<SettingsRoom, "secret"> {
  current(): Pick<ReturnType<SettingsRoom["current"]>, "tenants">;
}

export function mistakenKeys(settings: KeysOfAll, slug: string): MistakenKeys {
  const otherKeys: string[] = [];
  const foreignKeys: string[] = [];
  for (const tenant of settings.current().tenants)
    (tenant.domain_name === slug ? otherKeys : foreignKeys).push(...keysOf(settings, tenant));
  return { otherKeys, foreignKeys };
}

const APP_KEYS = ["fub_api_key", "fub_embedded_app_secret", "fub_campaign_embedded_app_secret"] as const;

function keysOf(
  settings: KeysOfAll,
  { domain_name, users }: Pick<TenantSettings, "domain_name" | "users">,
): string[] {
  const own = [...APP_KEYS, "webhook_secret"] as const;
  return [
    ...own.map((name) => settings.secret(`tenant/${domain_name}/${name}`)),
    ...users.flatMap(({ id }) =>
      APP_KEYS.map((name) => settings.secret(`user/${domain_name}/${id}/${name}`)),
    ),
  ].filter((key) => key !== undefined && key !== "") as string[];
}

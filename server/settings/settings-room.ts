// What the other rooms may ask of the settings: the current values, a secret by name, a change. They read through
// these getters each time, so nothing has to listen for changes.

import type {
  PlatformSecret,
  PlatformSettings,
  Settings,
  TenantSecret,
  TenantSettings,
  UserSecret,
  UserSettings,
} from "../../shared/settings.schema.ts";
import type { Setup } from "../../shared/setup.schema.ts";

/** Names one secret: `platform/FUB_SYSTEM_KEY`, `tenant/acme/fub_api_key`, `user/acme/u1/fub_api_key`. */
export type SecretName =
  | `platform/${PlatformSecret}`
  | `tenant/${string}/${TenantSecret}`
  | `user/${string}/${string}/${UserSecret}`
  | `internal/${string}`;

export interface VaultState {
  readonly kind: "keychain" | "file" | "none";
  readonly ok: boolean;
  /** For people: where keys are kept, or why they cannot be read and what to do. */
  readonly sentence: string;
}

export interface ApplyResult {
  /** One line per platform, tenant and user: "tenant fub-test: created". */
  readonly changes: readonly {
    readonly what: string;
    readonly result: "created" | "updated" | "unchanged";
  }[];
  /** Settings that take effect only after a restart (ports, host, log level). */
  readonly needsRestart: readonly string[];
}

/** A brokerage, or one agent of it where `userId` is given. */
export interface Removal {
  readonly tenant: string;
  readonly userId?: string;
}

/** Settings and keys as they are stored. Holds secrets: memory only. */
export interface StoredSettings {
  readonly settings: Readonly<Settings>;
  readonly secrets: ReadonlyMap<string, string>;
}

/** What a removal took away, enough to bring it back. Holds secrets: memory only. */
export interface RemovedSetup {
  /** As it was: the whole brokerage, also where only an agent went. */
  readonly tenant: Readonly<TenantSettings>;
  /** The agent who went; null when the brokerage did. */
  readonly user: Readonly<UserSettings> | null;
  /** Place it had in its list. */
  readonly index: number;
  readonly secrets: ReadonlyMap<string, string>;
  /** Since when they were set. */
  readonly recorded: Settings["secrets"];
}

export interface SettingsRoom {
  /** Effective settings: defaults under file under environment under flags. Frozen. */
  current(): Readonly<Settings>;
  platform(): Readonly<PlatformSettings>;
  /**
   * The address the outside reaches this gateway at, without a slash at the end: SERVER_URL as the environment fixes it,
   * else the tunnel's, else the setting SERVER_URL. Undefined: none. Everybody who needs it asks here.
   */
  publicAddress(): string | undefined;
  /** Who gives that address; null: nobody. */
  publicAddressFrom(): "environment" | "tunnel" | "setting" | null;
  /** For the tunnel: the address it gives from now on; undefined: none. */
  setTunnelAddress(url: string | undefined): void;
  tenant(domainName: string): Readonly<TenantSettings> | undefined;
  /** Undefined when not set or when the vault cannot be read (see `vault()`). The environment wins. */
  secret(name: SecretName): string | undefined;
  vault(): VaultState;
  /** What was repaired or defaulted when the settings were read, in sentences. */
  notices(): readonly string[];
  /** Names of platform settings and secrets the environment or a flag fixes. */
  locks(): readonly string[];
  /** Setting or secret → what fixes it, completing "is fixed by …". */
  lockReasons(): ReadonlyMap<string, string>;
  /** Names the content of the settings and when each secret was set; the same content has the same name. */
  revision(): string;
  /** True for a brokerage that was removed and has not come back. */
  wasRemoved(domainName: string): boolean;
  /**
   * Checks everything first; on any problem throws settings_invalid with `details: [{path, message}]`, nothing applied.
   * With `expected`: throws settings_changed (details of shared/console/settings.schema.ts) when that is not the revision.
   */
  apply(setup: Setup, expected?: string | null): Promise<ApplyResult>;
  /**
   * Takes a brokerage or an agent out, its secrets included; as durable as `apply`.
   * @throws GatewayError tenant_not_found, user_not_found, settings_changed, vault_unavailable.
   */
  remove(removal: Removal, expected: string | null): Promise<RemovedSetup>;
  /** Puts back what `remove` took. @throws GatewayError wrong_state when something of the same name is there again. */
  restore(removed: RemovedSetup): Promise<void>;
  /** Tries a vault that could not be opened once more; resolves with whether keys can be used now. */
  retryVault(): Promise<boolean>;
  /**
   * Everything that is stored, for a backup: the file's content without the environment, and the vault's. Writes nothing.
   * @throws GatewayError vault_unavailable while keys cannot be read, unless they are not wanted.
   */
  exportAll(withSecrets: boolean): Promise<StoredSettings>;
  /** Keeps a secret of the gateway's own (`internal/…`), made by `create` at first use. */
  ensureInternalSecret(name: `internal/${string}`, create: () => string): Promise<string>;
}

// What the other rooms may ask of the settings: the current values, a secret by name, a change. They read through
// these getters each time, so nothing has to listen for changes.

import type {
  PlatformSecret,
  PlatformSettings,
  Settings,
  TenantSecret,
  TenantSettings,
  UserSecret,
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

export interface SettingsRoom {
  /** Effective settings: defaults under file under environment under flags. Frozen. */
  current(): Readonly<Settings>;
  platform(): Readonly<PlatformSettings>;
  tenant(domainName: string): Readonly<TenantSettings> | undefined;
  /** Undefined when not set or when the vault cannot be read (see `vault()`). The environment wins. */
  secret(name: SecretName): string | undefined;
  vault(): VaultState;
  /** What was repaired or defaulted when the settings were read, in sentences. */
  notices(): readonly string[];
  /** Names of platform settings and secrets the environment or a flag fixes. */
  locks(): readonly string[];
  /** Checks everything first; on any problem throws settings_invalid with `details: [{path, message}]`, nothing applied. */
  apply(setup: Setup): Promise<ApplyResult>;
  /** Tries a vault that could not be opened once more; resolves with whether keys can be used now. */
  retryVault(): Promise<boolean>;
  /** Keeps a secret of the gateway's own (`internal/…`), made by `create` at first use. */
  ensureInternalSecret(name: `internal/${string}`, create: () => string): Promise<string>;
}

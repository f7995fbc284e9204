// The settings room: opens file, environment and vault once and hands out the current values. Called by the composition
// (and by the command line, read-only or for an apply without a running gateway).
import { mkdir } from "node:fs/promises";
import { Low } from "lowdb";
import { type Settings, settingsSchema } from "../../shared/settings.schema.ts";
import { type Clock, isoTime } from "../base/clock.ts";
import { newId } from "../base/ids.ts";
import { applySetup, recordSecrets } from "./apply-setup.ts";
import { effectiveSettings } from "./effective-settings.ts";
import { createFileVault } from "./file-vault.ts";
import { createSystemKeychain, type KeychainPort } from "./keychain.ts";
import { KEYCHAIN_LIMIT_MS, limitKeychain } from "./limit-keychain.ts";
import { type OpenVault, openVault } from "./open-vault.ts";
import { type Environment, type Flags, type Overrides, readEnvironment } from "./read-environment.ts";
import { removeSetup, restoreSetup } from "./remove-setup.ts";
import { createRevisions } from "./revisions.ts";
import { createSettingsFile } from "./settings-file.ts";
import type { SettingsRoom } from "./settings-room.ts";

export interface SettingsDeps {
  /** Folder of settings.json, vault.json and vault.key; made (0700) when it does not exist. */
  readonly dataDir: string;
  readonly environment: Environment;
  readonly flags: Flags;
  readonly clock: Clock;
  /** The operating system's own unless given. */
  readonly keychain?: KeychainPort;
  /** Gets each notice once. */
  readonly log: (line: string) => void;
  /** True: nothing is written, chosen or moved aside; `apply` throws. Default false. */
  readonly readOnly?: boolean;
}

interface Opened {
  readonly db: Low<Settings>;
  readonly vault: OpenVault;
  readonly overrides: Overrides;
  readonly notices: readonly string[];
}

/**
 * Throws settings_invalid (a variable or option that cannot be used) or settings_unreadable (no whole copy, or a newer
 * gateway's). A vault that cannot be opened does not throw: see `vault()`.
 */
export async function openSettings(deps: SettingsDeps): Promise<SettingsRoom> {
  const readOnly = deps.readOnly ?? false;
  const overrides = readEnvironment(deps.environment, deps.flags);
  if (!readOnly) await mkdir(deps.dataDir, { recursive: true, mode: 0o700 });
  const file = createSettingsFile({ dataDir: deps.dataDir, clock: deps.clock, log: deps.log, readOnly });
  const fileVault = createFileVault({ dataDir: deps.dataDir, vaultKey: overrides.vaultKey });
  // Deriving the vault's key takes most of the time; it runs beside the reading of the settings. openVault asks again.
  void fileVault.read([]).catch(() => undefined);
  const db = new Low<Settings>(file, firstSettings(deps.clock));
  await db.read();
  effectiveSettings(db.data, overrides);

  const vault = await openVault({
    installationId: db.data.installation_id,
    recorded: db.data.vault,
    names: Object.keys(db.data.secrets),
    vaultKeySet: overrides.vaultKey !== undefined,
    file: fileVault,
    keychain: limitKeychain(deps.keychain ?? systemKeychain(deps), deps.clock, KEYCHAIN_LIMIT_MS),
    readOnly,
  });
  const chosen = vault.place() !== db.data.vault;
  db.data = { ...db.data, vault: vault.place() };
  if (!readOnly && (chosen || file.differs())) await db.write();
  const room = createRoom({ db, vault, overrides, notices: file.notices() }, deps);
  for (const notice of room.notices()) deps.log(notice);
  return room;
}

function createRoom({ db, vault, overrides, notices }: Opened, deps: SettingsDeps): SettingsRoom {
  let effective = effectiveSettings(db.data, overrides);
  let tunnelAddress: string | undefined;
  const revisions = createRevisions(db.data);
  const inTurn = createTurns(deps.readOnly ?? false);
  const commit = async (next: Settings): Promise<void> => {
    const before = db.data;
    const nextEffective = effectiveSettings(next, overrides);
    db.data = next;
    try {
      await db.write();
    } catch (error) {
      db.data = before;
      throw error;
    }
    effective = nextEffective;
    revisions.note(next);
  };
  const now = () => isoTime(deps.clock.now());
  const change = () => ({ before: db.data, overrides, tunnelAddress, vault, at: now(), commit });
  const setting = () => effective.settings.platform.SERVER_URL;
  const addressFrom = () => addressSource(overrides, tunnelAddress, setting());
  return {
    current: () => effective.settings,
    platform: () => effective.settings.platform,
    publicAddress: () => (addressFrom() === "tunnel" ? tunnelAddress : setting()),
    publicAddressFrom: addressFrom,
    setTunnelAddress: (url) => {
      tunnelAddress = url;
    },
    tenant: (domainName) => effective.settings.tenants.find((one) => one.domain_name === domainName),
    secret: (name) => overrides.secrets.get(name) ?? vault.get(name),
    vault: () => vault.state(),
    notices: () => [...notices, ...effective.notices, ...vaultNotices(vault, overrides)],
    locks: () => [...overrides.locks.keys()],
    lockReasons: () => overrides.locks,
    revision: () => revisions.current(),
    wasRemoved: (domainName) => effective.settings.removed_tenants.includes(domainName),
    apply: (setup, expected) =>
      inTurn(async () => {
        revisions.check(expected, db.data, setup);
        return applySetup(setup, change());
      }),
    remove: (removal, expected) =>
      inTurn(async () => {
        revisions.check(expected, db.data);
        return removeSetup(removal, change());
      }),
    restore: (removed) => inTurn(() => restoreSetup(removed, change())),
    retryVault: () =>
      inTurn(async () => {
        await vault.ensureOpen().catch(() => undefined);
        return vault.state().ok;
      }),
    exportAll: (withSecrets) => exportAll(db, vault, withSecrets),
    ensureInternalSecret: (name, create) =>
      inTurn(async () => {
        await vault.ensureOpen();
        const known = vault.get(name);
        if (known !== undefined) return known;
        const made = create();
        const changes = new Map([[name as string, made]]);
        await vault.save(changes);
        const secrets = recordSecrets(db.data.secrets, changes, changes, now());
        await commit({ ...db.data, vault: vault.place(), secrets });
        return made;
      }),
  };
}

/** The environment goes first, then the tunnel, then what is set. */
function addressSource(
  overrides: Opened["overrides"],
  tunnel: string | undefined,
  setting: string | undefined,
): "environment" | "tunnel" | "setting" | null {
  if (overrides.locks.has("SERVER_URL")) return "environment";
  if (tunnel !== undefined) return "tunnel";
  return setting === undefined ? null : "setting";
}

/** All as it is stored, for a backup. */
async function exportAll(
  db: Opened["db"],
  vault: OpenVault,
  withSecrets: boolean,
): ReturnType<SettingsRoom["exportAll"]> {
  if (withSecrets) await vault.ensureOpen();
  const names = withSecrets ? Object.keys(db.data.secrets) : [];
  const secrets = names.map((name) => [name, vault.get(name)] as const);
  const stored = secrets.filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { settings: structuredClone(db.data), secrets: new Map(stored) };
}

/** One change after the other: each must see what the one before it left. */
function createTurns(readOnly: boolean): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    if (readOnly) return Promise.reject(new Error("The settings were opened for reading only."));
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}

function vaultNotices(vault: OpenVault, overrides: Overrides): string[] {
  const missing = vault.missing();
  const unused = overrides.vaultKey !== undefined && vault.place() === "keychain";
  return [
    ...(missing.length > 0
      ? [`Keys that were stored are not there any more: ${missing.join(", ")}. Enter them again.`]
      : []),
    ...(unused
      ? ["GATEWAY_VAULT_KEY is set but not used: this gateway keeps its keys in the keychain."]
      : []),
  ];
}

const systemKeychain = (deps: SettingsDeps): KeychainPort =>
  createSystemKeychain({ environment: deps.environment, platform: process.platform });

function firstSettings(clock: Clock): Settings {
  return settingsSchema.parse({
    version: 1,
    installation_id: newId("gw", clock.now()),
    vault: null,
    platform: {},
    tenants: [],
  });
}

// Provisions platform, tenants, users and secrets from a setup: all of it or nothing, the same again changes nothing.
// Called by open-settings, one at a time.
import { isDeepStrictEqual } from "node:util";
import { PRACTICE_TENANT } from "../../shared/console/sandbox.schema.ts";
import { type Settings, settingsSchema } from "../../shared/settings.schema.ts";
import type { Setup } from "../../shared/setup.schema.ts";
import { type FieldProblem, fieldProblems } from "../base/parse.ts";
import { checkSetupFit } from "./check-setup-fit.ts";
import { checkSetupShape, invalidSetup } from "./check-setup-shape.ts";
import { mergeSetup, secretsInSetup } from "./merge-setup.ts";
import type { OpenVault } from "./open-vault.ts";
import type { Overrides } from "./read-environment.ts";
import type { SecretChanges } from "./secret-vault.ts";
import type { ApplyResult } from "./settings-room.ts";

export interface ApplyDeps {
  /** The settings file's content, without the environment. */
  readonly before: Settings;
  readonly overrides: Overrides;
  /** The address a tunnel gives, while it does. */
  readonly tunnelAddress?: string | undefined;
  readonly vault: OpenVault;
  /** ISO time, recorded with each changed secret. */
  readonly at: string;
  /** Saves durably and makes the new settings the current ones. */
  readonly commit: (next: Settings) => Promise<void>;
}

/**
 * Everything is checked before anything is written. Then secrets go first and the file second. What a crash can leave:
 * between the two, new secrets under the old settings. A secret that had a value before is then used with its new one;
 * one that is new stays unused, because the file does not name it yet. Neither was acknowledged, and applying the same
 * setup again completes it. Within a keychain the same holds secret by secret; the file vault changes at once.
 */
export async function applySetup(input: unknown, deps: ApplyDeps): Promise<ApplyResult> {
  const { before, vault } = deps;
  const setup = checkSetupShape(input);
  const merged = mergeSetup(before, setup);
  const size = settingsSchema.safeParse(merged).error?.issues ?? [];
  const problems = [
    ...reservedName(setup, before),
    ...checkSetupFit({
      setup,
      next: merged,
      overrides: deps.overrides,
      tunnelAddress: deps.tunnelAddress,
    }),
    ...fieldProblems(size),
  ];
  if (problems.length > 0) throw invalidSetup(problems);

  const mentioned = secretsInSetup(setup);
  if (mentioned.size > 0) await vault.ensureOpen();
  const changes = changedSecrets(mentioned, vault);
  if (changes.size > 0) await vault.save(changes);
  const secrets = recordSecrets(before.secrets, mentioned, changes, deps.at);
  const here = new Set(merged.tenants.map((tenant) => tenant.domain_name));
  const removed = before.removed_tenants.filter((slug) => !here.has(slug));
  const next: Settings = { ...merged, vault: vault.place(), secrets, removed_tenants: removed };
  if (!isDeepStrictEqual(next, before)) await deps.commit(next);
  return {
    changes: changeLines(setup, before, next, changes),
    needsRestart: needsRestart(before, next, deps.overrides),
  };
}

/** The practice brokerage is made by a rehearsal and goes with it. */
function reservedName(setup: Setup, before: Settings): FieldProblem[] {
  if (before.tenants.some((tenant) => tenant.domain_name === PRACTICE_TENANT)) return [];
  const index = setup.tenants?.findIndex((tenant) => tenant.domain_name === PRACTICE_TENANT) ?? -1;
  const message = `“${PRACTICE_TENANT}” is kept for rehearsals; choose another name`;
  return index < 0 ? [] : [{ path: `tenants[${index}].domain_name`, message }];
}

function changedSecrets(mentioned: ReadonlyMap<string, string>, vault: OpenVault): SecretChanges {
  const changes = new Map<string, string | undefined>();
  for (const [name, value] of mentioned) {
    if (value !== (vault.get(name) ?? "")) changes.set(name, value === "" ? undefined : value);
  }
  return changes;
}

/** The file's list of what the vault holds; a removed secret goes even if the vault had already lost it. */
export function recordSecrets(
  before: Settings["secrets"],
  mentioned: ReadonlyMap<string, string>,
  changes: SecretChanges,
  at: string,
): Settings["secrets"] {
  const kept = Object.entries(before).filter(([name]) => mentioned.get(name) !== "" && !changes.has(name));
  const set = [...changes].flatMap(([name, value]) =>
    value === undefined ? [] : [[name, { set_at: at }] as const],
  );
  return Object.fromEntries([...kept, ...set]);
}

const RESTART = ["HOST", "PORT", "ADMIN_PORT", "LOG_LEVEL"] as const;

function needsRestart(before: Settings, next: Settings, overrides: Overrides): string[] {
  return RESTART.filter(
    (name) => before.platform[name] !== next.platform[name] && !overrides.locks.has(name),
  );
}

function changeLines(
  setup: Setup,
  before: Settings,
  next: Settings,
  changes: SecretChanges,
): ApplyResult["changes"] {
  const names = [...changes.keys()];
  const line = (what: string, prefix: string, was: object | undefined, is: object | undefined) => {
    const same = isDeepStrictEqual(was, is) && !names.some((name) => name.startsWith(prefix));
    return { what, result: was === undefined ? "created" : same ? "unchanged" : "updated" } as const;
  };
  const lines = setup.platform ? [line("platform", "platform/", before.platform, next.platform)] : [];
  const wasTenant = new Map(before.tenants.map((tenant) => [tenant.domain_name, tenant]));
  const isTenant = new Map(next.tenants.map((tenant) => [tenant.domain_name, tenant]));
  for (const { domain_name: slug, users } of setup.tenants ?? []) {
    const [was, is] = [wasTenant.get(slug), isTenant.get(slug)];
    lines.push(
      line(`tenant ${slug}`, `tenant/${slug}/`, was && { ...was, users: [] }, is && { ...is, users: [] }),
    );
    for (const { id } of users ?? []) {
      const [wasUser, isUser] = [was, is].map((tenant) => tenant?.users.find((user) => user.id === id));
      lines.push(line(`user ${slug}/${id}`, `user/${slug}/${id}/`, wasUser, isUser));
    }
  }
  return lines;
}

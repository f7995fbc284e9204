// Takes a brokerage or an agent out of the settings and its secrets out of the vault, and puts them back. Called by
// open-settings, one change at a time.
import { type Settings, settingsSchema } from "../../shared/settings.schema.ts";
import { GatewayError } from "../base/errors.ts";
import type { ApplyDeps } from "./apply-setup.ts";
import type { Removal, RemovedSetup } from "./settings-room.ts";

export type RemoveDeps = Omit<ApplyDeps, "overrides" | "at">;

/**
 * Keys go first: what a crash can leave is a brokerage without keys, said in the notices and removed by asking again;
 * never a key that nobody knows of. A file that cannot be written brings the keys back.
 */
export async function removeSetup(removal: Removal, deps: RemoveDeps): Promise<RemovedSetup> {
  const { before, vault } = deps;
  const removed = await findRemoved(removal, deps);
  const names = namesOf(removal, before);
  if (names.length > 0) await vault.save(new Map(names.map((name) => [name, undefined])));
  try {
    await deps.commit(without(before, removal, names));
  } catch (error) {
    await vault.save(removed.secrets);
    throw error;
  }
  return removed;
}

async function findRemoved({ tenant: slug, userId }: Removal, deps: RemoveDeps): Promise<RemovedSetup> {
  const { tenants } = deps.before;
  const tenant = tenants.find((one) => one.domain_name === slug);
  if (!tenant) throw new GatewayError("tenant_not_found");
  const user = tenant.users.find((one) => one.id === userId) ?? null;
  if (userId !== undefined && user === null)
    throw new GatewayError("user_not_found", { sentence: `There is no agent ${userId} at ${slug}.` });
  const names = namesOf({ tenant: slug, ...(userId === undefined ? {} : { userId }) }, deps.before);
  if (names.length > 0) await deps.vault.ensureOpen();
  const secrets = names.flatMap((name) => {
    const secret = deps.vault.get(name);
    return secret === undefined ? [] : [[name, secret] as const];
  });
  const index = user ? tenant.users.indexOf(user) : tenants.indexOf(tenant);
  const recorded = Object.fromEntries(
    Object.entries(deps.before.secrets).filter(([name]) => names.includes(name)),
  );
  return { tenant, user, index, secrets: new Map(secrets), recorded };
}

function namesOf({ tenant, userId }: Removal, settings: Settings): string[] {
  const prefixes =
    userId === undefined ? [`tenant/${tenant}/`, `user/${tenant}/`] : [`user/${tenant}/${userId}/`];
  return Object.keys(settings.secrets).filter((name) => prefixes.some((prefix) => name.startsWith(prefix)));
}

function without(before: Settings, { tenant: slug, userId }: Removal, names: readonly string[]): Settings {
  const secrets = Object.fromEntries(
    Object.entries(before.secrets).filter(([name]) => !names.includes(name)),
  );
  if (userId === undefined) {
    const tenants = before.tenants.filter((tenant) => tenant.domain_name !== slug);
    const others = before.removed_tenants.filter((one) => one !== slug);
    return { ...before, tenants, secrets, removed_tenants: [...others, slug] };
  }
  const tenants = before.tenants.map((tenant) =>
    tenant.domain_name === slug
      ? { ...tenant, users: tenant.users.filter((user) => user.id !== userId) }
      : tenant,
  );
  return { ...before, tenants, secrets };
}

/** @throws GatewayError wrong_state. Secrets first, as when they were entered. */
export async function restoreSetup(removed: RemovedSetup, deps: RemoveDeps): Promise<void> {
  const { before, vault } = deps;
  const next = withRestored(before, removed);
  if (removed.secrets.size > 0) {
    await vault.ensureOpen();
    await vault.save(removed.secrets);
  }
  const secrets = { ...next.secrets, ...removed.recorded };
  await deps.commit(settingsSchema.parse({ ...next, vault: vault.place(), secrets }));
}

function withRestored(before: Settings, { tenant, user, index }: RemovedSetup): Settings {
  const slug = tenant.domain_name;
  const present = before.tenants.find((one) => one.domain_name === slug);
  if (user === null) {
    if (present) throw taken(`a brokerage ${slug}`);
    const removed = before.removed_tenants.filter((one) => one !== slug);
    return { ...before, tenants: before.tenants.toSpliced(index, 0, tenant), removed_tenants: removed };
  }
  if (!present)
    throw new GatewayError("wrong_state", { sentence: `The brokerage ${slug} is not here any more.` });
  if (present.users.some((one) => one.id === user.id)) throw taken(`an agent ${user.id}`);
  const users = present.users.toSpliced(index, 0, user);
  return { ...before, tenants: before.tenants.map((one) => (one === present ? { ...one, users } : one)) };
}

const taken = (what: string): GatewayError =>
  new GatewayError("wrong_state", { sentence: `There is ${what} again, so this cannot be brought back.` });

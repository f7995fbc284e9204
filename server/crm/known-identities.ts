// Whose account each key belongs to, remembered: asked of the CRM once, kept in the database for good (a key never
// changes its account), so that embeds open while Follow Up Boss is away.

import type { Clock } from "../base/clock.ts";
import { GatewayError } from "../base/errors.ts";
import type { Db } from "../db/schema.ts";
import type { Crm, CrmAccess, CrmIdentity, CrmPriority } from "./crm.ts";

export interface KnownIdentities {
  /** What is remembered; undefined when the key was never asked about successfully. */
  recall(access: CrmAccess): Promise<CrmIdentity | undefined>;
  /** Remembered, or asked now. @throws GatewayError crm_* when it cannot be learned. */
  learn(access: CrmAccess, options: { priority: CrmPriority; timeoutMs?: number }): Promise<CrmIdentity>;
  /** Asks in any case and remembers the answer. */
  check(access: CrmAccess, options: { priority: CrmPriority; timeoutMs?: number }): Promise<CrmIdentity>;
}

const REFUSED_MS = 60_000;
const REFUSALS: ReadonlySet<string> = new Set(["crm_unauthorized", "crm_forbidden"]);

export interface KnownIdentitiesDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly crm: Crm;
}

export function createKnownIdentities(deps: KnownIdentitiesDeps): KnownIdentities {
  const remembered = new Map<string, CrmIdentity>();
  // A refused key stays refused for a while: pages that open must not each wait to hear it again.
  const refused = new Map<string, { readonly error: GatewayError; readonly until: number }>();
  // One question at a time per key, shared by all who wait for it.
  const asking = new Map<string, Promise<CrmIdentity>>();

  const recall = async (access: CrmAccess): Promise<CrmIdentity | undefined> => {
    const known = remembered.get(access.id) ?? (await read(deps.db, access.id));
    if (known) remembered.set(access.id, known);
    return known;
  };
  const check: KnownIdentities["check"] = (access, options) => {
    const pending = asking.get(access.id) ?? ask(access, options).finally(() => asking.delete(access.id));
    asking.set(access.id, pending);
    return pending;
  };
  const ask = async (
    access: CrmAccess,
    options: { priority: CrmPriority; timeoutMs?: number },
  ): Promise<CrmIdentity> => {
    const identity = await deps.crm.identity({ access, ...options }).catch((error: unknown) => {
      if (error instanceof GatewayError && REFUSALS.has(error.code))
        refused.set(access.id, { error, until: deps.clock.now() + REFUSED_MS });
      throw error;
    });
    refused.delete(access.id);
    await store(deps.db, access.id, identity, deps.clock.now());
    remembered.set(access.id, identity);
    return identity;
  };
  return {
    recall,
    check,
    learn: async (access, options) => {
      const known = await recall(access);
      if (known) return known;
      const no = refused.get(access.id);
      if (no && deps.clock.now() < no.until) throw no.error;
      return check(access, options);
    },
  };
}

async function read(db: Db, accessId: string): Promise<CrmIdentity | undefined> {
  const row = await db
    .selectFrom("crm_identities")
    .selectAll()
    .where("access_id", "=", accessId)
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    accountId: row.account_id,
    accountDomain: row.account_domain,
    accountName: row.account_name,
    userId: row.user_id,
    userName: row.user_name,
    userEmail: row.user_email,
    role: row.role,
    isOwner: row.is_owner === null ? null : row.is_owner === 1,
    isAdmin: row.is_admin === null ? null : row.is_admin === 1,
  };
}

async function store(db: Db, accessId: string, identity: CrmIdentity, now: number): Promise<void> {
  const flag = (value: boolean | null): number | null => (value === null ? null : Number(value));
  const values = {
    account_id: identity.accountId,
    account_domain: identity.accountDomain,
    account_name: identity.accountName,
    user_id: identity.userId,
    user_name: identity.userName,
    user_email: identity.userEmail,
    role: identity.role,
    is_owner: flag(identity.isOwner),
    is_admin: flag(identity.isAdmin),
    checked_at: now,
  };
  await db
    .insertInto("crm_identities")
    .values({ access_id: accessId, ...values })
    .onConflict((conflict) => conflict.column("access_id").doUpdateSet(values))
    .execute();
}

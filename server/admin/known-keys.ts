// What is known of each Follow Up Boss key of a brokerage: whose it is, and whether it was accepted when it was last tried.
// From what was stored when it happened; nothing is asked here.

import { journalQuerySchema } from "../../shared/journal.schema.ts";
import { isoTime } from "../base/clock.ts";
import { followUpBossAccess } from "../crm/choose-access.ts";
import type { CrmAccess } from "../crm/crm.ts";
import type { CrmIdentityTable } from "../db/identity-tables.ts";
import type { AdminDeps } from "./admin-deps.ts";

export interface KnownKey {
  readonly access: CrmAccess;
  /** Whose it is; null while it was never accepted. */
  readonly identity: CrmIdentityTable | null;
  /** Null: never tried since it was entered. */
  readonly works: boolean | null;
  /** When it was last tried, ISO. */
  readonly at: string | null;
  /** Entry of the journal that says it was refused. */
  readonly seq: number | null;
  readonly sentence: string;
}

/** By owner: "tenant", or the agent's id. Owners without a key are missing. */
export type KnownKeys = ReadonlyMap<string, KnownKey>;

export const BROKERAGE = "tenant";

export async function knownKeys(deps: AdminDeps, slug: string): Promise<KnownKeys> {
  const owners = [BROKERAGE, ...(deps.settings.tenant(slug)?.users ?? []).map((user) => user.id)];
  const keys = owners.flatMap((owner) => {
    const actsWith = owner === BROKERAGE ? "tenant" : `user:${owner}`;
    const access = followUpBossAccess(deps.settings, slug, actsWith);
    return access ? [{ owner, access }] : [];
  });
  const identities = await identitiesOf(
    deps,
    keys.map(({ access }) => access.id),
  );
  const refusals = await refusalsOf(deps, slug);
  return new Map(
    keys.map(({ owner, access }) => {
      const since = deps.settings.current().secrets[secretOf(slug, owner)]?.set_at ?? "";
      const refused = refusals.get(owner);
      const valid = refused && refused.at >= since ? refused : undefined;
      return [owner, judge(access, identities.get(access.id) ?? null, valid)];
    }),
  );
}

const secretOf = (slug: string, owner: string): string =>
  owner === BROKERAGE ? `tenant/${slug}/fub_api_key` : `user/${slug}/${owner}/fub_api_key`;

interface Refusal {
  readonly at: string;
  readonly seq: number;
  readonly message: string;
}

function judge(access: CrmAccess, identity: CrmIdentityTable | null, refused: Refusal | undefined): KnownKey {
  const accepted = identity ? isoTime(identity.checked_at) : null;
  if (refused && (accepted === null || refused.at > accepted))
    return { access, identity, works: false, at: refused.at, seq: refused.seq, sentence: refused.message };
  if (identity === null)
    return { access, identity, works: null, at: null, seq: null, sentence: "Not tried yet." };
  const account = identity.account_name ?? identity.account_domain ?? identity.account_id;
  const who = identity.user_name ?? `user ${identity.user_id}`;
  const sentence = `Accepted by Follow Up Boss: the account ${account}, as ${who}.`;
  return { access, identity, works: true, at: accepted, seq: null, sentence };
}

const MOST_IDS = 500;

async function identitiesOf(
  { db }: AdminDeps,
  ids: readonly string[],
): Promise<Map<string, CrmIdentityTable>> {
  const found = new Map<string, CrmIdentityTable>();
  for (let from = 0; from < ids.length; from += MOST_IDS) {
    const rows = await db
      .selectFrom("crm_identities")
      .selectAll()
      .where("access_id", "in", ids.slice(from, from + MOST_IDS))
      .execute();
    for (const row of rows) found.set(row.access_id, row);
  }
  return found;
}

/** Newest by owner. */
async function refusalsOf(deps: AdminDeps, tenant: string): Promise<Map<string, Refusal>> {
  const entries = await deps.journal.query(
    journalQuerySchema.parse({ tenant, event: "key.refused", limit: 1000 }),
  );
  return new Map(entries.toReversed().map((entry) => [entry.user_id ?? BROKERAGE, entry]));
}

// Does the Follow Up Boss account of a context belong to the tenant? A signature only proves who holds a secret; without
// this, one brokerage's agent could open another's page by editing the address (design, "Tenant").

import type { TenantSettings } from "../../shared/settings.schema.ts";
import { GatewayError } from "../base/errors.ts";
import { chooseAccess } from "../crm/choose-access.ts";
import type { CrmAccess, CrmIdentity } from "../crm/crm.ts";
import type { EmbedDeps } from "./embed-deps.ts";

export interface AccountBinding {
  /** The brokerage's key acts in this account. */
  readonly tenantAccess: CrmAccess | null;
  /** Agents who may be meant: whose own key is of this account, or, in the brokerage's account, who have none elsewhere. */
  readonly candidates: readonly AgentCandidate[];
}

export interface AgentCandidate {
  readonly userId: string;
  /** The agent's own key where it is of this account. */
  readonly access: CrmAccess | null;
  /** Whom that key belongs to in the CRM. */
  readonly crmUserId: string | null;
}

export type BindResult =
  | { readonly binding: AccountBinding }
  | { readonly problem: "account_not_found" | "not_ready"; readonly why: string };

/** How long an open page waits for Follow Up Boss about keys never asked about: with a match at hand, and without. */
const LEARN_MATCHED_MS = 700;
const LEARN_UNMATCHED_MS = 4_000;

interface KeyOwner {
  readonly userId: string | null;
  readonly access: CrmAccess | null;
}

interface Asked extends KeyOwner {
  readonly owner: string;
  readonly identity: CrmIdentity | null;
  readonly error: GatewayError | null;
}

export async function bindAccount(
  deps: EmbedDeps,
  tenant: Readonly<TenantSettings>,
  account: { id: string; domain: string },
): Promise<BindResult> {
  const owners = keyOwners(deps, tenant);
  const vouches = vouching(tenant);
  const matched = await anyRemembered(deps, owners.filter(vouches), account);
  const timeoutMs = matched ? LEARN_MATCHED_MS : LEARN_UNMATCHED_MS;
  const asked = await Promise.all(owners.map((owner) => askOwner(deps, owner, timeoutMs)));
  const proofs = asked.filter(vouches);
  const here = proofs.filter((one) => one.identity !== null && isAccount(one.identity, account));
  if (here.length > 0) return { binding: toBinding(asked, account) };
  const unknown = proofs.filter((one) => one.error !== null);
  if (unknown.length > 0)
    return {
      problem: "not_ready",
      why: unknown.map((one) => `${one.owner}: ${one.error?.sentence ?? ""}`).join(" "),
    };
  if (proofs.every((one) => one.access === null)) return { problem: "not_ready", why: sayKeyless(tenant) };
  const notTheirs = tenant.track === "B" ? "belongs to none of the keys" : "is not the brokerage's";
  return {
    problem: "account_not_found",
    why: `The account ${account.domain} (${account.id}) ${notTheirs}.`,
  };
}

/** In Track A the account is the brokerage's, whatever keys its agents have; in Track B it may be an agent's own. */
const vouching =
  ({ track }: Readonly<TenantSettings>) =>
  ({ userId }: KeyOwner): boolean =>
    track === "B" || userId === null;

function sayKeyless({ track, users }: Readonly<TenantSettings>): string {
  if (track === "B" || users.length === 0) return "No Follow Up Boss API key is set for this brokerage.";
  return "No Follow Up Boss API key is set for this brokerage. In Track A the keys of agents do not stand for it.";
}

/** Everybody whose key may be of the account: the brokerage (null) and each agent. */
function keyOwners(deps: EmbedDeps, tenant: Readonly<TenantSettings>): KeyOwner[] {
  return [null, ...tenant.users.map((user) => user.id)].map((userId) => {
    const actsWith = userId === null ? "tenant" : `user:${userId}`;
    return { userId, access: chooseAccess(deps.settings, tenant.domain_name, actsWith) ?? null };
  });
}

/** Is the account one of those already known? Then one agent's unanswered key must not hold up the page. */
async function anyRemembered(
  deps: EmbedDeps,
  owners: readonly KeyOwner[],
  account: { id: string; domain: string },
): Promise<boolean> {
  for (const { access } of owners) {
    const identity = access && (await deps.identities.recall(access));
    if (identity && isAccount(identity, account)) return true;
  }
  return false;
}

async function askOwner(deps: EmbedDeps, { userId, access }: KeyOwner, timeoutMs: number): Promise<Asked> {
  const owner = userId === null ? "The brokerage's key" : `The key of ${userId}`;
  if (access === null) return { owner, userId, access, identity: null, error: null };
  try {
    const identity = await deps.identities.learn(access, { priority: "interactive", timeoutMs });
    return { owner, userId, access, identity, error: null };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return { owner, userId, access, identity: null, error };
  }
}

// The account's number is what FUB knows it by; its domain can be changed and counts only where no number is known.
function isAccount(identity: CrmIdentity, account: { id: string; domain: string }): boolean {
  if (identity.accountId !== "") return identity.accountId === account.id;
  return identity.accountDomain?.toLowerCase() === account.domain.toLowerCase();
}

function toBinding(asked: readonly Asked[], account: { id: string; domain: string }): AccountBinding {
  const isHere = (one: Asked): boolean => one.identity !== null && isAccount(one.identity, account);
  const brokerage = asked.find((one) => one.userId === null && isHere(one));
  const candidates = asked.flatMap((one): AgentCandidate[] => {
    if (one.userId === null) return [];
    if (isHere(one))
      return [{ userId: one.userId, access: one.access, crmUserId: one.identity?.userId ?? null }];
    const elsewhere = one.identity !== null;
    return brokerage && !elsewhere ? [{ userId: one.userId, access: null, crmUserId: null }] : [];
  });
  return { tenantAccess: brokerage?.access ?? null, candidates };
}

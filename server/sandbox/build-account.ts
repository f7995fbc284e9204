// Fills in what most tests and the demo do not care about. Used by the demo world and by tests.
import { createHash } from "node:crypto";
import { normalizePhone } from "./fub/normalize-phone.ts";
import type {
  SandboxAccount,
  SandboxEmail,
  SandboxPerson,
  SandboxPhone,
  SandboxUser,
} from "./sandbox-types.ts";

const EARLY = "2026-03-02T15:04:05Z";

/** An account with the given parts; empty lists for the rest. */
export function buildAccount(
  given: Pick<SandboxAccount, "id" | "domain"> & Partial<SandboxAccount>,
): SandboxAccount {
  const owner = given.users?.find((user) => user.isOwner);
  return {
    name: given.domain,
    owner: { name: owner?.name ?? "Olive Owner", email: owner?.email ?? `owner@${given.domain}.example` },
    users: [],
    people: [],
    smartLists: [],
    notes: [],
    calls: [],
    events: [],
    apps: [],
    expired: false,
    archivedSources: [],
    ...given,
  };
}

/** A user; an Agent with a key made from domain and id unless said otherwise. */
export function buildUser(
  domain: string,
  given: Pick<SandboxUser, "id" | "firstName" | "lastName"> & Partial<SandboxUser>,
): SandboxUser {
  return {
    name: `${given.firstName} ${given.lastName}`,
    email: `${given.firstName}@${domain}.example`.toLowerCase(),
    phone: "",
    role: "Agent",
    isOwner: false,
    isAdmin: false,
    apiKey: `fka_${fixedHex(`key ${domain} ${given.id}`, 36)}`,
    ...given,
  };
}

/** A person without phones or e-mails, assigned to user 1 unless said otherwise. */
export function buildPerson(
  given: Pick<SandboxPerson, "id" | "firstName" | "lastName"> & Partial<SandboxPerson>,
): SandboxPerson {
  return {
    created: EARLY,
    updated: EARLY,
    createdVia: "API",
    stage: "Lead",
    source: "Website",
    sourceUrl: "",
    contacted: 0,
    price: null,
    background: "",
    assignedUserId: 1,
    collaborators: [],
    tags: [],
    phones: [],
    emails: [],
    addresses: [],
    custom: {},
    trashed: false,
    claimed: true,
    reachableAt: 0,
    ...given,
  };
}

/** A phone as Follow Up Boss stores it; mobile, valid, primary unless said otherwise. */
export function buildPhone(value: string, given: Partial<SandboxPhone> = {}): SandboxPhone {
  return {
    value,
    type: "mobile",
    status: "Valid",
    isPrimary: 1,
    normalized: normalizePhone(value),
    isLandline: false,
    relationshipId: 0,
    ...given,
  };
}

export function buildEmail(value: string, given: Partial<SandboxEmail> = {}): SandboxEmail {
  return { value, type: "home", status: "Valid", isPrimary: 1, ...given };
}

/** The same hex text for the same seed: made-up keys and secrets that are stable between runs. */
export function fixedHex(seed: string, length: number): string {
  return createHash("sha256").update(`sandbox ${seed}`).digest("hex").slice(0, length);
}

// GET /identity and /users of the pretend Follow Up Boss. /me is not offered: it would answer the caller's own key.
import type { SandboxUser } from "../sandbox-types.ts";
import { badRequest, type FubReply, type FubRequest, notFound } from "./fub-reply.ts";
import { pageCollection } from "./page-collection.ts";

/** Which account and user a key belongs to (sample identity-live-shape). */
export function getIdentity({ caller: { account, user } }: FubRequest): FubReply {
  return {
    status: 200,
    body: {
      account: { id: account.id, domain: account.domain, name: account.name, owner: { ...account.owner } },
      user: {
        id: user.id,
        name: user.name,
        email: user.email,
        fuid: `fau_${account.id.toString(36)}${user.id.toString(36)}`,
        role: user.role,
        isOwner: user.isOwner,
        isAdmin: user.isAdmin,
        isLender: user.role === "Lender",
      },
    },
  };
}

/** Filters: role, name (exact), email; sort by id, name or created. */
export function listUsers(request: FubRequest): FubReply {
  const { query, caller } = request;
  const found = caller.account.users.filter(
    (user) =>
      (!query.role || user.role === query.role) &&
      (!query.name || user.name === query.name) &&
      (!query.email || user.email.toLowerCase() === query.email.toLowerCase()),
  );
  return pageCollection(request, {
    name: "users",
    path: "/users",
    items: sortUsers(found, query.sort),
    newestFirst: false,
    shape: (user) => shapeUser(user, query.fields),
  });
}

export function getUser({ caller, id, query }: FubRequest): FubReply {
  const user = caller.account.users.find((candidate) => candidate.id === id);
  if (!user) throw notFound();
  return { status: 200, body: shapeUser(user, query.fields) };
}

function sortUsers(users: SandboxUser[], sort = "id"): SandboxUser[] {
  const direction = sort.startsWith("-") ? -1 : 1;
  const name = sort.replace(/^-/, "");
  if (!["id", "name", "created"].includes(name)) throw badRequest("Invalid value for parameter: sort.");
  // Users are made in the order of their ids.
  return users.toSorted((a, b) => direction * (name === "name" ? a.name.localeCompare(b.name) : a.id - b.id));
}

/** Sample users-list-docs; `calling` only through `fields`, the key never. */
function shapeUser(user: SandboxUser, fields: string | undefined): Record<string, unknown> {
  const full: Record<string, unknown> = {
    id: user.id,
    created: "2025-05-05T22:55:19Z",
    updated: "2026-03-06T08:52:25Z",
    name: user.name,
    firstName: user.firstName,
    lastName: user.lastName,
    email: user.email,
    phone: user.phone,
    role: user.role,
    status: "Active",
    timezone: "America/Toronto",
    beta: false,
    picture: [],
    pauseLeadDistribution: false,
    canExport: user.isOwner,
    canCreateApiKeys: true,
    isOwner: user.isOwner,
    groups: [],
    teamIds: [],
    teamLeaderOf: [],
    leadEmailAddress: `${user.firstName}.${user.lastName}@followupboss.me`.toLowerCase(),
  };
  if (!fields) return full;
  const wanted = fields.split(",").map((field) => field.trim());
  const all = wanted.includes("allFields");
  const onRequest = { ...full, calling: { enabled: false } };
  return Object.fromEntries(
    Object.entries(onRequest).filter(([name]) => name === "id" || all || wanted.includes(name)),
  );
}

// The agents of a connected account: /users, with phone and e-mail. Also what proves that token and account are accepted.
import type { CrmIdentity, CrmUser } from "../crm.ts";
import { parseAnswer } from "../exchange-http.ts";
import { fetchPage, pageThrough } from "../page-through.ts";
import type { CrmCall } from "../start-time-limit.ts";
import type { RolloutClient } from "./client.ts";
import { pathId } from "./rollout-id.ts";
import { type RolloutUser, userSchema } from "./schemas.ts";

const USERS = { path: "/users", collection: "users", item: userSchema } as const;

/** Rollout does not tell whose account a credential is: the account is the credential itself, and there is no user. */
export async function fetchIdentity(client: RolloutClient, call: CrmCall): Promise<CrmIdentity> {
  await fetchPage(client, { ...USERS, query: { limit: "1" }, call }, undefined);
  return {
    accountId: call.access.key,
    accountDomain: null,
    accountName: null,
    userId: "",
    userName: null,
    userEmail: null,
    role: null,
    isOwner: null,
    isAdmin: null,
  };
}

/** Throws crm_not_found when the account has no such user. */
export async function fetchUser(client: RolloutClient, id: string, call: CrmCall): Promise<CrmUser> {
  const answer = await client.request({ method: "GET", path: `/users/${pathId(id)}`, call });
  return toCrmUser(parseAnswer(client, userSchema, answer));
}

export async function fetchUsers(client: RolloutClient, call: CrmCall): Promise<CrmUser[]> {
  const users: CrmUser[] = [];
  for await (const page of pageThrough(client, { ...USERS, call })) users.push(...page.map(toCrmUser));
  return users;
}

function toCrmUser({ id, firstName, lastName, email, phone, role }: RolloutUser): CrmUser {
  const name = [firstName, lastName].filter((part) => part !== null).join(" ");
  return { id, name: name || `User ${id}`, email, phone, role };
}

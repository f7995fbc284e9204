// The agents of an account: /users. Used to find out who opened an embedded app.
import type { CrmUser } from "../crm.ts";
import { parseAnswer } from "../exchange-http.ts";
import { pageThrough } from "../page-through.ts";
import type { CrmCall } from "../start-time-limit.ts";
import type { FubClient } from "./client.ts";
import { pathId } from "./fub-id.ts";
import { type FubUser, userSchema } from "./schemas.ts";

/** Throws crm_not_found when the key does not see this user. */
export async function fetchUser(client: FubClient, id: string, call: CrmCall): Promise<CrmUser> {
  const answer = await client.request({ method: "GET", path: `/users/${pathId(id)}`, call });
  return toCrmUser(parseAnswer(client, userSchema, answer));
}

/** Everybody who is not deleted. */
export async function fetchUsers(client: FubClient, call: CrmCall): Promise<CrmUser[]> {
  const users: CrmUser[] = [];
  const pages = pageThrough(client, { path: "/users", collection: "users", item: userSchema, call });
  for await (const page of pages) users.push(...page.map(toCrmUser));
  return users;
}

/** `phone` may be "" in FUB: null here. */
function toCrmUser({ id, name, firstName, lastName, email, phone, role }: FubUser): CrmUser {
  const parts = [firstName, lastName].filter((part) => part !== null);
  return { id, name: name ?? (parts.join(" ") || `User ${id}`), email, phone, role };
}

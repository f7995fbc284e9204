// Whose key is this? GET /identity: the connection test, and what ties a key to its account.
import type { CrmIdentity } from "../crm.ts";
import { type FubClient, parseAnswer } from "./client.ts";
import { identitySchema } from "./schemas.ts";
import type { FubCall } from "./start-time-limit.ts";

/** Role and rights are missing in some accounts: then they are null. Never GET /me, which answers the key itself. */
export async function fetchIdentity(client: FubClient, call: FubCall): Promise<CrmIdentity> {
  const answer = await client.request({ method: "GET", path: "/identity", call });
  const { account, user } = parseAnswer(identitySchema, answer);
  client.lanes.learnAccount(call.access.id, account.id);
  return {
    accountId: account.id,
    accountDomain: account.domain,
    accountName: account.name,
    userId: user.id,
    userName: user.name,
    userEmail: user.email,
    role: user.role,
    isOwner: user.isOwner,
    isAdmin: user.isAdmin,
  };
}

// Whose key is this? GET /identity: the connection test, and what ties a key to its account.
import type { CrmIdentity } from "../crm.ts";
import { parseAnswer } from "../exchange-http.ts";
import type { CrmCall } from "../start-time-limit.ts";
import type { FubClient } from "./client.ts";
import { identitySchema } from "./schemas.ts";

/** Role and rights are missing in some accounts: then they are null. Never GET /me, which answers the key itself. */
export async function fetchIdentity(client: FubClient, call: CrmCall): Promise<CrmIdentity> {
  const answer = await client.request({ method: "GET", path: "/identity", call });
  const { account, user } = parseAnswer(client, identitySchema, answer);
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

// Who opens the API: an account with its token, or with one of its keys. Asked by the router before anything else.
import { equalSecret } from "../../../base/hmac.ts";
import type { TwilioAccount } from "../twilio-types.ts";

/** What opened the account of the path; undefined: nothing did (20003). */
export function authenticateAccount(
  account: TwilioAccount | undefined,
  authorization: string | undefined,
): "token" | "key" | undefined {
  const encoded = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(authorization ?? "")?.[1];
  if (!account || encoded === undefined) return undefined;
  const [user = "", ...rest] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  const password = rest.join(":");
  if (user === account.sid) return equalSecret(password, account.authToken) ? "token" : undefined;
  const key = account.apiKeys.find(({ sid }) => sid === user);
  return key && equalSecret(password, key.secret) ? "key" : undefined;
}

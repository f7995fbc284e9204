// How Follow Up Boss signs what it tells an embedded app. Used by the CRM pages and by tests.
import { hmacHex } from "../base/hmac.ts";

/** JSON as base64 without padding; `-_` instead of `+/` unless the standard alphabet is asked for. */
export function encodeContext(context: unknown, alphabet: "url" | "standard" = "url"): string {
  const bytes = Buffer.from(JSON.stringify(context), "utf8");
  return alphabet === "url" ? bytes.toString("base64url") : bytes.toString("base64").replace(/=+$/, "");
}

/** Lower-case hex HMAC-SHA256 of the encoded context as it stands; the secret is used as text (vendor vector). */
export function signContext(context: string, secret: string): string {
  return hmacHex(secret, context);
}

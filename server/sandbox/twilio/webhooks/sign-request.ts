// X-Twilio-Signature as Twilio makes it, so that the official SDK's validateRequest accepts it. Used for all webhooks.
// Recipe: https://www.twilio.com/docs/usage/webhooks/webhooks-security
import { createHash, createHmac } from "node:crypto";
import type { TwilioSettings } from "../twilio-types.ts";

export type SignedPort = TwilioSettings["signedPort"];

/**
 * Base64 HMAC-SHA1 over the URL followed by all form fields, names in code unit order and the values of a repeated name once
 * each. `form` is empty for a GET and for JSON, whose digest is in the URL.
 */
export function signRequest(
  token: string,
  url: string,
  form: Iterable<readonly [string, string]>,
  port: SignedPort = "as_given",
): string {
  const values = new Map<string, Set<string>>();
  for (const [name, value] of form) values.set(name, (values.get(name) ?? new Set()).add(value));
  const fields = [...values.keys()]
    .sort()
    .map((name) => [...(values.get(name) ?? [])].sort().map((value) => name + value));
  return createHmac("sha1", token)
    .update(setPort(url, port) + fields.flat().join(""), "utf8")
    .digest("base64");
}

/** The URL with the digest of a JSON body, which the signature then covers. */
export function withBodyDigest(url: string, body: string): string {
  const digest = createHash("sha256").update(body, "utf8").digest("hex");
  return `${url}${url.includes("?") ? "&" : "?"}bodySHA256=${digest}`;
}

/** By text: parsing the URL would change how its characters are written. */
function setPort(url: string, port: SignedPort): string {
  const parts = /^(https?):\/\/([^/?#]*?)(:\d+)?([/?#].*)?$/i.exec(url);
  if (!parts || port === "as_given") return url;
  const [, scheme = "", host = "", given = "", rest = ""] = parts;
  const usual = scheme.toLowerCase() === "https" ? ":443" : ":80";
  return `${scheme}://${host}${port === "removed" ? "" : given || usual}${rest}`;
}

// Which mistake led to a signature that does not fit? Asked by verify-webhook after the delivery was refused: what is
// found here is for the inspector's reader and lets nothing pass.
import { equalSecret, hmacHex } from "../../base/hmac.ts";
import { respellJson } from "../respell-json.ts";

export type UnfitReason = "raw_body_variant" | "api_key" | "other_tenant" | "reencoded" | "mismatch";

/** Beyond this a body is not worth a dozen digests: FUB's are a few kB, and anybody can send a wrong signature. */
const EXPLAINED_BYTES = 64 * 1024;

/** How much is digested to look through other brokerages' keys: a few milliseconds, however many there are. */
const MOST_BYTES = 2 * 1024 * 1024;

/** `signature` is 64 lower-case hex digits that do not fit. Never throws. */
export function unfitReason(
  body: Buffer,
  signature: string,
  keys: {
    readonly systemKey: string;
    readonly otherKeys: readonly string[];
    readonly foreignKeys: readonly string[];
  },
): UnfitReason {
  if (body.length > EXPLAINED_BYTES) return "mismatch";
  const raw = (key: string, bytes: Buffer): string => hmacHex(key, bytes);
  const official = (key: string, bytes: Buffer): string => hmacHex(key, bytes.toString("base64"));
  const fits = (recipe: typeof raw, key: string, bytes: Buffer): boolean =>
    key !== "" && equalSecret(recipe(key, bytes), signature);
  if (fits(raw, keys.systemKey, body)) return "raw_body_variant";
  const fitsAnyhow = (key: string): boolean => fits(official, key, body) || fits(raw, key, body);
  if (keys.otherKeys.some(fitsAnyhow)) return "api_key";
  const spellings = respellJson(body);
  if (spellings.some((bytes) => fits(official, keys.systemKey, bytes) || fits(raw, keys.systemKey, bytes)))
    return "reencoded";
  const affordable = Math.floor(MOST_BYTES / Math.max(body.length, 1024));
  if (keys.foreignKeys.slice(0, affordable).some(fitsAnyhow)) return "other_tenant";
  return "mismatch";
}

// Which mistake led to a signature that does not fit? Asked by verify-webhook after the delivery was refused: what is
// found here is for the inspector's reader and lets nothing pass.
import { equalSecret, hmacHex } from "../../base/hmac.ts";

export type UnfitReason = "raw_body_variant" | "api_key" | "reencoded" | "mismatch";

/** Beyond this a body is not worth a dozen digests: FUB's are a few kB, and anybody can send a wrong signature. */
const EXPLAINED_BYTES = 64 * 1024;

/** `signature` is 64 lower-case hex digits that do not fit. Never throws. */
export function unfitReason(
  body: Buffer,
  signature: string,
  keys: { readonly systemKey: string; readonly otherKeys: readonly string[] },
): UnfitReason {
  if (body.length > EXPLAINED_BYTES) return "mismatch";
  const raw = (key: string, bytes: Buffer): string => hmacHex(key, bytes);
  const official = (key: string, bytes: Buffer): string => hmacHex(key, bytes.toString("base64"));
  const fits = (recipe: typeof raw, key: string, bytes: Buffer): boolean =>
    key !== "" && equalSecret(recipe(key, bytes), signature);
  if (fits(raw, keys.systemKey, body)) return "raw_body_variant";
  if (keys.otherKeys.some((key) => fits(official, key, body) || fits(raw, key, body))) return "api_key";
  const spellings = respellings(body);
  if (spellings.some((bytes) => fits(official, keys.systemKey, bytes) || fits(raw, keys.systemKey, bytes)))
    return "reencoded";
  return "mismatch";
}

/** The same JSON as other programs write it: slashes and letters beyond ASCII escaped or not, indented or not. */
function respellings(body: Buffer): Buffer[] {
  const text = body.toString("utf8");
  const compact = [text.trim(), ...reprinted(text)];
  const spelled = compact.flatMap((each) => [each, unescapeSlashes(each), escapeSlashes(each)]);
  const letters = spelled.flatMap((each) => [each, escapeLetters(each)]);
  return [...new Set(letters)].map((each) => Buffer.from(each)).filter((bytes) => !bytes.equals(body));
}

function reprinted(text: string): string[] {
  try {
    const value: unknown = JSON.parse(text);
    return [JSON.stringify(value), JSON.stringify(value, null, 2), JSON.stringify(value, null, 4)];
  } catch {
    return [];
  }
}

const unescapeSlashes = (json: string): string => json.replaceAll("\\/", "/");
const escapeSlashes = (json: string): string => unescapeSlashes(json).replaceAll("/", "\\/");

/** As PHP writes JSON unless told otherwise. */
const escapeLetters = (json: string): string =>
  json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

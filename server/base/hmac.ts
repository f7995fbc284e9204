// Keyed digests and comparisons that take the same time whatever they compare.
import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** Lower-case hex HMAC-SHA256 of `message` (bytes or UTF-8 text). */
export function hmacHex(key: string, message: string | Uint8Array): string {
  return createHmac("sha256", key).update(message).digest("hex");
}

/** Equal texts? Constant time for any lengths, never throws: both sides are digested first. */
export function equalSecret(left: string, right: string): boolean {
  return timingSafeEqual(sha256(left), sha256(right));
}

const sha256 = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Hex SHA-256, for fingerprints of content and keys. */
export function sha256Hex(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

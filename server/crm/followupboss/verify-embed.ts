// Did Follow Up Boss sign this embed address? Asked by the embed and campaign pages before anything is decoded.
import { equalSecret, hmacHex } from "../../base/hmac.ts";

export interface EmbedSecret {
  /** Where the secret is set, e.g. "account fub_embedded_app_secret": shown to support, never the secret. */
  readonly origin: string;
  readonly secret: string;
  /** A user's own secret vouches for that user only. */
  readonly userId?: string;
}

export type EmbedVerdict =
  | { readonly origin: string; readonly userId: string | null }
  | { readonly problem: "signature_malformed" | "signature_mismatch" | "no_secret" };

/**
 * Lower-case hex HMAC-SHA256 over the context string exactly as received, keyed with the app's secret (FUB docs:
 * embedded apps). `candidates` in order of preference; every one is tried, so the time tells nothing about which fits.
 */
export function verifyEmbed(signed: {
  readonly context: string;
  readonly signature: string;
  readonly candidates: readonly EmbedSecret[];
}): EmbedVerdict {
  // An empty secret would be everybody's.
  const candidates = signed.candidates.filter(({ secret }) => secret !== "");
  if (candidates.length === 0) return { problem: "no_secret" };
  if (!/^[0-9a-f]{64}$/.test(signed.signature)) return { problem: "signature_malformed" };
  const fits = candidates.map(({ secret }) => equalSecret(hmacHex(secret, signed.context), signed.signature));
  const found = candidates[fits.indexOf(true)];
  return found ? { origin: found.origin, userId: found.userId ?? null } : { problem: "signature_mismatch" };
}

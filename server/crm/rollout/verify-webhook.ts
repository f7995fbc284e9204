// Did Rollout sign these bytes? Asked for every delivery before anything is parsed. HMAC-SHA256 keyed with the client
// secret (or one set for webhooks), over the base64 text of the body exactly as it came; an older page of the same
// documentation says over the body itself, so that passes too. How the digest is written is not said: hex or base64.
import { equalSecret, hmacHex } from "../../base/hmac.ts";
import { respellJson } from "../respell-json.ts";

export interface RolloutSignedBody {
  /** The bytes as received, before any parsing. */
  readonly body: Buffer;
  /** The X-Rollout-Signature header. */
  readonly signature: string | undefined;
  /** Secrets one of which must have been used; empty ones never count. */
  readonly secrets: readonly string[];
}

export type RolloutVariant = "official" | "raw_body";
type Reason = "missing" | "malformed" | "mismatch" | "reencoded";

export type RolloutVerdict =
  | { readonly ok: true; readonly variant: RolloutVariant }
  | { readonly ok: false; readonly reason: Reason; readonly sentence: string };

const SENTENCES: Readonly<Record<Reason, string>> = {
  missing:
    "The delivery carries no X-Rollout-Signature. Rollout signs each of its deliveries, so this one comes from somewhere else, or something on the way removed the header.",
  malformed:
    "The X-Rollout-Signature does not have the form of one: it must be the 32 bytes of a digest, in hexadecimal or base64. Rollout did not send it like this.",
  reencoded:
    "The same data was signed, but written differently: something between the sender and the gateway reads the body and writes it anew. It has to be passed on byte by byte.",
  mismatch:
    "The signature fits neither the body nor any known mistake. Either ROLLOUT_CLIENT_SECRET (or ROLLOUT_WEBHOOK_SECRET) is not the secret Rollout signs with, or the delivery is not from Rollout.",
};

const RECIPES: Readonly<Record<RolloutVariant, (secret: string, body: Buffer) => string>> = {
  official: (secret, body) => hmacHex(secret, body.toString("base64")),
  raw_body: (secret, body) => hmacHex(secret, body),
};

/** Beyond this a body is not worth dozens of digests: Rollout's are small, and anybody can send a wrong signature. */
const EXPLAINED_BYTES = 64 * 1024;

/**
 * Which way of signing fits, without a look at what may be wrong where none does. Never throws; comparisons take the same
 * time whatever they compare.
 */
export function fittingRolloutVariant(signed: RolloutSignedBody): RolloutVariant | undefined {
  const digest = digestOf(signed.signature);
  return digest === undefined ? undefined : fittingDigest(signed.body, digest, signed.secrets);
}

/** As fittingRolloutVariant; a refusal names the mistake that most likely led to it. */
export function verifyRolloutWebhook(signed: RolloutSignedBody): RolloutVerdict {
  const { body, signature, secrets } = signed;
  if ((signature?.trim() ?? "") === "") return refused("missing");
  const digest = digestOf(signature);
  if (digest === undefined) return refused("malformed");
  const variant = fittingDigest(body, digest, secrets);
  if (variant) return { ok: true, variant };
  const isRespelled =
    body.length <= EXPLAINED_BYTES &&
    respellJson(body).some((bytes) => fittingDigest(bytes, digest, secrets));
  return refused(isRespelled ? "reencoded" : "mismatch");
}

function fittingDigest(body: Buffer, digest: string, secrets: readonly string[]): RolloutVariant | undefined {
  // An empty secret would be everybody's.
  const usable = secrets.filter((secret) => secret !== "");
  const fits = (variant: RolloutVariant): boolean =>
    usable.some((secret) => equalSecret(RECIPES[variant](secret, body), digest));
  if (fits("official")) return "official";
  return fits("raw_body") ? "raw_body" : undefined;
}

/** Lower-case hex, whichever way it is written; undefined when it is no digest of 32 bytes. */
function digestOf(signature: string | undefined): string | undefined {
  const text = (signature ?? "").trim().replace(/^sha256=/i, "");
  if (/^[0-9a-f]{64}$/i.test(text)) return text.toLowerCase();
  return /^[A-Za-z0-9+/]{43}=?$/.test(text) ? Buffer.from(text, "base64").toString("hex") : undefined;
}

const refused = (reason: Reason): RolloutVerdict => ({ ok: false, reason, sentence: SENTENCES[reason] });

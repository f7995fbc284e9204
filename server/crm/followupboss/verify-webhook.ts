// Did Follow Up Boss sign these bytes? Asked for every delivery before anything is parsed. Official recipe (FUB docs,
// webhooks): lower-case hex HMAC-SHA256, keyed with the system key, over the base64 text of the body exactly as it came.
import { equalSecret, hmacHex } from "../../base/hmac.ts";
import { type UnfitReason, unfitReason } from "./explain-signature.ts";

export interface SignedBody {
  /** The bytes as received, before any parsing. */
  readonly body: Buffer;
  /** The FUB-Signature header. */
  readonly signature: string | undefined;
  /** X-System-Key. */
  readonly systemKey: string;
  /** Accepts, besides, the variant some write-ups describe: the digest of the body itself with this secret. */
  readonly webhookSecret?: string;
  /** Keys that are mistaken for the system key, e.g. API keys: they explain a refusal and never pass. */
  readonly otherKeys?: readonly string[];
  /** Keys of other brokerages of this gateway: likewise. */
  readonly foreignKeys?: readonly string[];
}

export type WebhookVerdict =
  | { readonly ok: true; readonly variant: "official" | "raw_body" }
  | { readonly ok: false; readonly reason: UnfitReason | "missing" | "malformed"; readonly sentence: string };

type Reason = Extract<WebhookVerdict, { ok: false }>["reason"];

const SENTENCES: Readonly<Record<Reason, string>> = {
  missing:
    "The delivery carries no FUB-Signature. Follow Up Boss signs each of its deliveries, so this one comes from somewhere else, or something on the way removed the header.",
  malformed:
    "The FUB-Signature does not have the form of one: it must be 64 hexadecimal digits. Follow Up Boss did not send it like this.",
  raw_body_variant:
    "The signature was made over the body itself instead of the body's base64 text. Follow Up Boss does not sign like this. If a sender of yours does, set a webhook_secret for the brokerage.",
  api_key:
    "The signature was made with another key of this brokerage, for example an API key, instead of the system key.",
  other_tenant:
    "The signature was made with a key of another brokerage on this gateway, instead of the system key. Whoever sends it has mixed up two brokerages: the address, or the key.",
  reencoded:
    "The same data was signed, but written differently: something between the sender and the gateway reads the body and writes it anew. It has to be passed on byte by byte.",
  mismatch:
    "The signature fits neither the body nor any known mistake. Either FUB_SYSTEM_KEY is not the key of the system that registered the webhook, or the delivery is not from Follow Up Boss.",
};

/**
 * Which way of signing fits, without a look at what may be wrong where none does. Never throws; comparisons take the same
 * time whatever they compare. Capitals, blanks around the signature and a `sha256=` before it are tolerated.
 */
export function fittingVariant(signed: SignedBody): "official" | "raw_body" | undefined {
  const { body, systemKey, webhookSecret } = signed;
  const signature = plainSignature(signed);
  // An empty key would be everybody's.
  if (systemKey !== "" && equalSecret(hmacHex(systemKey, body.toString("base64")), signature))
    return "official";
  return webhookSecret && equalSecret(hmacHex(webhookSecret, body), signature) ? "raw_body" : undefined;
}

const plainSignature = ({ signature }: SignedBody): string =>
  (signature ?? "")
    .trim()
    .toLowerCase()
    .replace(/^sha256=/, "");

/** As fittingVariant; a refusal names the mistake that most likely led to it. */
export function verifyWebhook(signed: SignedBody): WebhookVerdict {
  if ((signed.signature?.trim() ?? "") === "") return refused("missing");
  const signature = plainSignature(signed);
  if (!/^[0-9a-f]{64}$/.test(signature)) return refused("malformed");
  const variant = fittingVariant(signed);
  if (variant) return { ok: true, variant };
  const { body, systemKey, otherKeys = [], foreignKeys = [] } = signed;
  return refused(unfitReason(body, signature, { systemKey, otherKeys, foreignKeys }));
}

const refused = (reason: Reason): WebhookVerdict => ({ ok: false, reason, sentence: SENTENCES[reason] });

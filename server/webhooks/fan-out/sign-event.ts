// Signatures of forwarded events as Standard Webhooks has them (standardwebhooks.com, specification 1.0). Pure.
import { createHmac } from "node:crypto";

const PREFIX = "whsec_";

export interface EventToSign {
  /** `webhook-id`: the same at every try. */
  readonly id: string;
  /** Epoch seconds of this try. */
  readonly timestamp: number;
  readonly body: string;
}

/** `v1,<base64>` for each secret (`whsec_<base64>`), the newest first, separated by blanks. */
export function signEvent({ id, timestamp, body }: EventToSign, secrets: readonly string[]): string {
  const content = `${id}.${timestamp}.${body}`;
  return secrets
    .map((secret) => `v1,${createHmac("sha256", keyOf(secret)).update(content).digest("base64")}`)
    .join(" ");
}

const keyOf = (secret: string): Buffer =>
  Buffer.from(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret, "base64");

/** The text form of 24 to 64 random bytes. */
export const secretText = (bytes: Buffer): string => `${PREFIX}${bytes.toString("base64")}`;

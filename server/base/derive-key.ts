// From a passphrase to a key of so many bytes: scrypt (RFC 7914) at the cost that what was sealed says itself.
import { scrypt } from "node:crypto";

export interface KeyCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
  /** Base64. */
  readonly salt: string;
}

/** Rejects with Node's own error for a cost that scrypt does not take. */
export function deriveKey(passphrase: string, { N, r, p, salt }: KeyCost, bytes: number): Promise<Buffer> {
  const cost = { N, r, p, maxmem: 256 * N * r };
  return new Promise((resolve, reject) => {
    scrypt(passphrase, Buffer.from(salt, "base64"), bytes, cost, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

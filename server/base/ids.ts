// Ids: sortable by time, unguessable, with a prefix that says what they name.
import { randomBytes } from "node:crypto";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

function encode(value: bigint, length: number): string {
  let left = value;
  let out = "";
  for (let i = 0; i < length; i++) {
    out = (ALPHABET[Number(left & 31n)] ?? "0") + out;
    left >>= 5n;
  }
  return out;
}

/**
 * `<prefix>_<10 chars time><16 chars random>`: 48 bits of milliseconds, then 80 random bits (the ULID layout).
 * Lower case, so ids survive URLs and case-folding.
 */
export function newId(prefix: string, now: number): string {
  const random = BigInt(`0x${randomBytes(10).toString("hex")}`);
  return `${prefix}_${encode(BigInt(now), 10)}${encode(random, 16)}`;
}

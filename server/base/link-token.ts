// Unguessable marks in addresses that lead to one outreach: a chat link, an unsubscribe link, a carrier's callback. Each
// purpose has marks of its own, so that one cannot be used for another.
import { createHmac } from "node:crypto";
import { equalSecret } from "./hmac.ts";

export interface LinkTokens {
  /** 128 bits in hexadecimal, so that no program takes its end for punctuation; the same for the same subject. */
  mark(purpose: string, subject: string): string;
  /** Constant time. */
  fits(purpose: string, subject: string, mark: string): boolean;
}

/** `key`: the gateway's own, kept in the vault, so that links live on after a restart. */
export function createLinkTokens(key: string): LinkTokens {
  const mark = (purpose: string, subject: string): string =>
    createHmac("sha256", key).update(`${purpose}\n${subject}`).digest().subarray(0, 16).toString("hex");
  return { mark, fits: (purpose, subject, given) => equalSecret(mark(purpose, subject), given) };
}

/** `<subject>.<mark>` as it stands in an address. */
export const linkToken = (tokens: LinkTokens, purpose: string, subject: string): string =>
  `${subject}.${tokens.mark(purpose, subject)}`;

/** The subject of a token that is genuine, else undefined. */
export function readLinkToken(tokens: LinkTokens, purpose: string, token: string): string | undefined {
  const at = token.lastIndexOf(".");
  if (at < 1 || token.length > 200) return undefined;
  const subject = token.slice(0, at);
  return tokens.fits(purpose, subject, token.slice(at + 1)) ? subject : undefined;
}

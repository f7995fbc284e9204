// Parts of e-mail addresses and texts that are safe in a header. Used by everything that writes or reads e-mail.
import { domainToASCII } from "node:url";

// Control characters, line and paragraph separators, and marks that turn the direction of what follows.
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** One line without control characters, at most `most` characters: what may stand in a header. */
export function oneLine(text: string, most = 200): string {
  const line = text.toWellFormed().replace(UNSAFE, " ").replace(/ {2,}/g, " ").trim();
  return [...line].slice(0, most).join("").trim();
}

/** The domain in the form of the wire; empty when there is none. */
export const domainOf = (address: string): string =>
  domainToASCII(address.slice(address.lastIndexOf("@") + 1));

export const localPartOf = (address: string): string =>
  address.slice(0, Math.max(0, address.lastIndexOf("@")));

/** For comparing: lower case, domain in the form of the wire, no blanks around. */
export function normalAddress(address: string): string {
  const text = address.trim().toLowerCase();
  const at = text.lastIndexOf("@");
  return at < 0 ? text : `${text.slice(0, at)}@${domainOf(text) || text.slice(at + 1)}`;
}

const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,63}$/;

/** Can an e-mail be addressed to it at all? Whether anybody is there is for the mail server to say. */
export function isAddressable(address: string): boolean {
  const local = localPartOf(address);
  return (
    local !== "" &&
    local.length <= 64 &&
    address.length <= 254 &&
    !/[\s<>\p{Cc}]/u.test(address) &&
    DOMAIN.test(domainOf(address))
  );
}

const LONGEST_LOCAL_PART = 64;

/** `name+mark@domain`; the address as it is where that would be too long or its name is quoted. */
export function markedAddress(address: string, mark: string): string {
  const local = `${localPartOf(address)}+${mark}`;
  if (local.startsWith('"') || local.length > LONGEST_LOCAL_PART) return address;
  return `${local}@${address.slice(address.lastIndexOf("@") + 1)}`;
}

/** What stands between the last + and the @; null when there is no +. */
export function markOf(address: string): string | null {
  const local = localPartOf(address);
  const plus = local.lastIndexOf("+");
  return plus < 0 ? null : local.slice(plus + 1);
}

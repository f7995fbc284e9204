// One spelling of a number or address, under which wishes about it are kept and found. Called by the stores of this room.
import { toE164 } from "../base/phone-numbers.ts";

const ADDRESS = /^[^\s@<>(),;:"[\]]+@[^\s@<>(),;:"[\]]+\.[^\s@<>(),;:"[\]]{2,}$/;
const LONGEST_ADDRESS = 254;

/** E.164, or the address in small letters; undefined when it is neither. */
export function contactKey(text: string): string | undefined {
  const trimmed = text.trim();
  if (!isAddress(trimmed)) return toE164(trimmed);
  return ADDRESS.test(trimmed) && trimmed.length <= LONGEST_ADDRESS ? trimmed.toLowerCase() : undefined;
}

export const isAddress = (contact: string): boolean => contact.includes("@");

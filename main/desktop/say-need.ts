// What waits for a person, as a notification says it. It may show on a locked screen: no whole phone number or address, and
// nothing that could be a key.
import type { Glance } from "../../server/index.ts";

type Need = Glance["needs"][number];

const LONGEST = 180;
const ADDRESS = /[^\s@<>()"“”]+@[^\s@<>()"“”]+\.[^\s@<>()"“”.,;:!?]+/g;
const KEY = /\b(?=[A-Za-z0-9_-]*\d)(?=[A-Za-z0-9_-]*[A-Za-z])[A-Za-z0-9_-]{20,}\b/g;
/** Seven digits or more, however they are grouped. */
const NUMBER = /\+?\(?\d(?:[\s().\-–/]{0,2}\d){6,}/g;

/** Numbers keep their last two digits, so that the person at the computer knows which. */
export function maskText(text: string): string {
  const masked = text
    .replace(ADDRESS, "an e-mail address")
    .replace(KEY, "…")
    .replace(NUMBER, (number) => `a number ending in ${number.replace(/\D/g, "").slice(-2)}`);
  return masked.length <= LONGEST ? masked : `${masked.slice(0, LONGEST - 1).trimEnd()}…`;
}

export interface NeedText {
  readonly title: string;
  readonly body: string;
  /** Route of the console where it is dealt with. */
  readonly to: string;
}

/** One need in its own words, several as a count that leads to Home. */
export function sayNeeds(needs: readonly Need[]): NeedText | null {
  const [first] = needs;
  if (first === undefined) return null;
  if (needs.length > 1)
    return { title: `${needs.length} things need you`, body: maskText(first.sentence), to: "/" };
  const title = first.severity === "error" ? "Something needs you" : "Please have a look";
  return { title, body: maskText(first.sentence), to: first.action?.to ?? "/" };
}

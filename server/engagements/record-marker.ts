// The mark by which a record in the CRM is known again, also by another copy of this gateway that goes on from a backup: it
// tells the outreach. A call, and the first of an outreach's notes, is the same record on both; later ones are not.
import { randomBytes } from "node:crypto";

const ID = "[0-9a-z]{26}";
const MARKER = new RegExp(`\\bRef (act_(?:[0-9a-f]{8}\\.)?${ID})`, "g");

/** `first`: the outreach has no other record yet. */
export function recordMarker(engagementId: string, first: boolean): string {
  const outreach = engagementId.slice(engagementId.indexOf("_") + 1);
  return first ? `act_${outreach}` : `act_${randomBytes(4).toString("hex")}.${outreach}`;
}

/** Every mark in a record's text. */
export const readMarkers = (text: string): string[] =>
  [...text.matchAll(MARKER)].flatMap(([, marker]) => (marker === undefined ? [] : [marker]));

/** The outreach a mark is of; marks of earlier versions name one that never was. */
export const outreachOfMarker = (marker: string): string =>
  `eng_${marker.slice(marker.lastIndexOf(marker.includes(".") ? "." : "_") + 1)}`;

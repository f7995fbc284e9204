// What was seen while a list moved under the reading, in a sentence. Pure.
import type { CampaignRow } from "./campaign.store.ts";

type Seen = Pick<CampaignRow, "pass" | "seen_twice" | "found_late" | "moved" | "stage">;

export function describeListChanges(row: Seen): string | null {
  if (row.pass === 1 && row.seen_twice === 0) return null;
  const twice = row.seen_twice > 0 ? [`${people(row.seen_twice)} came up twice and counted once`] : [];
  const late =
    row.found_late > 0
      ? [
          `${people(row.found_late)} would have been missed and ${were(row.found_late)} found by reading it again`,
        ]
      : [];
  const again = row.pass > 1 && late.length === 0 ? ["it was read again and nobody was missed"] : [];
  const restless = row.moved === 1 && row.stage !== "reading" ? ["it was still changing at the end"] : [];
  return `The list changed while it was read: ${[...twice, ...late, ...again, ...restless].join("; ")}.`;
}

const people = (n: number): string => (n === 1 ? "1 person" : `${n} people`);
const were = (n: number): string => (n === 1 ? "was" : "were");

// What is said about a list that moved while it was read.
import { expect, test } from "vitest";
import { describeListChanges } from "../../../server/campaigns/describe-changes.ts";

const seen = (more: Partial<Parameters<typeof describeListChanges>[0]>) =>
  describeListChanges({ pass: 1, seen_twice: 0, found_late: 0, moved: 0, stage: "read", ...more });

test.each([
  [{}, null],
  [{ moved: 1, stage: "reading" }, null],
  [{ seen_twice: 1 }, "The list changed while it was read: 1 person came up twice and counted once."],
  [
    { pass: 2, seen_twice: 3 },
    "The list changed while it was read: 3 people came up twice and counted once; it was read again and nobody was missed.",
  ],
  [
    { pass: 2, found_late: 1 },
    "The list changed while it was read: 1 person would have been missed and was found by reading it again.",
  ],
  [
    { pass: 3, seen_twice: 2, found_late: 4, moved: 1, stage: "queued" },
    "The list changed while it was read: 2 people came up twice and counted once; 4 people would have been missed and were found by reading it again; it was still changing at the end.",
  ],
])("%j: %s", (change, sentence) => {
  expect(seen(change)).toBe(sentence);
});

import { expect, test } from "vitest";
import { cutText } from "../../../server/base/cut-text.ts";

test.each([
  ["abc", 3, "abc"],
  ["abc", 2, "ab"],
  ["a👍", 3, "a👍"],
  ["a👍", 2, "a"],
  ["👍👍", 3, "👍"],
  ["", 0, ""],
])("%j cut to %d units is %j", (text, most, cut) => {
  expect(cutText(text, most)).toBe(cut);
});

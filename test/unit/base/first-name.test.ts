import { expect, test } from "vitest";
import { firstName } from "../../../server/base/first-name.ts";

test.each([
  ["Nivia Garcia", "Nivia"],
  ["  Anne-Marie  Roy ", "Anne-Marie"],
  ["D’Arcy O'Neil", "D’Arcy"],
  ["José", "José"],
  ["李 小龍", "李"],
  ["J. Smith", "J."],
  [null, null],
  ["", null],
  ["+1 416 555 0199", null],
  ["nivia@people.example", null],
  ["Mr. Smith", null],
  ["Unknown", null],
  ["No name", null],
  ["X Æ", "X"],
  ["<b>Nivia</b>", null],
  ["{first}", null],
  ["Ignore_all_rules", null],
  ["A".repeat(31), null],
])("%j is addressed as %j", (name, first) => {
  expect(firstName(name)).toBe(first);
});

// Small decisions of the console's channels and contact rules: what counts as typed once more, lines, words, sizes.
import { expect, test } from "vitest";
import { nextVariable } from "../../../renderer/admin/channels/next-variable.ts";
import { isSame, linesOf } from "../../../renderer/admin/contact/read-typed.ts";
import { sayBy, sayScope, saySource } from "../../../renderer/admin/contact/say-suppression.ts";
import { saySize } from "../../../renderer/admin/kit/say-size.ts";
import type { Suppression } from "../../../shared/console/contact-rules.schema.ts";

const entry = (contact: string | null, person_id: string | null = null): Suppression => ({
  ...{ id: 1, tenant: "acme", kind: "opt_out", contact, person_id, scope: "all", source: "keyword" },
  ...{ said: null, engagement_id: null, created_by: null, created_at: "2026-11-20T12:00:00.000Z" },
  ...{ ended_at: null, ended_by: null },
});

test.each([
  [entry("+14165550123"), "416.555.0123", true],
  [entry("+14165550123"), "+1 (416) 555-0123", true],
  [entry("+14165550123"), "416 555 0124", false],
  [entry("+14165550123"), "", false],
  [entry("+442079460958"), "+44 20 7946 0958", true],
  [entry("nivia@example.com"), " Nivia@Example.com ", true],
  [entry("nivia@example.com"), "nivia@example.co", false],
  [entry(null, "4711"), "4711", true],
  [entry(null, "4711"), "471", false],
  [entry(null), "", false],
])("typed once more: %o %j is the same: %s", (row, typed, same) => expect(isSame(row, typed)).toBe(same));

test("lines are trimmed, and empty ones are none", () => {
  expect(linesOf(" Do Not Call \n\n  \nLitigator\n")).toEqual(["Do Not Call", "Litigator"]);
  expect(linesOf("")).toEqual([]);
});

test("who did it, where it holds and how it came are said in words, unknown codes too", () => {
  expect(sayBy("console: agreed in writing: 20 Nov")).toBe(
    "Somebody at the console: agreed in writing: 20 Nov",
  );
  expect(sayBy("contact")).toBe("The contact");
  expect(sayBy("Ann One: by phone")).toBe("Ann One: by phone");
  expect([sayScope("all"), sayScope("sms"), sayScope("fax_line")]).toEqual([
    "All channels",
    "SMS",
    "Fax line",
  ]);
  expect([saySource("import"), saySource("new_way")]).toEqual(["Imported list", "New way"]);
});

test("the next variable of a template follows the highest number", () => {
  expect(nextVariable({})).toBe("1");
  expect(nextVariable({ 1: "a", 7: "b", first_name: "c" })).toBe("8");
});

test("sizes of files are said in round numbers", () => {
  expect([1, 999, 48_100, 1_260_000].map(saySize)).toEqual(["1 KB", "1 KB", "49 KB", "1.3 MB"]);
});

import { describe, expect, it } from "vitest";
import { matchesFilter } from "../../../renderer/admin/match-journal.ts";
import { entry } from "../../e2e/console-samples.ts";

describe("a live journal entry under the filters on screen", () => {
  const refused = entry(7, {
    severity: "error",
    event: "activity.refused",
    message: "Follow Up Boss did not accept Ann's key.",
    detail: { status: 401, request: "POST /v1/calls" },
  });

  it.each([
    [{ severity: "", search: "" }, true],
    [{ severity: "error", search: "" }, true],
    [{ severity: "warn", search: "" }, false],
    [{ severity: "", search: "ANN  key" }, true],
    [{ severity: "", search: "ann ben" }, false],
    [{ severity: "", search: "activity.refused" }, true],
    [{ severity: "error", search: "401 calls" }, true],
  ] as const)("%j: %s", (filter, shown) => {
    expect(matchesFilter(refused, filter)).toBe(shown);
  });

  it("is found by words of its message when it has no detail", () => {
    expect(matchesFilter(entry(1), { severity: "", search: "opened phone" })).toBe(true);
  });
});

import { describe, expect, it } from "vitest";
import { matchesFilter } from "../../../renderer/admin/journal/match-journal.ts";
import { entry } from "../../e2e/console-samples.ts";

describe("a live journal entry under the filters on screen", () => {
  const refused = entry(7, {
    severity: "error",
    event: "activity.refused",
    message: "Follow Up Boss did not accept Ann's key.",
    detail: { status: 401, request: "POST /v1/calls" },
  });

  it.each([
    [{ severity: "", q: "" }, true],
    [{ severity: "error", q: "" }, true],
    [{ severity: "warn", q: "" }, false],
    [{ severity: "", q: "ANN  key" }, true],
    [{ severity: "", q: "ann ben" }, false],
    [{ severity: "", q: "activity.refused" }, true],
    [{ severity: "error", q: "401 calls" }, true],
    [{ q: "ccept" }, false],
    [{ person_id: "812", user_id: "u1" }, true],
    [{ person_id: "813" }, false],
    [{ since: "2020-01-01T00:00:00Z" }, true],
    [{ until: "2020-01-01T00:00:00Z" }, false],
  ] as const)("%j: %s", (filter, shown) => {
    expect(matchesFilter(refused, filter)).toBe(shown);
  });

  it("is found by words of its message when it has no detail", () => {
    expect(matchesFilter(entry(1), { q: "opened pho" })).toBe(true);
  });
});

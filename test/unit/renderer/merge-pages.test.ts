// A list that grows at its top while somebody reads: nothing is shown twice, nothing is lost, nothing moves while held.
import fc from "fast-check";
import { expect, it } from "vitest";
import { mergePages } from "../../../renderer/admin/kit/use-paged-list.ts";

const down = (from: number, to: number, word = "old") =>
  Array.from({ length: Math.max(0, from - to + 1) }, (_, index) => ({ id: from - index, word }));

it("shows each row once, newest first, with the newest words", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 20 }), (size, more) => {
      const { rows, newer } = mergePages(
        down(size + more, Math.max(1, size - 9), "new"),
        down(size, 1),
        false,
      );
      expect(newer).toBe(0);
      expect(rows.map(({ id }) => id)).toEqual(down(size + more, 1).map(({ id }) => id));
      expect(rows.slice(0, more).every(({ word }) => word === "new")).toBe(true);
    }),
  );
});

it("while held, the rows stay and the new ones are counted", () => {
  const { rows, newer } = mergePages(down(112, 63, "new"), down(100, 1), true);
  expect(newer).toBe(12);
  expect(rows.map(({ id }) => id)).toEqual(down(100, 1).map(({ id }) => id));
  expect(rows[0]).toEqual({ id: 100, word: "new" });
  expect(rows[99]).toEqual({ id: 1, word: "old" });
});

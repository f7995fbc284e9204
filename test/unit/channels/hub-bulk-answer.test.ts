import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GatewayError } from "../../../server/base/errors.ts";
import { readBulkAnswer } from "../../../server/channels/hub/read-bulk-answer.ts";

const answer = (more: object) => ({ success: true, batch_id: "b-1", ...more });
const refusedBy = (errors: unknown[], rows = 9) =>
  readBulkAnswer(answer({ queued_calls: 1, errors }), rows).refused;

describe("what the Hub says to a batch", () => {
  it("is read as published: batch, counts, and the rows it names, from 1", () => {
    const body = answer({
      queued_calls: 3,
      skipped_calls: 1,
      errors: ["Row 3: skipped — duplicate customer"],
      message: "Batch created with 3 calls. Processing will start shortly.",
    });
    expect(readBulkAnswer(body, 4)).toEqual({
      batchReference: "b-1",
      refused: [{ index: 2, sentence: "The Aventora Hub left this person out: duplicate customer." }],
      queued: 3,
    });
  });

  it.each<[string, number[]]>([
    ["Row 1: no phone", [0]],
    ["row 2 - no phone", [1]],
    ["Row #4 skipped", [3]],
    ["ROW 5", [4]],
    ["Line 6: bad", [5]],
    ["Rows 2, 3 and 7: duplicate customers", [1, 2, 6]],
    ["Rows 2-4: duplicate customers", [1, 2, 3]],
    ["Row 10: not one of ours", []],
    ["Row 0: nobody counts from 0", []],
    ["2 rows skipped", []],
    ["duplicate customer", []],
    ["+1 416 555 0101 is a duplicate", []],
  ])("names rows in free text: %s", (text, indexes) => {
    expect(refusedBy([text]).map(({ index }) => index)).toEqual(indexes);
  });

  it("names a row once, and what is no text is passed over", () => {
    expect(refusedBy(["Row 2: first", "Row 2: second", { row: 3 }, null, 4])).toEqual([
      { index: 1, sentence: "The Aventora Hub left this person out: first." },
    ]);
  });

  it("keeps the Hub's count even where it does not agree with the rows it names", () => {
    expect(readBulkAnswer(answer({ queued_calls: 2, errors: ["Row 1: x"] }), 9)).toMatchObject({ queued: 2 });
    expect(readBulkAnswer(answer({ queued_calls: "8", errors: null }), 9)).toMatchObject({ queued: 8 });
    expect(readBulkAnswer(answer({ errors: ["Row 1: x"] }), 9)).toMatchObject({ queued: 8 });
  });

  it.each<[unknown, string]>([
    [{ success: false, errors: ["Account is paused"] }, "provider_refused"],
    [{ success: true, queued_calls: 3 }, "provider_fate_unknown"],
    [{ success: true, batch_id: "" }, "provider_fate_unknown"],
    [[], "provider_fate_unknown"],
    [null, "provider_fate_unknown"],
  ])("%j is no batch", (body, code) => {
    expect(() => readBulkAnswer(body, 3)).toThrow(
      expect.toSatisfy((error) => error instanceof GatewayError && error.code === code),
    );
  });

  it("never names a row that was not sent, nor one twice, whatever the texts say", () => {
    const number = fc.integer({ min: 0, max: 99_999 });
    const text = fc.oneof(
      fc.string(),
      fc.tuple(number, fc.string()).map(([row, words]) => `Row ${row}: ${words}`),
      fc.tuple(number, number).map(([from, to]) => `Rows ${from}-${to}: no`),
    );
    fc.assert(
      fc.property(fc.array(text), fc.integer({ min: 1, max: 1000 }), (errors, rows) => {
        const indexes = refusedBy(errors, rows).map(({ index }) => index);
        expect(new Set(indexes).size).toBe(indexes.length);
        expect(indexes.every((index) => index >= 0 && index < rows)).toBe(true);
      }),
    );
  });
});

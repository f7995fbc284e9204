// The times people and their programs write.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseWrittenTime } from "../../../server/base/parse-written-time.ts";

const local = (...parts: [number, number, number, number, number, number?]): number => {
  const [year, month, ...rest] = parts;
  return new Date(year, month - 1, ...(rest as [number, number, number])).getTime();
};

describe("a written time", () => {
  test.each([
    ["2026-05-31T14:30:00-04:00", Date.UTC(2026, 4, 31, 18, 30)],
    ["2026-05-31T14:30:00Z", Date.UTC(2026, 4, 31, 14, 30)],
    ["2026-05-31T14:30Z", Date.UTC(2026, 4, 31, 14, 30)],
    ["2026-05-31T14:30:00.250Z", Date.UTC(2026, 4, 31, 14, 30, 0, 250)],
    ["2026-05-31T14:30:00+0530", Date.UTC(2026, 4, 31, 9, 0)],
    ["2026-05-31T14:30", local(2026, 5, 31, 14, 30)],
    ["2026-05-31 14:30", local(2026, 5, 31, 14, 30)],
    ["2026-5-3 9:05", local(2026, 5, 3, 9, 5)],
    ["2026-05-31 14:30:15", local(2026, 5, 31, 14, 30, 15)],
    ["5/31/2026 2:30 PM", local(2026, 5, 31, 14, 30)],
    ["5/31/2026, 2:30pm", local(2026, 5, 31, 14, 30)],
    ["05/31/2026 14:30", local(2026, 5, 31, 14, 30)],
    ["5/31/2026 12:00 AM", local(2026, 5, 31, 0, 0)],
    ["5/31/2026 12:15 PM", local(2026, 5, 31, 12, 15)],
    ["2/29/2028 8:00 AM", local(2028, 2, 29, 8, 0)],
  ])("%s", (text, at) => {
    expect(parseWrittenTime(text)).toBe(at);
  });

  test("none is none", () => {
    expect(parseWrittenTime(undefined)).toBeUndefined();
  });

  test.each([
    "tomorrow",
    "14:30",
    "2026-05-31",
    "31/5/2026 14:30",
    "2026-13-01 10:00",
    "2026-06-31 10:00",
    "2026-06-31T10:00:00Z",
    "2027-02-29T10:00:00-05:00",
    "2/29/2027 8:00 AM",
    "2026-05-31 24:30",
    "2026-05-31 14:60",
    "2026-05-31 14:30:75",
    "5/31/2026 13:30 PM",
    "5/31/2026 0:30 AM",
    "5/31/26 2:30 PM",
    "2026-05-31T14:30:00+99:00",
    "2026-05-31 14:30 Uhr",
    "1780000000000",
    "0000-00-00 00:00",
  ])("%s is not one, and is refused by name", (text) => {
    expect(() => parseWrittenTime(text)).toThrowError(
      expect.objectContaining({
        code: "invalid_request",
        sentence: expect.stringMatching(/^scheduled_time: /),
      }),
    );
  });

  test("any moment written as ISO 8601 is read back to the millisecond", () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true }), (date) => {
        expect(parseWrittenTime(date.toISOString())).toBe(date.getTime());
      }),
    );
  });

  test("no text makes it fail otherwise", () => {
    const pieces = fc.constantFrom(..."0123456789", "2026-", "T", " ", ":", "-", "/", "Z", "AM", "+");
    const text = fc.oneof(
      fc.string(),
      fc.array(pieces, { maxLength: 20 }).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(text, (written) => {
        try {
          expect(Number.isFinite(parseWrittenTime(written))).toBe(true);
        } catch (error) {
          expect(error).toMatchObject({ code: "invalid_request" });
        }
      }),
      { numRuns: 500 },
    );
  });
});

import { describe, expect, it } from "vitest";
import { sayRoom } from "../../../renderer/ui/compose-box.ts";
import { sayMoment, sayMomentsIn } from "../../../renderer/ui/say-moment.ts";

const TORONTO = { timeZone: "America/Toronto" };
const at = (iso: string): number => Date.parse(iso);

describe("a time to come", () => {
  it.each([
    ["2026-11-30T13:00:00Z", "2026-11-30T12:00:00Z", "8:00 am"],
    ["2026-12-01T02:30:00Z", "2026-11-30T12:00:00Z", "9:30 pm"],
    ["2026-12-01T13:00:00Z", "2026-12-01T02:40:00Z", "8:00 am tomorrow"],
    // Half past midnight is another day, though only an hour away.
    ["2026-12-01T05:30:00Z", "2026-12-01T04:30:00Z", "12:30 am tomorrow"],
    ["2026-12-02T13:00:00Z", "2026-11-30T12:00:00Z", "8:00 am on Wednesday"],
    ["2026-12-06T17:00:00Z", "2026-11-30T12:00:00Z", "12:00 pm on Sunday"],
    ["2026-12-07T13:00:00Z", "2026-11-30T12:00:00Z", "8:00 am on Dec 7"],
    ["2027-01-04T13:00:00Z", "2026-12-24T12:00:00Z", "8:00 am on Jan 4, 2027"],
    // The night in which clocks are put back has 25 hours, the one in which they are put on has 23.
    ["2026-11-01T13:00:00Z", "2026-11-01T01:00:00Z", "8:00 am tomorrow"],
    ["2027-03-14T12:00:00Z", "2027-03-14T02:00:00Z", "8:00 am tomorrow"],
    // What has been, as the steps of an outreach have it.
    ["2026-11-29T13:00:00Z", "2026-11-30T12:00:00Z", "8:00 am on Nov 29"],
  ])("%s, seen at %s, is %s", (moment, now, words) => {
    expect(sayMoment(at(moment), at(now), TORONTO)).toBe(words);
  });

  it("is said by the clock of whoever looks", () => {
    const [moment, now] = [at("2026-12-01T13:00:00Z"), at("2026-12-01T02:40:00Z")];
    expect(sayMoment(moment, now, { timeZone: "America/Los_Angeles" })).toBe("5:00 am tomorrow");
    expect(sayMoment(moment, now, { timeZone: "Asia/Tokyo" })).toBe("10:00 pm");
  });

  it("stands in a sentence in place of each raw time, and nothing else is touched", () => {
    const now = at("2026-12-01T02:40:00Z");
    expect(
      sayMomentsIn("It waits until 2026-12-01T13:00:00.000Z; asked at 2026-12-01T02:39:00Z.", now, TORONTO),
    ).toBe("It waits until 8:00 am tomorrow; asked at 9:39 pm.");
    expect(sayMomentsIn("Lot 2026-12-01 at 12:30", now, TORONTO)).toBe("Lot 2026-12-01 at 12:30");
  });
});

describe("the room left for a message", () => {
  it.each([
    [0, ""],
    [1799, ""],
    [1800, "200 characters left"],
    [1999, "1 character left"],
    [2000, "0 characters left"],
    [2001, "1 character too long"],
    [4500, "2,500 characters too long"],
  ])("%s of 2,000 characters: %s", (length, words) => expect(sayRoom(length, 2000)).toBe(words));
});

// Moments in the server's sentences: the same to every reader, on both sides of the changes of the clock.
import { describe, expect, it } from "vitest";
import { nationalForm } from "../../../server/base/phone-numbers.ts";
import { sayDate, sayInstant } from "../../../server/base/say-instant.ts";
import { zoneToSay } from "../../../server/contact/zones/zone-to-say.ts";

describe("a moment in a sentence", () => {
  it.each([
    ["2026-03-08T06:59:00Z", "America/Toronto", "Mar 8, 2026, 1:59 am EST"],
    ["2026-03-08T07:00:00Z", "America/Toronto", "Mar 8, 2026, 3:00 am EDT"],
    // The hour that comes twice is told apart.
    ["2026-11-01T05:30:00Z", "America/Toronto", "Nov 1, 2026, 1:30 am EDT"],
    ["2026-11-01T06:30:00Z", "America/Toronto", "Nov 1, 2026, 1:30 am EST"],
    ["2026-07-01T19:00:00Z", "America/Phoenix", "Jul 1, 2026, 12:00 pm MST"],
    ["2026-07-01T19:00:00Z", "Europe/London", "Jul 1, 2026, 8:00 pm GMT+1"],
    ["2026-07-01T19:00:00Z", "UTC", "Jul 1, 2026, 7:00 pm UTC"],
  ])("%s in %s is %s", (iso, zone, said) => expect(sayInstant(Date.parse(iso), zone)).toBe(said));

  it("is in this computer's zone where none is named", () => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    expect(sayInstant(0)).toBe(sayInstant(0, timeZone));
  });

  it("falls on the day it is there", () => {
    expect(sayDate(Date.parse("2026-05-03T03:00:00Z"), "America/Toronto")).toBe("May 2, 2026");
    expect(sayDate(Date.parse("2026-05-03T03:00:00Z"), "UTC")).toBe("May 3, 2026");
  });
});

describe("whose time it is", () => {
  it.each([
    [["+14165550111", null], "America/Toronto"],
    [["ann@example.com", "+13055550100"], "America/New_York"],
    [[null, "+18005550100"], "UTC"],
    [["+442079460958"], "Europe/London"],
  ])("of %j is %s", (contacts, zone) => expect(zoneToSay(...contacts)).toBe(zone));
});

it("numbers of another country keep its code in a sentence", () => {
  expect(nationalForm("+14165550111")).toBe("(416) 555-0111");
  expect(nationalForm("+442079460958")).toBe("+44 20 7946 0958");
  expect(nationalForm("no number")).toBe("no number");
});

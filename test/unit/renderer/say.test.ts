import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buttonLabel } from "../../../renderer/embed/button-label.ts";
import { exactTime, relativeTime } from "../../../renderer/ui/relative-time.ts";
import { firstName } from "../../../renderer/ui/say-contact.ts";
import { sayDuration } from "../../../renderer/ui/say-duration.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 4, 20, 12);
const viewer = { locale: "en-GB", timeZone: "UTC" };

describe("relative times", () => {
  it.each([
    [-HOUR, "just now"],
    [0, "just now"],
    [44_000, "just now"],
    [50_000, "1 min ago"],
    [2 * MINUTE, "2 min ago"],
    [59 * MINUTE + 29_000, "59 min ago"],
    [59 * MINUTE + 40_000, "1 h ago"],
    [3 * HOUR, "3 h ago"],
    [23 * HOUR + 45 * MINUTE, "yesterday"],
    [DAY, "yesterday"],
    [4 * DAY, "4 days ago"],
    [8 * DAY, "12 May"],
    [400 * DAY, "15 Apr 2025"],
  ])("are said of %d ms as %s", (age, words) => {
    expect(relativeTime(NOW - age, NOW, viewer)).toBe(words);
  });

  it("never say 0, 60 minutes or 24 hours", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 * DAY }), (age) => {
        expect(relativeTime(NOW - age, NOW, viewer)).not.toMatch(/^(0|60 min|24 h|1 days)\b/);
      }),
    );
  });

  it("are exact, to the second and with the zone, on hover", () => {
    expect(exactTime(NOW, viewer)).toBe("20 May 2026, 12:00:00 UTC");
  });
});

describe("durations", () => {
  it.each([
    [null, null],
    [0, null],
    [-3, null],
    [0.2, "1 s"],
    [45, "45 s"],
    [60, "1 min"],
    [125, "2 min 5 s"],
    [3600, "1 h"],
    [3840, "1 h 4 min"],
  ])("of %s seconds are %s", (seconds, words) => {
    expect(sayDuration(seconds)).toBe(words);
  });
});

describe("numbers and names", () => {
  it.each([
    ["Nivia Jones", "Nivia"],
    ["  محمد عبد الرحمن ", "محمد"],
    ["Dr. Ann One", "Dr. Ann One"],
    ["J Smith", "J Smith"],
    ["", "this person"],
  ])("calls %s %s", (name, first) => {
    expect(firstName(name)).toBe(first);
  });
});

describe("the button", () => {
  const said = (...args: Parameters<typeof buttonLabel>): string => {
    const { before, name, after } = buttonLabel(...args);
    return before + name + after;
  };

  it.each([
    ["phone", "Call Nivia from (416) 555-0111"],
    ["sms", "Text Nivia from (416) 555-0111"],
    ["wmsg", "WhatsApp Nivia"],
    ["wvoice", "Call Nivia on WhatsApp"],
    ["chat", "Chat with Nivia"],
    ["email", "E-mail Nivia"],
  ] as const)("on %s says %s", (channel, words) => {
    expect(said(channel, "Nivia Jones", "+14165550111")).toBe(words);
  });

  it("leaves the number out where it is not known", () => {
    expect(said("phone", "Nivia Jones", null)).toBe("Call Nivia");
    expect(said("sms", "", "")).toBe("Text this person");
  });
});

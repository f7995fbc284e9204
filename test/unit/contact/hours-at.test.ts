import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type HoursQuestion, hoursAt } from "../../../server/contact/hours/hours-at.ts";
import { dailyLimit, readyHours } from "../../../server/contact/hours/hours-rules.ts";
import { builtInHours } from "../../../server/contact/hours/read-hours-file.ts";
import { createWallClocks } from "../../../server/contact/hours/wall-clocks.ts";
import { numberPlace } from "../../../server/contact/zones/number-place.ts";
import { AREA_CODES } from "../../../server/contact/zones/number-tables.ts";
import { zonesOfRegion } from "../../../server/contact/zones/zones-of-region.ts";
import { contactHoursSchema } from "../../../shared/contact-hours.schema.ts";
import { mayContact } from "./hours-oracle.ts";

const file = builtInHours();
const rules = readyHours(file);
const clocks = createWallClocks();
const iso = (at: number) => new Date(at).toISOString().replace(":00.000Z", "Z");

type Asked = Partial<HoursQuestion> & { readonly contact: string };
const ask = (at: string, asked: Asked) =>
  hoursAt({ rules, clocks, kind: "calls", at: Date.parse(at), ...asked });
const untilOf = (at: string, asked: Asked): string => {
  const verdict = ask(at, asked);
  return verdict.open ? "open" : iso(verdict.until);
};

const NEW_YORK = "+12125550123";
const FLORIDA = "+13055550123";
const CALIFORNIA = "+14155550123";

describe("when somebody may be contacted", () => {
  test.each([
    ["2026-11-23T12:59Z", NEW_YORK, "2026-11-23T13:00Z"],
    ["2026-11-23T13:00Z", NEW_YORK, "open"],
    ["2026-11-24T01:59:59.999Z", NEW_YORK, "open"],
    ["2026-11-24T02:00Z", NEW_YORK, "2026-11-24T13:00Z"],
    // Florida ends at 8 pm, and its panhandle is in two zones.
    ["2026-11-24T00:59Z", FLORIDA, "open"],
    ["2026-11-24T01:00Z", FLORIDA, "2026-11-24T13:00Z"],
    ["2026-11-23T13:30Z", "+18509995555", "2026-11-23T14:00Z"],
    ["2026-11-24T01:00Z", "+18509995555", "2026-11-24T14:00Z"],
    // Sundays: none in Alabama, from noon in Texas, none in Pennsylvania since 18 October 2026.
    ["2026-11-22T18:00Z", "+12055550123", "2026-11-23T14:00Z"],
    ["2026-11-22T16:00Z", "+15125550123", "2026-11-22T18:00Z"],
    ["2026-10-11T18:00Z", "+12155550123", "open"],
    ["2026-10-18T18:00Z", "+12155550123", "2026-10-19T12:00Z"],
    ["2026-10-18T03:30Z", "+12155550123", "2026-10-19T12:00Z"],
    // Maine: weekdays only. Canada: 9 to 9:30 pm, 10 to 6 at the weekend.
    ["2026-11-20T22:00Z", "+12075550123", "2026-11-23T14:00Z"],
    ["2026-11-24T02:29Z", "+14165550100", "open"],
    ["2026-11-24T02:30Z", "+14165550100", "2026-11-24T14:00Z"],
    ["2026-11-21T14:30Z", "+14165550100", "2026-11-21T15:00Z"],
    // Half an hour, no rule, unknown.
    ["2026-11-23T12:29Z", "+17092275555", "2026-11-23T12:30Z"],
    ["2026-11-23T03:29Z", "+919812345678", "2026-11-23T03:30Z"],
    ["2026-11-23T20:00Z", "+442079460123", "2026-11-24T09:00Z"],
    ["2026-11-23T15:59Z", "+18005550123", "2026-11-23T16:00Z"],
    ["2026-11-24T02:00Z", "+12995550123", "2026-11-24T16:00Z"],
  ])("at %s %s: %s", (at, contact, until) => expect(untilOf(at, { contact })).toBe(until));

  test.each([
    // Spring forward: 8 March 2026 in the US and Canada, 29 March in Britain.
    ["2026-03-08T04:00Z", NEW_YORK, "2026-03-08T12:00Z"],
    ["2026-03-07T05:00Z", NEW_YORK, "2026-03-07T13:00Z"],
    ["2026-03-08T05:00Z", "+17092275555", "2026-03-08T12:30Z"],
    ["2026-03-08T05:00Z", "+14165550100", "2026-03-08T14:00Z"],
    ["2026-03-29T00:00Z", "+442079460123", "2026-03-29T08:00Z"],
    ["2026-03-28T00:00Z", "+442079460123", "2026-03-28T09:00Z"],
    // Fall back: 1 November 2026, 25 October in Britain.
    ["2026-11-01T03:00Z", NEW_YORK, "2026-11-01T13:00Z"],
    ["2026-11-02T01:30Z", NEW_YORK, "open"],
    ["2026-11-01T03:00Z", "+14165550100", "2026-11-01T15:00Z"],
    ["2026-10-25T00:30Z", "+442079460123", "2026-10-25T09:00Z"],
    // Phoenix never changes, the Navajo Nation in the same area code does. Indianapolis does since 2006.
    ["2026-03-08T05:00Z", "+16235550100", "2026-03-08T15:00Z"],
    ["2026-07-06T14:30Z", "+16235550100", "2026-07-06T15:00Z"],
    ["2026-07-07T03:30Z", "+19285550100", "2026-07-07T15:00Z"],
    ["2026-07-06T11:30Z", "+13175550100", "2026-07-06T12:00Z"],
  ])("when clocks change: at %s %s: %s", (at, contact, until) =>
    expect(untilOf(at, { contact })).toBe(until),
  );

  test("hours that a jump skips wait for the next day, and doubled ones come twice", () => {
    const only = (window: string) => {
      const hours = { weekdays: window, saturday: window, sunday: window };
      return readyHours({ ...file, rules: [{ ...first(file.rules), region: "US", hours }] });
    };
    const skipped = { contact: NEW_YORK, rules: only("02:15-02:45") };
    expect(untilOf("2026-03-08T05:00Z", skipped)).toBe("2026-03-09T06:15Z");
    const doubled = { contact: NEW_YORK, rules: only("01:15-01:30") };
    expect(untilOf("2026-11-01T05:00Z", doubled)).toBe("2026-11-01T05:15Z");
    expect(untilOf("2026-11-01T05:20Z", doubled)).toBe("open");
    expect(untilOf("2026-11-01T05:30Z", doubled)).toBe("2026-11-01T06:15Z");
    expect(untilOf("2026-11-01T06:30Z", doubled)).toBe("2026-11-02T06:15Z");
  });

  test("where the person lives is added to what the number says, and never replaces it", () => {
    const morning = "2026-11-23T14:00Z";
    expect(untilOf(morning, { contact: NEW_YORK })).toBe("open");
    expect(untilOf(morning, { contact: NEW_YORK, regions: ["US-CA"] })).toBe("2026-11-23T16:00Z");
    expect(untilOf(morning, { contact: NEW_YORK, zones: ["America/Los_Angeles"] })).toBe("2026-11-23T16:00Z");
    expect(untilOf("2026-11-24T00:30Z", { contact: CALIFORNIA, regions: ["US-FL"] })).toBe("open");
    expect(untilOf("2026-11-24T01:00Z", { contact: CALIFORNIA, regions: ["US-FL"] })).toBe(
      "2026-11-24T16:00Z",
    );
    expect(untilOf("2026-11-24T04:00Z", { contact: CALIFORNIA, regions: ["US-NY"] })).toBe(
      "2026-11-24T16:00Z",
    );
    expect(untilOf("2026-11-23T15:00Z", { contact: "+18005550123", regions: ["US-NY"] })).toBe(
      "2026-11-23T16:00Z",
    );
  });

  test("a rule may hold for calls or texts only; where none holds for a kind, the cautious hours do", () => {
    const callsOnly = { ...first(file.rules), kinds: ["calls" as const] };
    const early = { contact: NEW_YORK, rules: readyHours({ ...file, rules: [callsOnly] }) };
    expect(untilOf("2026-11-23T13:30Z", { ...early, kind: "calls" })).toBe("open");
    expect(untilOf("2026-11-23T13:30Z", { ...early, kind: "texts" })).toBe("2026-11-23T14:00Z");
  });

  test("where no time of the week suits all places it stays closed, says so, and names when to look again", () => {
    const hours = { weekdays: "09:00-12:00", saturday: "closed", sunday: "closed" };
    const strict = readyHours({ ...file, elsewhere: { ...file.elsewhere, hours }, rules: [] });
    const verdict = ask("2026-11-23T14:30Z", { contact: NEW_YORK, zones: ["Asia/Tokyo"], rules: strict });
    expect(verdict).toMatchObject({ open: false, never: true });
    expect(verdict.detail).toMatch(/no time of the week is allowed in all of these places/);
    expect(verdict.open ? 0 : verdict.until).toBeGreaterThan(Date.parse("2026-11-23T14:30Z"));
    expect(verdict.open ? 0 : verdict.until).toBeLessThan(Date.parse("2026-11-25T00:00Z"));
  });
});

const first = <T>(list: readonly T[]): T => {
  const [item] = list;
  if (item === undefined) throw new Error("empty");
  return item;
};

describe("how it is said", () => {
  test.each([
    ["2026-11-24T03:14Z", NEW_YORK, "10:14 pm in America/New_York; calls are allowed 8 am-9 pm (US federal)"],
    ["2026-11-23T19:05Z", FLORIDA, "2:05 pm in America/New_York; calls are allowed 8 am-8 pm (Florida)"],
    ["2026-11-24T03:14Z", FLORIDA, "10:14 pm in America/New_York; calls are allowed 8 am-8 pm (Florida)"],
    [
      "2026-11-22T18:00Z",
      "+12055550123",
      "noon in America/Chicago; calls are not allowed on Sunday (Alabama)",
    ],
    [
      "2026-11-22T16:30Z",
      "+15125550123",
      "10:30 am in America/Chicago; calls are allowed noon-9 pm on Sunday (Texas)",
    ],
    [
      "2026-11-23T13:30Z",
      "+18509995555",
      "7:30 am in America/Chicago, 8:30 am in America/New_York; calls are allowed 8 am-8 pm (Florida)",
    ],
    [
      "2026-11-23T05:00Z",
      "+18005550123",
      "midnight in America/New_York; calls are allowed 11 am-9 pm (place of the number unknown)",
    ],
  ])("at %s %s: %s", (at, contact, detail) => expect(ask(at, { contact }).detail).toBe(detail));
});

describe("whatever the number and the instant", () => {
  const HOUR = 3_600_000;
  const numbers = fc
    .tuple(
      fc.constantFrom(...AREA_CODES.keys(), "800", "299", "833"),
      fc.integer({ min: 2_000_000, max: 9_999_999 }),
    )
    .map(([code, rest]) => `+1${code}${rest}`);
  const foreign = fc.constantFrom(
    "+442079460123",
    "+919812345678",
    "+61412345678",
    "+79161234567",
    "+5215512345678",
  );
  // Clocks change at these; any week of two years besides.
  const changes = ["2026-03-08T07:00Z", "2026-11-01T06:00Z", "2026-03-29T01:00Z", "2026-10-25T01:00Z"].map(
    Date.parse,
  );
  const instants = fc.oneof(
    fc.integer({ min: Date.parse("2026-01-01"), max: Date.parse("2028-01-01") }),
    fc
      .tuple(fc.constantFrom(...changes), fc.integer({ min: -30 * HOUR, max: 30 * HOUR }))
      .map(([change, off]) => change + off),
  );
  const places = fc.record({
    contact: fc.oneof({ weight: 4, arbitrary: numbers }, foreign),
    kind: fc.constantFrom("calls" as const, "texts" as const),
    at: instants,
    regions: fc.option(
      fc.constantFrom("US-FL", "US-CA", "US-PA", "CA-ON", "CA-NL", "GB", "US-AZ").map((one) => [one]),
      {
        nil: undefined,
      },
    ),
    zones: fc.option(
      fc.constantFrom("America/Chicago", "Pacific/Honolulu", "Asia/Kolkata").map((one) => [one]),
      {
        nil: undefined,
      },
    ),
  });

  test("it is open exactly when every rule's window has every zone's own clock in it, and `until` is the first such time", () => {
    fc.assert(
      fc.property(
        places,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }),
        (asked, shares) => {
          const number = numberPlace(asked.contact);
          const regions = asked.regions ?? [];
          const candidates = {
            regions: [...number.regions, ...regions],
            zones: [...number.zones, ...(asked.zones ?? []), ...regions.flatMap(zonesOfRegion)],
            unknown: number.zones.length === 0,
          };
          const may = (at: number) => mayContact(file, candidates, asked.kind, at);
          const verdict = hoursAt({ rules, clocks, ...asked });
          expect(verdict.open).toBe(may(asked.at));
          if (verdict.open || verdict.never) return;
          expect(verdict.until).toBeGreaterThan(asked.at);
          expect(may(verdict.until)).toBe(true);
          expect(may(verdict.until - 1)).toBe(false);
          for (const share of shares) {
            const between = Math.floor(asked.at + share * (verdict.until - 1 - asked.at));
            expect(may(between)).toBe(false);
            expect(hoursAt({ rules, clocks, ...asked, at: between })).toMatchObject({ until: verdict.until });
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  test("more candidates never make it open sooner", () => {
    fc.assert(
      fc.property(places, (asked) => {
        const { regions: _regions, zones: _zones, ...alone } = asked;
        const [less, more] = [hoursAt({ rules, clocks, ...alone }), hoursAt({ rules, clocks, ...asked })];
        if (more.open) expect(less.open).toBe(true);
        else if (!less.open && !less.never && !more.never)
          expect(more.until).toBeGreaterThanOrEqual(less.until);
      }),
      { numRuns: 300 },
    );
  });
});

describe("the built-in rules", () => {
  test("name their source and say that nobody has reviewed them", () => {
    const parts = [file.unknown, file.elsewhere, ...file.rules];
    expect(parts.length).toBeGreaterThan(20);
    for (const part of parts) {
      expect(part.source, part.name).not.toBe("");
      expect(part.status).toBe("unreviewed");
    }
  });

  test("the smallest limit per day of all regions holds", () => {
    expect(dailyLimit(rules, ["US-NY", "US-FL"], "calls")).toEqual({ most: 3, rule: "Florida" });
    expect(dailyLimit(rules, ["US-FL"], "texts")).toBeUndefined();
    expect(dailyLimit(rules, ["US-NY"], "calls")).toBeUndefined();
  });

  const withSunday = (sunday: string) => ({
    ...file,
    elsewhere: { ...file.elsewhere, hours: { ...file.elsewhere.hours, sunday } },
  });
  test.each([
    ["a window that ends before it begins", withSunday("20:00-08:00"), "sunday"],
    ["an hour that is none", withSunday("08:00-25:00"), "sunday"],
    ["a zone that is none", { ...file, unknown: { ...file.unknown, zone: "America/Nowhere" } }, "zone"],
    ["a field nobody knows", { ...file, rulez: [] }, ""],
  ])("%s is refused", (_what, spoiled, path) => {
    const result = contactHoursSchema.safeParse(spoiled);
    expect(result.success).toBe(false);
    expect(result.error?.issues[0]?.path.at(-1) ?? "").toBe(path);
  });

  test("a window may last until midnight", () => {
    const hours = { weekdays: "00:00-24:00", saturday: "closed", sunday: "22:00-24:00" };
    expect(contactHoursSchema.safeParse({ ...file, elsewhere: { ...file.elsewhere, hours } }).success).toBe(
      true,
    );
    const late = readyHours({ ...file, elsewhere: { ...file.elsewhere, hours }, rules: [] });
    const asked = { contact: NEW_YORK, rules: late };
    expect(untilOf("2026-11-22T12:00Z", asked)).toBe("2026-11-23T03:00Z");
    expect(untilOf("2026-11-23T04:59:59Z", asked)).toBe("open");
    expect(untilOf("2026-11-28T04:59:59Z", asked)).toBe("open");
    expect(untilOf("2026-11-28T05:00Z", asked)).toBe("2026-11-30T03:00Z");
  });
});

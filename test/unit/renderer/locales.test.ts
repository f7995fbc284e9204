// Times, numbers and phone numbers as the viewer's own country writes them, in English words, around the changes of the clock.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type CountryCode, getCountries, getExampleNumber } from "libphonenumber-js/min";
import examples from "libphonenumber-js/mobile/examples" with { type: "json" };
import { describe, expect, test } from "vitest";
import { daysAbove } from "../../../renderer/chat/say-time.ts";
import { exactTime, relativeTime } from "../../../renderer/ui/relative-time.ts";
import { sayContact } from "../../../renderer/ui/say-contact.ts";
import { sayNumber, sayPercent } from "../../../renderer/ui/say-count.ts";
import { sayDuration } from "../../../renderer/ui/say-duration.ts";
import { sayClock, sayMoment } from "../../../renderer/ui/say-moment.ts";
import { phoneFormsText } from "../../tools/make-phone-forms.ts";

/** Separators may be narrow or fixed spaces; people see a space. */
const plain = (text: string): string => text.replace(/\s/g, " ");

interface Seen {
  readonly clock: string;
  readonly moment: string;
  readonly later: string;
  readonly exact: string;
  readonly number: string;
  readonly percent: string;
  readonly toronto: string;
  readonly london: string;
}

const NOW = Date.parse("2026-03-05T15:00:00Z");
const SPRING = Date.parse("2026-03-08T12:00:00Z");
const LATER = Date.parse("2027-01-04T13:05:00Z");

const LOCALES: readonly (readonly [locale: string, timeZone: string, seen: Seen])[] = [
  [
    "en-US",
    "America/New_York",
    {
      // Clocks were put forward that night.
      clock: "8:00 am",
      moment: "8:00 am on Sunday",
      later: "8:05 am on Jan 4, 2027",
      exact: "Mar 8, 2026, 8:00:00 am EDT",
      number: "1,234,567",
      percent: "12%",
      toronto: "(416) 555-0111",
      london: "+44 20 7946 0958",
    },
  ],
  [
    "en-CA",
    "America/Toronto",
    {
      clock: "8:00 a.m.",
      moment: "8:00 a.m. on Sunday",
      later: "8:05 a.m. on Jan 4, 2027",
      exact: "Mar 8, 2026, 8:00:00 a.m. EDT",
      number: "1,234,567",
      percent: "12%",
      toronto: "(416) 555-0111",
      london: "+44 20 7946 0958",
    },
  ],
  [
    "fr-CA",
    "America/Toronto",
    {
      clock: "08:00",
      moment: "08:00 on Sunday",
      later: "08:05 on Jan 4, 2027",
      exact: "Mar 8, 2026, 08:00:00 EDT",
      number: "1 234 567",
      percent: "12 %",
      toronto: "(416) 555-0111",
      london: "+44 20 7946 0958",
    },
  ],
  [
    "es-US",
    "America/Los_Angeles",
    {
      clock: "5:00 am",
      moment: "5:00 am on Sunday",
      later: "5:05 am on Jan 4, 2027",
      exact: "Mar 8, 2026, 5:00:00 am PDT",
      number: "1,234,567",
      percent: "12%",
      toronto: "(416) 555-0111",
      london: "+44 20 7946 0958",
    },
  ],
  [
    "en-GB",
    "Europe/London",
    {
      clock: "12:00",
      moment: "12:00 on Sunday",
      later: "13:05 on 4 Jan 2027",
      exact: "8 Mar 2026, 12:00:00 GMT",
      number: "1,234,567",
      percent: "12%",
      toronto: "+1 416 555 0111",
      london: "020 7946 0958",
    },
  ],
  [
    "de-DE",
    "Europe/Berlin",
    {
      clock: "13:00",
      moment: "13:00 on Sunday",
      later: "14:05 on 4 Jan 2027",
      exact: "8 Mar 2026, 13:00:00 CET",
      number: "1.234.567",
      percent: "12 %",
      toronto: "+1 416 555 0111",
      london: "+44 20 7946 0958",
    },
  ],
];

describe.each(LOCALES)("%s in %s", (locale, timeZone, seen) => {
  const viewer = { locale, timeZone };

  test("says everything its own way", () => {
    const said: Seen = {
      clock: sayClock(SPRING, viewer),
      moment: sayMoment(SPRING, NOW, viewer),
      later: sayMoment(LATER, NOW, viewer),
      exact: exactTime(SPRING, viewer).replace(" at ", ", "),
      number: plain(sayNumber(1_234_567, viewer)),
      percent: plain(sayPercent(1, 8.3, viewer)),
      toronto: sayContact("+14165550111", viewer),
      london: sayContact("+442079460958", viewer),
    };
    expect(said).toEqual(seen);
  });

  test("counts days by its own calendar, over both changes of the clock", () => {
    const zone = (iso: string): number => Date.parse(iso);
    // The last Sundays of March and October, the second of March and the first of November.
    for (const day of ["2026-03-29", "2026-10-25", "2026-03-08", "2026-11-01"]) {
      const noon = zone(`${day}T20:00:00Z`);
      expect(sayMoment(noon + 24 * 3_600_000, noon, viewer)).toMatch(/ tomorrow$/);
      expect(sayMoment(noon - 24 * 3_600_000, noon - 48 * 3_600_000, viewer)).toMatch(/ tomorrow$/);
      expect(daysAbove([noon, noon + 60_000], noon, viewer)).toEqual([null, null]);
    }
  });

  test("keeps to English words and Latin digits", () => {
    expect(relativeTime(NOW - 3 * 60_000, NOW, viewer)).toBe("3 min ago");
    expect(relativeTime(NOW - 40 * 86_400_000, NOW, viewer)).toMatch(/^(?:Jan 24|24 Jan)$/);
    expect(sayDuration(125, viewer)).toBe("2 min 5 s");
    expect(daysAbove([LATER], NOW, viewer)[0]).toMatch(/^Monday,? (?:January 4|4 January)$/);
  });
});

test("a year is the viewer's: New Year comes earlier in the east", () => {
  const [eve, now] = [Date.parse("2026-12-31T23:30:00Z"), Date.parse("2027-01-20T12:00:00Z")];
  expect(relativeTime(eve, now, { locale: "de-DE", timeZone: "Europe/Berlin" })).toBe("1 Jan");
  expect(relativeTime(eve, now, { locale: "en-GB", timeZone: "Europe/London" })).toBe("31 Dec 2026");
});

test("a locale without a country and one no browser knows are taken as far as they go", () => {
  const utc = { timeZone: "UTC" };
  expect(sayMoment(LATER, NOW, { locale: "fr", ...utc })).toBe("13:05 on 4 Jan 2027");
  expect(sayMoment(LATER, NOW, { locale: "ar-EG", ...utc })).toMatch(/^1:05 pm on 4 Jan 2027$/i);
  expect(sayNumber(1234, { locale: "ar-EG" })).toBe("1,234");
  expect(sayContact("+442079460958", { locale: "en" })).toBe("+44 20 7946 0958");
});

test("shares that are not all and not nothing never look like it", () => {
  const german = { locale: "de-DE" };
  expect(plain(sayPercent(1, 1000, german))).toBe("<1 %");
  expect(plain(sayPercent(999, 1000, german))).toBe(">99 %");
  expect(plain(sayPercent(0, 0, german))).toBe("0 %");
});

describe("phone numbers", () => {
  test("of every country are written as libphonenumber writes them, or in one piece after the country's code", () => {
    let grouped = 0;
    for (const country of getCountries()) {
      const number = getExampleNumber(country, examples);
      if (number === undefined) continue;
      const [abroad, inPieces] = [
        number.formatInternational(),
        `+${number.countryCallingCode} ${number.nationalNumber}`,
      ];
      const said = sayContact(number.number, {
        locale: number.countryCallingCode === "44" ? "en-US" : "en-GB",
      });
      expect([inPieces, abroad], country).toContain(said);
      if (said === abroad) grouped++;
    }
    // The countries of the table and those that share North America's way of writing.
    expect(grouped).toBeGreaterThan(50);
  });

  test.each(["GB", "DE", "FR", "MX", "AU", "IN", "CN", "IL", "PH"] as const)(
    "of %s at home are written without it",
    (country) => {
      const number = getExampleNumber(country as CountryCode, examples);
      expect(sayContact(number?.number ?? "", { locale: `en-${country}` })).toBe(number?.formatNational());
    },
  );

  test("are grouped by tables that are up to date with libphonenumber's", () => {
    const file = resolve(import.meta.dirname, "../../../renderer/ui/phone-forms.ts");
    expect(readFileSync(file, "utf8")).toBe(phoneFormsText());
  });

  test.each(["a@b.example", "(416) 555-0111", "+1416555011", "+0123456789", ""])(
    "%j stays as it is",
    (text) => {
      expect(sayContact(text, { locale: "en-US" })).toBe(text);
    },
  );
});

import fc from "fast-check";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { describe, expect, test } from "vitest";
import { numberPlace, regionsOf, zonesOf } from "../../../server/contact/zones/number-place.ts";
import { AREA_CODES, CALLING_CODES } from "../../../server/contact/zones/number-tables.ts";
import { regionOfAddress } from "../../../server/contact/zones/region-of-address.ts";
import { zonesOfRegion } from "../../../server/contact/zones/zones-of-region.ts";

const [NEW_YORK, CHICAGO, DENVER, PHOENIX, LOS_ANGELES] = [
  "America/New_York",
  "America/Chicago",
  "America/Denver",
  "America/Phoenix",
  "America/Los_Angeles",
];

describe("where a number may be", () => {
  test.each([
    ["+12125550123", ["US-NY"], [NEW_YORK]],
    ["+14165550100", ["CA-ON"], ["America/Toronto"]],
    ["+14375550100", ["CA-ON"], ["America/Toronto"]],
    ["+16895550100", ["US-FL"], [NEW_YORK]],
    ["+16235550100", ["US-AZ"], [PHOENIX]],
    ["+19285550100", ["US-AZ"], [DENVER, PHOENIX]],
    ["+13175550100", ["US-IN"], [NEW_YORK]],
    ["+19025550100", ["CA-NS", "CA-PE"], ["America/Halifax"]],
    ["+17875550100", ["US-PR"], ["America/Puerto_Rico"]],
    ["+18765550100", ["JM"], ["America/Jamaica"]],
    ["+442079460123", ["GB"], ["Europe/London", "Europe/Guernsey", "Europe/Isle_of_Man", "Europe/Jersey"]],
    ["+77172123456", ["KZ"], ["Asia/Almaty", "Asia/Aqtobe"]],
    ["+526641234567", ["MX"], ["America/Tijuana"]],
  ])("%s", (number, regions, zones) => {
    expect(regionsOf(number)).toEqual(regions);
    expect(zonesOf(number)).toEqual(zones);
  });

  test("in an area code with several zones an exchange that is known has its own, any other has all", () => {
    expect(zonesOf("+18502005555")).toEqual([CHICAGO]);
    expect(zonesOf("+18509995555")).toEqual([NEW_YORK, CHICAGO]);
    expect(zonesOf("+12082455555")).toEqual([LOS_ANGELES]);
    expect(zonesOf("+12082305555")).toEqual([DENVER]);
    expect([...zonesOf("+12089605555")].toSorted()).toEqual(["America/Boise", DENVER, LOS_ANGELES]);
    expect(zonesOf("+12507825555")).toEqual(["America/Edmonton", "America/Dawson_Creek"]);
    expect(zonesOf("+19075815555")).toEqual(["America/Adak", "America/Anchorage"]);
  });

  test.each(["+18005550123", "+18335550123", "+19005550123", "+15005550006", "+12995550123", "+88213300"])(
    "nothing is known of %s",
    (number) => expect(numberPlace(number)).toEqual({ zones: [], regions: [] }),
  );

  test.each(["", "2125550123", "+1212555", "+1212555012345", "somebody@example.com", "+", "+1"])(
    "%j is no number",
    (text) => expect(numberPlace(text)).toEqual({ zones: [], regions: [] }),
  );

  test("whatever the number, its zones are among those of its code", () => {
    const codes = [...AREA_CODES.keys()];
    fc.assert(
      fc.property(fc.constantFrom(...codes), fc.integer({ min: 2_000_000, max: 9_999_999 }), (code, rest) => {
        const { zones } = numberPlace(`+1${code}${rest}`);
        const entry = AREA_CODES.get(code);
        expect(zones.length).toBeGreaterThan(0);
        expect(
          zones.filter((zone) => !entry?.zones.includes(zone) && !isSpecial(entry?.prefixes, zone)),
        ).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

const isSpecial = (prefixes: ReadonlyMap<string, readonly string[]> | undefined, zone: string): boolean =>
  [...(prefixes ?? new Map<string, readonly string[]>()).values()].some((zones) => zones.includes(zone));

describe("the tables", () => {
  const entries = [...AREA_CODES.values(), ...CALLING_CODES.values()];

  test("every zone in them is one that Intl knows", () => {
    const zones = new Set(
      entries.flatMap((entry) => [...entry.zones, ...[...entry.prefixes.values()].flat()]),
    );
    expect(zones.size).toBeGreaterThan(250);
    for (const zone of zones)
      expect(() => new Intl.DateTimeFormat("en", { timeZone: zone }), zone).not.toThrow();
  });

  test("every area code of the US and Canada that numbers are given out in has a state and a zone, no other code has", () => {
    const wrong: string[] = [];
    for (let code = 200; code < 1_000; code++) {
      const valid = ["2345678", "5550123", "9876543", "3216547"]
        .map((rest) => parsePhoneNumberFromString(`+1${code}${rest}`))
        .filter((number) => number?.isValid());
      const place = AREA_CODES.get(String(code));
      const geographic = valid.some((number) => /FIXED_LINE|MOBILE/.test(String(number?.getType())));
      if (geographic && (!place || place.zones.length === 0 || place.regions.length === 0))
        wrong.push(`${code} is missing`);
      if (!geographic && valid.length > 0 && place) wrong.push(`${code} is not of a place`);
      const country = valid.find((number) => number?.country)?.country;
      if (geographic && country && !place?.regions.every((region) => region.includes(country)))
        wrong.push(`${code} is in ${country}, not ${place?.regions.join()}`);
    }
    expect(wrong).toEqual([]);
  });

  // What each state's clocks really are, told independently: a wrong entry in the source has been seen twice.
  const STATES: readonly [states: string, zones: readonly string[]][] = [
    ["CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV", [NEW_YORK]],
    ["AL AR IA IL LA MN MO MS OK WI", [CHICAGO]],
    ["CO MT NM UT WY", [DENVER]],
    ["CA WA", [LOS_ANGELES]],
    ["FL IN KY MI TN", [NEW_YORK, CHICAGO]],
    ["KS NE TX", [CHICAGO, DENVER]],
    ["ND SD", [CHICAGO, DENVER, "America/North_Dakota/Center"]],
    ["ID NV", [DENVER, "America/Boise", LOS_ANGELES]],
    ["OR", [DENVER, LOS_ANGELES]],
    ["AZ", [DENVER, PHOENIX]],
    ["HI", ["Pacific/Honolulu"]],
    ["AK", ["America/Anchorage", "America/Juneau", "America/Adak"]],
    ["PR", ["America/Puerto_Rico"]],
  ];
  test.each(STATES)("the zones of %s", (states, zones) => {
    for (const state of states.split(" "))
      expect([...zonesOfRegion(`US-${state}`)].toSorted(), state).toEqual(zones.toSorted());
  });

  test.each([
    ["CA-ON", ["America/Toronto", "America/Winnipeg"]],
    ["CA-QC", ["America/Halifax", "America/Toronto"]],
    ["CA-SK", ["America/Edmonton", "America/Regina"]],
    ["CA-AB", ["America/Edmonton"]],
    ["CA-BC", ["America/Dawson_Creek", "America/Edmonton", "America/Vancouver"]],
    ["CA-MB", ["America/Winnipeg"]],
    ["CA-PE", ["America/Halifax"]],
    ["GB", ["Europe/Guernsey", "Europe/Isle_of_Man", "Europe/Jersey", "Europe/London"]],
    ["US", []],
    ["XX", []],
  ])("the zones of %s", (region, zones) => expect([...zonesOfRegion(region)].toSorted()).toEqual(zones));
});

describe("the state of an address", () => {
  test.each([
    [{ state: "FL" }, "US-FL"],
    [{ state: " florida " }, "US-FL"],
    [{ state: "N.Y.", country: "USA" }, "US-NY"],
    [{ state: "Québec" }, "CA-QC"],
    [{ state: "on", country: "Canada" }, "CA-ON"],
    [{ state: "US-TX" }, "US-TX"],
    [{ postcode: "33139-1234" }, "US-FL"],
    [{ postcode: "00907" }, "US-PR"],
    [{ state: "??", postcode: "10001" }, "US-NY"],
    [{ postcode: "m5v 2t6" }, "CA-ON"],
    [{ state: "ON", country: "Germany" }, undefined],
    [{ state: "Bavaria" }, undefined],
    [{ postcode: "80331x" }, undefined],
    [{ postcode: "X1A" }, undefined],
    [{ state: null, postcode: null, country: null }, undefined],
  ])("%j", (address, region) => expect(regionOfAddress(address)).toBe(region));
});

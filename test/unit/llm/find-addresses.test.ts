import fc from "fast-check";
import { expect, test } from "vitest";
import { findAddresses } from "../../../server/llm/find-addresses.ts";
import { maskPrivate } from "../../../server/llm/mask-private.ts";

const found = (text: string) => findAddresses(text).map(({ kind, value }) => `${kind} ${value}`);

test.each([
  ["Look at https://evil.example/win?x=1.", ["web evil.example/win?x=1"]],
  ["See www.Evil.example/", ["web evil.example"]],
  ["Visit evil.com!", ["web evil.com"]],
  ["EVIL.COM or bit.ly/3xYz", ["web evil.com", "web bit.ly/3xyz"]],
  ["homes.maple-street.realty", ["web homes.maple-street.realty"]],
  ["Evil.Com or evil.ninja or www.Evil.Ninja", ["web evil.com", "web evil.ninja"]],
  ["ｅｖｉｌ．ｃｏｍ", ["web evil.com"]],
  ["evil (dot) com", ["web evil (dot) com"]],
  ["evil dot com slash win", ["web evil dot com"]],
  ["evil[.]com", ["web evil[.]com"]],
  ["'evil dot com'", ["web evil dot com"]],
  ["evil . com or evil. com", ["web evil . com", "web evil. com"]],
  ["javascript:alert(1) mailto:a", ["web javascript:alert(1", "web a"]],
  ["http://10.0.0.1/x and 192.168.1.1", ["web 10.0.0.1/x", "web 192.168.1.1"]],
  ["bob.smith+x@people.example", ["email bob.smith+x@people.example"]],
  ["call 416-555-0199", ["phone 4165550199"]],
  ["call +1 (416) 555‑0199 ext. 3", ["phone 4165550199"]],
  ["call 1.416.555.0199", ["phone 4165550199"]],
  ["call 4 1 6 5 5 5 0 1 9 9", ["phone 4165550199"]],
  ["call 555-0199", ["phone 5550199"]],
  ["call 06 12 34 56 78", ["phone 0612345678"]],
  [
    "four one six, five five five, oh one nine nine",
    ["phone four one six, five five five, oh one nine nine"],
  ],
])("%j has %j", (text, expected) => {
  expect(found(text)).toEqual(expected);
});

test.each([
  "Friday at 10:30 or 11:00, 14:00 or 15:30 would do.",
  "It is $1,250,000 with 3 bedrooms, 2.5 baths and 1,800 sq. ft.",
  "See you on 2026-05-04 at 10:00.",
  "See you on 05/04/2026, 10 am.",
  "It has 1,250 sq.ft. and 3 sq.m of balcony.",
  "Sounds good.Please come at 10.am, e.g. with Ann.",
  "It lists for 949.000 and the lot is 50 x 120.",
  "Two, three or four would do. One more thing.",
  "That is good. Us too. It is at no. 5, on point.",
  "12 Maple Street, Unit 1204, M5V 2T6",
  "Ann will be there at 3 p.m. So see you!",
  "We close at 5. It is the 3rd house, at no. 17.",
])("%j has none", (text) => {
  expect(found(text)).toEqual([]);
});

test("two spellings of one address are one", () => {
  expect(found("https://Maple.example/open/ and www.maple.example/open")).toEqual(["web maple.example/open"]);
  expect(found("+1 416 555 0111, (416) 555-0111")).toEqual(["phone 4165550111"]);
});

test("whatever stands around a North American number, it is found", () => {
  const separator = fc.constantFrom("", " ", "-", ".", ") ", " - ", "\u00a0", "–", "/", "  ");
  fc.assert(
    fc.property(
      fc.integer({ min: 2_002_000_000, max: 9_999_999_999 }),
      separator,
      separator,
      fc.constantFrom("call ", "(", "is:", "+1", "1-", "tel ", ""),
      (number, first, second, before) => {
        const digits = String(number);
        const text = `${before}${digits.slice(0, 3)}${first}${digits.slice(3, 6)}${second}${digits.slice(6)}, please`;
        expect(found(text), text).toContain(`phone ${digits}`);
      },
    ),
    { numRuns: 300 },
  );
});

test.each([
  ["I am at 416-555-0199 or nivia@people.example", "I am at (a number) or (an e-mail address)"],
  ["card 4111 1111 1111 1111 ok", "card (a number) ok"],
  ["2026-05-04 at 10:00, budget 900,000", "2026-05-04 at 10:00, budget 900,000"],
])("a model reads %j as %j", (text, masked) => {
  expect(maskPrivate(text)).toBe(masked);
});

test("long texts of any kind are looked through in no time", () => {
  for (const text of [
    "1 ".repeat(8_000),
    "a.".repeat(8_000),
    "a@".repeat(8_000),
    "one ".repeat(4_000),
    "a-".repeat(8_000),
  ]) {
    findAddresses(text);
    maskPrivate(text);
  }
});

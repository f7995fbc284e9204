// What may leave in a support bundle: words of the gateway's own, never a word or number that came from outside.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BUNDLE_WORDS } from "../../../server/admin/support/bundle-words.ts";
import { describeSettings } from "../../../server/admin/support/describe-settings.ts";
import { givePseudonyms } from "../../../server/admin/support/give-pseudonyms.ts";
import { leaveOutNames } from "../../../server/admin/support/leave-out-names.ts";
import { settingsSchema } from "../../../shared/settings.schema.ts";

const wordsIn = (text: string): string[] => text.match(/[\p{L}\p{M}\p{N}_]+/gu) ?? [];

describe("a sentence in the bundle", () => {
  test("keeps its own words and leaves out names, numbers, addresses and quotes", () => {
    expect(leaveOutNames("Ann Óne opened the app (matched by phone)")).toBe(
      "… opened the app (matched by phone)",
    );
    expect(leaveOutNames("Call 812 was written in Follow Up Boss")).toBe(
      "Call … was written in Follow Up Boss",
    );
    expect(
      leaveOutNames("The campaign “Sellers of 5 Elm St” stopped: +1 (416) 555-0111, j…@x.example"),
    ).not.toMatch(/\d|Sellers|Elm|example/);
    expect(leaveOutNames("FUB_SYSTEM_KEY is not set")).toBe("FUB_SYSTEM_KEY is not set");
    expect(leaveOutNames("")).toBe("");
  });

  test("has no word that is not the gateway's, whatever came from outside", () => {
    const outside = fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 });
    const mixed = fc.array(
      fc.oneof(outside, fc.constantFrom("the call was", "Follow Up Boss", "by", ": ", " ")),
      {
        maxLength: 8,
      },
    );
    fc.assert(
      fc.property(mixed, (parts) => {
        for (const word of wordsIn(leaveOutNames(parts.join(""))))
          expect(
            BUNDLE_WORDS.has(word.toLowerCase()) || /^(Follow|Up|Boss|Hub|API|URL|Aventora)$/.test(word),
          ).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("has only words of several letters and no digits to keep", () => {
    expect(BUNDLE_WORDS.size).toBeGreaterThan(300);
    for (const word of BUNDLE_WORDS) expect(word).toMatch(/^[a-z]{2,}$/);
  });
});

test("settings tell switches and closed words, and of everything else whether it is set", () => {
  const text = fc
    .stringMatching(/^[a-zA-Zäöé]{6,30}$/)
    .filter((word) => !/simulator|followup/i.test(word))
    .map((word) => `xq${word}`);
  fc.assert(
    fc.property(text, text, fc.stringMatching(/^\+1416555\d{4}$/), (name, tag, phone) => {
      const settings = settingsSchema.parse({
        version: 1,
        installation_id: "12345678",
        vault: "file",
        platform: { FUB_SYSTEM: name, SERVER_URL: "https://xqhost.example", HOST: "xqhost.example" },
        tenants: [
          {
            domain_name: "xq-realty",
            track: "A",
            fub_start_call_tag: tag,
            default_broker_phone: phone,
            users: [
              { id: `${tag.replace(/[^\w]/g, "")}`, name, email: "xq@people.example", display_number: phone },
            ],
          },
        ],
        secrets: {
          "tenant/xq-realty/fub_api_key": { set_at: "2026-01-01T00:00:00.000Z" },
          [`user/xq-realty/${tag.replace(/[^\w]/g, "")}/fub_api_key`]: { set_at: "2026-01-01T00:00:00.000Z" },
        },
      });
      const room = {
        current: () => settings,
        locks: () => [],
        vault: () => ({ kind: "file", ok: true, sentence: "xq" }) as const,
      };
      const told = JSON.stringify(describeSettings(room, givePseudonyms()));
      expect(told).not.toMatch(/xq|416|555/i);
      expect(told).toContain('"secrets":["fub_api_key"]');
      expect(told).toContain('"tenant":"tenant-1"');
      expect(told).toContain('"track":"A"');
    }),
    { numRuns: 50 },
  );
});

test("one thing has one name, two things have two", () => {
  const name = givePseudonyms();
  expect([name("tenant", "a"), name("tenant", "b"), name("agent", "a"), name("tenant", "a")]).toEqual([
    "tenant-1",
    "tenant-2",
    "agent-1",
    "tenant-1",
  ]);
});

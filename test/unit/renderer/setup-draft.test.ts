// What a form of the set-up sends: only what changed, phones as they will be stored, secrets never emptied by accident.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Draft, NO_DRAFT, setupOf, withValue } from "../../../renderer/admin/setup/draft.ts";
import { conflictPath, type FieldRef, faultOf, refOf } from "../../../renderer/admin/setup/field-ref.ts";
import { isAbroad, othersWith, readPhone } from "../../../renderer/admin/setup/read-phone.ts";
import { toE164 } from "../../../server/base/phone-numbers.ts";
import { settingsViewSchema } from "../../../shared/console/settings.schema.ts";
import { setupSchema } from "../../../shared/setup.schema.ts";

const SETTINGS = settingsViewSchema.parse({
  revision: "r-1",
  platform: {},
  tenants: [
    {
      domain_name: "acme",
      users: [
        { id: "u.1", name: "Ann", default_broker_phone: "(416) 555-0111" },
        { id: "u2", name: "", display_number: "+14165550122" },
      ],
    },
  ],
  ...{ secrets: {}, locks: [], vault: { kind: "file", ok: true, sentence: "" }, notices: [] },
  ...{ embed_urls: {}, public_address_set: false },
});
const user = (id: string, name: string): FieldRef => ({ scope: "user", tenant: "acme", user: id, name });
const tenant = (name: string): FieldRef => ({ scope: "tenant", tenant: "acme", user: "", name });
const platform = (name: string): FieldRef => ({ scope: "platform", tenant: "", user: "", name });
type Typed = readonly (readonly [FieldRef, string | boolean | null | undefined])[];
const draftOf = (typed: Typed): Draft =>
  typed.reduce((draft, [ref, value]) => withValue(draft, SETTINGS, ref, value), NO_DRAFT);

describe("the draft", () => {
  test("sends only what changed, agents with dots in their id included", () => {
    const setup = setupOf(
      draftOf([
        [platform("FUB_SYSTEM"), "Globex"],
        [tenant("fub_sync_contacts"), false],
        [tenant("fub_start_call_tag"), ""],
        [user("u.1", "name"), " Anna "],
        [user("u2", "fub_api_key"), "fka_2"],
      ]),
    );
    expect(setup).toEqual({
      platform: { FUB_SYSTEM: "Globex" },
      tenants: [
        {
          domain_name: "acme",
          fub_sync_contacts: false,
          users: [
            { id: "u.1", name: "Anna" },
            { id: "u2", fub_api_key: "fka_2" },
          ],
        },
      ],
    });
    expect(setupSchema.safeParse(setup).success).toBe(true);
  });

  test("forgets what is typed back to what was saved", () => {
    const typed: Typed = [
      [user("u.1", "name"), "Anna"],
      [user("u.1", "name"), "Ann"],
    ];
    expect(draftOf(typed).size).toBe(0);
  });

  test("takes an emptied secret for no change, and only a removal for one", () => {
    expect(setupOf(draftOf([[tenant("fub_api_key"), ""]]))).toEqual({});
    const removed = setupOf(draftOf([[tenant("fub_api_key"), null]]));
    expect(removed).toEqual({ tenants: [{ domain_name: "acme", fub_api_key: "" }] });
  });

  test("sends phones in E.164", () => {
    const setup = setupOf(draftOf([[user("u2", "default_broker_phone"), "647.555.0199"]]));
    expect(setup).toMatchObject({ tenants: [{ users: [{ default_broker_phone: "+16475550199" }] }] });
  });
});

describe("phones", () => {
  test.each([
    "(416) 555-0111",
    "416-555-0111",
    "1 416 555 0111",
    "+1 (416) 555-0111 ext. 5",
    "416\u20115550111",
    "\uff14\uff11\uff16 555 0111",
    "+44 (0)20 7946 0958",
    "011 44 20 7946 0958",
    "555-0111",
    "+1 416 555 011",
    "416*5550111",
    "416 555 0111 or 647 555 0112",
    "abc",
    "",
  ])("%j is read as the gateway reads it", (text) => expect(readPhone(text)).toBe(toE164(text) ?? null));

  test("whatever the spelling, a North American number is read as the gateway reads it", () => {
    const gap = fc.constantFrom("", " ", "-", ".", " - ", "/", "\u00a0", ") ", " (");
    const digits = (length: number) =>
      fc
        .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
        .map((all) => all.join(""));
    const spelled = fc
      .tuple(
        fc.constantFrom("", "1", "+1", "+1 ", "tel:+1", "(", "+1 ("),
        digits(3),
        gap,
        digits(3),
        gap,
        digits(4),
      )
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(spelled, (text) => {
        expect(readPhone(text)).toBe(toE164(text) ?? null);
      }),
    );
  });

  test("a number from elsewhere is taken for one whenever the gateway does, and sent as it was typed", () => {
    const abroad = fc
      .tuple(fc.constantFrom("44", "49", "33", "972", "61"), fc.constantFrom(" ", " 0", "(0)"), fc.nat())
      .map((parts) => `+${parts.join("")}`);
    fc.assert(
      fc.property(abroad, (text) => {
        if (toE164(text) !== undefined) expect(isAbroad(readPhone(text) ?? "+1")).toBe(true);
      }),
    );
    const setup = setupOf(draftOf([[user("u2", "default_broker_phone"), " +44 020 7946 0958"]]));
    expect(setup).toMatchObject({ tenants: [{ users: [{ default_broker_phone: "+44 020 7946 0958" }] }] });
  });

  test("finds who else has a number, whatever it is spelled like and whichever of the two it is", () => {
    expect(othersWith(SETTINGS, "acme", "u2", "+14165550111")).toEqual(["Ann"]);
    expect(othersWith(SETTINGS, "acme", "u.1", "+14165550122")).toEqual(["u2"]);
    expect(othersWith(SETTINGS, "acme", "u.1", "+14165550111")).toEqual([]);
  });

  test("an incomplete number may not be saved, an empty one may", () => {
    expect(faultOf(user("u2", "default_broker_phone"), "555-01")).not.toBeNull();
    expect(faultOf(user("u2", "default_broker_phone"), " ")).toBeNull();
  });
});

test("a guide's field is found for its agent, and nobody knows one without an agent", () => {
  expect(refOf("user.fub_api_key", "acme", "u2")).toEqual(user("u2", "fub_api_key"));
  expect(refOf("user.fub_api_key", "acme", null)).toBeNull();
  expect(refOf("nonsense", "acme", "u2")).toBeNull();
});

test("a conflict is named as the gateway names it", () => {
  expect(conflictPath(user("u2", "email"))).toBe("tenants.acme.users.u2.email");
  expect(conflictPath(user("u2", "fub_api_key"))).toBe("secrets.user/acme/u2/fub_api_key");
  expect(conflictPath(platform("SERVER_URL"))).toBe("platform.SERVER_URL");
});

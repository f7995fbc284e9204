import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toE164 } from "../../../server/base/phone-numbers.ts";
import type { CrmEmail, CrmPhone } from "../../../server/crm/crm.ts";
import { describeBlocked, describeContacts } from "../../../server/embed/describe-contacts.ts";
import { factsOf } from "../../../server/engagements/contact-facts.ts";
import { chooseContact } from "../../../server/engagements/may-contact.ts";
import { ERROR_CODES } from "../../../shared/error-codes.ts";
import { CHANNELS } from "../../../shared/values.ts";

const phone = (value: string, more: Partial<CrmPhone> = {}): CrmPhone => ({
  value,
  e164: toE164(value) ?? null,
  type: "mobile",
  status: null,
  isPrimary: false,
  isLandline: null,
  relationshipId: null,
  ...more,
});
const email = (value: string, more: Partial<CrmEmail> = {}): CrmEmail => ({
  value,
  type: null,
  status: null,
  isPrimary: false,
  relationshipId: null,
  ...more,
});

test("numbers come first, the primary at the top, doubles once, each as people read it", () => {
  const contacts = describeContacts({
    phones: [
      phone("416-555-0111"),
      phone("(416) 555-0112", { isPrimary: true }),
      phone("+14165550111"),
      phone(" "),
    ],
    emails: [email("dana@example.com")],
  });
  expect(contacts.map(({ value, label, primary, kind }) => [value, label, primary, kind])).toEqual([
    ["+14165550112", "(416) 555-0112", true, "phone"],
    ["+14165550111", "(416) 555-0111", false, "phone"],
    ["dana@example.com", "dana@example.com", false, "email"],
  ]);
});

describe("what may not be used says why", () => {
  const one = (person: { phones?: CrmPhone[]; emails?: CrmEmail[] }) =>
    describeContacts({ phones: [], emails: [], ...person })[0];
  test.each([
    [
      "a landline",
      phone("4165550111", { isLandline: true }),
      ["phone", "wvoice", "chat"],
      "Landline: calls only",
    ],
    [
      "somebody else's",
      phone("4165550111", { relationshipId: "7" }),
      [],
      "Belongs to somebody else (relationship)",
    ],
    ["half a number", phone("555-0111"), [], "Not a complete number"],
    [
      "one marked invalid",
      phone("4165550111", { status: "Invalid" }),
      ["phone", "sms", "wmsg", "wvoice", "chat"],
      "Marked invalid in Follow Up Boss",
    ],
    ["a good one", phone("4165550111"), ["phone", "sms", "wmsg", "wvoice", "chat"], null],
  ])("%s", (_what, number, channels, note) => {
    expect(one({ phones: [number] })).toMatchObject({ channels, note });
  });

  test("an address is for e-mail, and for a chat where there is no number", () => {
    expect(one({ emails: [email("dana@example.com")] })?.channels).toEqual(["chat", "email"]);
    const both = describeContacts({ phones: [phone("4165550111")], emails: [email("dana@example.com")] });
    expect(both[1]).toMatchObject({ channels: ["chat", "email"], note: null });
    expect(one({ emails: [email("dana@")] })).toMatchObject({ channels: [], note: "Not a complete address" });
    expect(one({ emails: [email("jo@example.com", { relationshipId: "7" })] })?.note).toMatch(
      /somebody else/,
    );
  });
});

test("a channel nobody can use is blocked with the rule's own sentence", () => {
  const blocked = describeBlocked({ phones: [phone("4165550111", { isLandline: true })], emails: [] });
  expect(blocked).toEqual({
    sms: ERROR_CODES.landline.sentence,
    wmsg: ERROR_CODES.landline.sentence,
    email: ERROR_CODES.no_email.sentence,
  });
  expect(Object.keys(describeBlocked({ phones: [], emails: [] }))).toEqual([...CHANNELS]);
});

test("the page never offers what the rules would refuse, and always something where they would accept", () => {
  const phones = fc.array(
    fc.record({
      value: fc.constantFrom("4165550111", "+14165550112", "(416) 555-0111", "555", ""),
      isPrimary: fc.boolean(),
      isLandline: fc.option(fc.boolean()),
      relationshipId: fc.option(fc.constant("7")),
    }),
    { maxLength: 4 },
  );
  const emails = fc.array(
    fc.record({
      value: fc.constantFrom("a@example.com", "A@example.com", "x", ""),
      isPrimary: fc.boolean(),
      relationshipId: fc.option(fc.constant("7")),
    }),
    { maxLength: 3 },
  );
  fc.assert(
    fc.property(phones, emails, (numbers, addresses) => {
      const person = {
        phones: numbers.map((one) => phone(one.value, one)),
        emails: addresses.map((one) => email(one.value, one)),
      };
      const contacts = describeContacts(person);
      const blocked = describeBlocked(person);
      for (const channel of CHANNELS) {
        const offered = contacts.filter(({ channels }) => channels.includes(channel));
        for (const { value } of offered) {
          expect(chooseContact({ ...factsOf(person), channel, chosen: value })).toMatchObject({ ok: true });
        }
        expect(offered.length === 0).toBe(channel in blocked);
      }
    }),
    { numRuns: 500 },
  );
});

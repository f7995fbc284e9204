import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toE164 } from "../../../server/base/phone-numbers.ts";
import {
  type ContactFacts,
  chooseContact,
  inCoolDown,
  type PhoneFact,
} from "../../../server/engagements/may-contact.ts";
import { CHANNELS, type Channel, REFUSAL_REASONS } from "../../../shared/values.ts";

const phone = (value: string, more: Partial<PhoneFact> = {}): PhoneFact => ({
  value,
  isPrimary: false,
  isLandline: null,
  relationshipId: null,
  ...more,
});
const mail = (value: string, more: { isPrimary?: boolean; relationshipId?: string } = {}) => ({
  value,
  isPrimary: false,
  relationshipId: null,
  ...more,
});
const choose = (channel: Channel, facts: Partial<ContactFacts>) => {
  const verdict = chooseContact({ channel, phones: [], emails: [], chosen: null, ...facts });
  return verdict.ok ? verdict.contact : verdict.rule;
};
const [A, B, C] = ["+14165550111", "+14165550112", "+14165550113"];

describe("which number", () => {
  test.each<[string, Channel, Partial<ContactFacts>, string]>([
    ["none", "phone", {}, "no_phone"],
    ["a blank one", "phone", { phones: [phone("  ")] }, "no_phone"],
    ["an incomplete one", "phone", { phones: [phone("555-0111")] }, "invalid_phone"],
    ["the only one, in any spelling", "sms", { phones: [phone("(416) 555-0111")] }, A],
    ["the primary one", "phone", { phones: [phone(A), phone(B, { isPrimary: true })] }, B],
    ["the first where none is primary", "phone", { phones: [phone(A), phone(B)] }, A],
    [
      "the next where the primary is incomplete",
      "phone",
      { phones: [phone("x", { isPrimary: true }), phone(B)] },
      B,
    ],
    [
      "the chosen one",
      "phone",
      { phones: [phone(A, { isPrimary: true }), phone(B)], chosen: "416-555-0112" },
      B,
    ],
    ["never one the person does not have", "phone", { phones: [phone(A)], chosen: B }, "invalid_phone"],
    [
      "never a relationship's",
      "phone",
      { phones: [phone(A, { relationshipId: "7" })] },
      "relationship_phone",
    ],
    [
      "not even a chosen one",
      "phone",
      { phones: [phone(A, { relationshipId: "7" }), phone(B)], chosen: A },
      "relationship_phone",
    ],
    [
      "the own one beside a relationship's primary",
      "phone",
      { phones: [phone(A, { relationshipId: "7", isPrimary: true }), phone(B)] },
      B,
    ],
    ["a landline for calls", "phone", { phones: [phone(A, { isLandline: true })] }, A],
    ["no landline for SMS", "sms", { phones: [phone(A, { isLandline: true })] }, "landline"],
    ["no landline for WhatsApp", "wmsg", { phones: [phone(A, { isLandline: true })] }, "landline"],
    [
      "the mobile beside a primary landline",
      "sms",
      { phones: [phone(A, { isLandline: true, isPrimary: true }), phone(B)] },
      B,
    ],
    [
      "no landline that also stands there unmarked",
      "sms",
      { phones: [phone(A, { isLandline: true }), phone("416-555-0111")] },
      "landline",
    ],
    [
      "no chosen landline for SMS",
      "sms",
      { phones: [phone(A, { isLandline: true }), phone(B)], chosen: A },
      "landline",
    ],
  ])("%s", (_what, channel, facts, expected) => {
    expect(choose(channel, facts)).toBe(expected);
  });
});

describe("which address", () => {
  test.each<[string, Partial<ContactFacts>, string]>([
    ["none", { phones: [phone(A)] }, "no_email"],
    ["a relationship's only", { emails: [mail("jo@example.com", { relationshipId: "7" })] }, "no_email"],
    ["an incomplete one", { emails: [mail("dana@example")] }, "invalid_email"],
    ["two in one field", { emails: [mail("a@example.com, b@example.com")] }, "invalid_email"],
    ["one with a line break", { emails: [mail("a@example.com\nBcc: b@example.com")] }, "invalid_email"],
    ["one that is too long", { emails: [mail(`${"a".repeat(250)}@example.com`)] }, "invalid_email"],
    [
      "the primary one, trimmed",
      { emails: [mail("a@example.com"), mail(" b@example.com ", { isPrimary: true })] },
      "b@example.com",
    ],
    [
      "the chosen one in any case",
      { emails: [mail("a@example.com"), mail("B@example.com")], chosen: "b@EXAMPLE.com" },
      "B@example.com",
    ],
    [
      "never one the person does not have",
      { emails: [mail("a@example.com")], chosen: "b@example.com" },
      "invalid_email",
    ],
  ])("%s", (_what, facts, expected) => {
    expect(choose("email", facts)).toBe(expected);
  });

  test("a chat goes to the phone, and to the address where there is no phone", () => {
    expect(choose("chat", { phones: [phone(A)], emails: [mail("a@example.com")] })).toBe(A);
    expect(choose("chat", { emails: [mail("a@example.com")] })).toBe("a@example.com");
    const both = { phones: [phone(A)], emails: [mail("a@example.com")] };
    expect(choose("chat", { ...both, chosen: "a@example.com" })).toBe("a@example.com");
    expect(choose("chat", { ...both, phones: [phone("555-0111")] })).toBe("a@example.com");
    expect(choose("chat", { ...both, phones: [phone("555-0111")], chosen: A })).toBe("invalid_phone");
    expect(choose("chat", {})).toBe("no_phone");
    expect(choose("sms", { emails: [mail("a@example.com")] })).toBe("no_phone");
  });
});

test("whoever the person is: only an own, complete number or address is used, and no landline for text", () => {
  const number = fc.constantFrom(A, B, C, "416 555 0111", "(416) 555-0112", "555-0111", "", "n/a");
  const phones = fc.array(
    fc.record({
      value: number,
      isPrimary: fc.boolean(),
      isLandline: fc.option(fc.boolean()),
      relationshipId: fc.option(fc.constantFrom("7", "8")),
    }),
    { maxLength: 5 },
  );
  const address = fc.constantFrom("a@example.com", "b@example.com", "B@example.com", "broken", "");
  const emails = fc.array(
    fc.record({ value: address, isPrimary: fc.boolean(), relationshipId: fc.option(fc.constant("7")) }),
    { maxLength: 4 },
  );
  const chosen = fc.option(fc.oneof(number, address));
  fc.assert(
    fc.property(fc.record({ channel: fc.constantFrom(...CHANNELS), phones, emails, chosen }), (facts) => {
      const verdict = chooseContact(facts);
      if (!verdict.ok) {
        expect(REFUSAL_REASONS).toContain(verdict.rule);
        return;
      }
      const { contact } = verdict;
      if (contact.includes("@")) {
        expect(facts.channel === "email" || facts.channel === "chat").toBe(true);
        expect(
          facts.emails.some((email) => email.relationshipId === null && email.value.trim() === contact),
        ).toBe(true);
      } else {
        const own = facts.phones.filter(
          (one) => one.relationshipId === null && toE164(one.value) === contact,
        );
        expect(own.length).toBeGreaterThan(0);
        if (facts.channel === "sms" || facts.channel === "wmsg")
          expect(own.every((one) => one.isLandline !== true)).toBe(true);
        if (facts.chosen !== null) expect(toE164(facts.chosen)).toBe(contact);
      }
    }),
    { numRuns: 2_000 },
  );
});

test("a cool-down refuses until it is over; none never refuses", () => {
  const [last, minutes] = [1_000_000, 60_000];
  expect(inCoolDown(null, last, 30 * minutes)).toBe(false);
  expect(inCoolDown(last, last, 30 * minutes)).toBe(true);
  expect(inCoolDown(last, last + 30 * minutes - 1, 30 * minutes)).toBe(true);
  expect(inCoolDown(last, last + 30 * minutes, 30 * minutes)).toBe(false);
  expect(inCoolDown(last, last, 0)).toBe(false);
});

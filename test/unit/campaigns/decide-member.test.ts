// Who of a list is reached, by the person alone.
import { describe, expect, test } from "vitest";
import { contactKey, decidePerson, duplicateReason } from "../../../server/campaigns/decide-member.ts";
import type { CrmPerson } from "../../../server/crm/crm.ts";

type Phone = CrmPerson["phones"][number];
const phone = (value: string, more: Partial<Phone> = {}): Phone =>
  ({
    value,
    e164: value,
    type: "mobile",
    isPrimary: true,
    isLandline: null,
    relationshipId: null,
    ...more,
  }) as Phone;
const email = (value: string, isPrimary = true) => ({ value, isPrimary, relationshipId: null });
const person = (more: Partial<CrmPerson>): CrmPerson =>
  ({ id: "7", name: "Nivia Guerra", stage: "Lead", phones: [], emails: [], ...more }) as CrmPerson;

describe("a person on a list", () => {
  test.each([
    ["phone", {}, "no_phone"],
    ["sms", {}, "no_phone"],
    ["email", {}, "no_email"],
    ["sms", { phones: [phone("+14165550142", { isLandline: true })] }, "landline"],
    ["phone", { phones: [phone("+14165550142", { relationshipId: "9" })] }, "relationship_phone"],
    ["phone", { phones: [phone("12", { e164: null })] }, "invalid_phone"],
    ["email", { emails: [email("ask at the front desk")] }, "invalid_email"],
    ["phone", { phones: [phone("+14165550142")], stage: "Trash" }, "trashed"],
    ["email", { emails: [email("a@b.example")], stage: "  TRASH " }, "trashed"],
  ] as const)("is not reached over %s with %j: %s", (channel, more, reason) => {
    expect(decidePerson(person(more as Partial<CrmPerson>), channel)).toEqual({
      key: "7",
      personId: "7",
      name: "Nivia Guerra",
      contact: null,
      reason,
      details: null,
    });
  });

  test.each([
    ["phone", { phones: [phone("+14165550142", { isLandline: true })] }, "+14165550142"],
    ["phone", { stage: null, phones: [phone("+14165550142")] }, "+14165550142"],
    ["phone", { stage: "Trashy but nice", phones: [phone("+14165550142")] }, "+14165550142"],
    [
      "sms",
      { phones: [phone("+14165550142", { isLandline: true }), phone("+14165550143", { isPrimary: false })] },
      "+14165550143",
    ],
    [
      "phone",
      { phones: [phone("+14165550142", { isPrimary: false }), phone("+14165550143")] },
      "+14165550143",
    ],
    ["email", { emails: [email("not one"), email("b@people.example", false)] }, "b@people.example"],
  ] as const)("is reached over %s with %j at %s", (channel, more, contact) => {
    const decided = decidePerson(person(more as unknown as Partial<CrmPerson>), channel);
    expect(decided).toMatchObject({ contact, reason: null });
  });
});

test("the same number or address is one contact, whatever the case of its letters", () => {
  expect(contactKey("Ann@People.Example")).toBe(contactKey("ann@people.example"));
  expect(duplicateReason("ann@people.example")).toBe("duplicate_address");
  expect(duplicateReason("+14165550142")).toBe("duplicate_number");
});

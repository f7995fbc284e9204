// A person's numbers and addresses as the page offers them: where each may be used, and why not where it may not.
import type { EmbedContact } from "../../shared/embed.schema.ts";
import { ERROR_CODES } from "../../shared/error-codes.ts";
import { CHANNELS, type Channel } from "../../shared/values.ts";
import { nationalForm } from "../base/phone-numbers.ts";
import type { CrmEmail, CrmPerson, CrmPhone } from "../crm/crm.ts";
import { factsOf } from "../engagements/contact-facts.ts";
import { chooseContact } from "../engagements/may-contact.ts";

type Reachable = Pick<CrmPerson, "phones" | "emails">;

/** The primary number first, then in FUB's order; a number that stands there twice is shown once. */
export function describeContacts(person: Reachable): EmbedContact[] {
  const phones = [...person.phones].sort(primaryFirst).map((phone) => describePhone(person, phone));
  const emails = [...person.emails].sort(primaryFirst).map((email) => describeEmail(person, email));
  const all = [...phones, ...emails].filter((contact) => contact.value !== "");
  return all.filter((contact, index) => all.findIndex((other) => other.value === contact.value) === index);
}

const primaryFirst = (left: { isPrimary: boolean }, right: { isPrimary: boolean }): number =>
  Number(right.isPrimary) - Number(left.isPrimary);

function describePhone(person: Reachable, phone: CrmPhone): EmbedContact {
  const value = phone.e164 ?? phone.value.trim();
  const channels = CHANNELS.filter((channel) => channel !== "email" && isUsable(person, channel, value));
  return {
    value,
    label: phone.e164 ? nationalForm(phone.e164) : phone.value,
    kind: "phone",
    type: phone.type ?? "",
    primary: phone.isPrimary,
    channels,
    note: phoneNote(phone),
  };
}

function phoneNote(phone: CrmPhone): string | null {
  if (phone.relationshipId !== null) return "Belongs to somebody else (relationship)";
  if (phone.e164 === null) return "Not a complete number";
  if (phone.isLandline === true) return "Landline: calls only";
  return phone.status?.toLowerCase() === "invalid" ? "Marked invalid in Follow Up Boss" : null;
}

function describeEmail(person: Reachable, email: CrmEmail): EmbedContact {
  const value = email.value.trim();
  const channels = CHANNELS.filter(
    (channel) => (channel === "email" || channel === "chat") && isUsable(person, channel, value),
  );
  const note =
    email.relationshipId !== null
      ? "Belongs to somebody else (relationship)"
      : channels.length === 0
        ? "Not a complete address"
        : null;
  return {
    value,
    label: value,
    kind: "email",
    type: email.type ?? "",
    primary: email.isPrimary,
    channels,
    note,
  };
}

function isUsable(person: Reachable, channel: Channel, chosen: string): boolean {
  return chooseContact({ ...factsOf(person), channel, chosen }).ok;
}

/** Sentence per channel that cannot be used for this person at all. */
export function describeBlocked(person: Reachable): Partial<Record<Channel, string>> {
  const refusals = CHANNELS.flatMap((channel) => {
    const verdict = chooseContact({ ...factsOf(person), channel, chosen: null });
    return verdict.ok ? [] : [[channel, ERROR_CODES[verdict.rule].sentence] as const];
  });
  return Object.fromEntries(refusals);
}

/** Sentence per channel on which every number or address is kept back by a rule. */
export function blockedByRules(contacts: readonly EmbedContact[]): Partial<Record<Channel, string>> {
  const closed = CHANNELS.flatMap((channel) => {
    const suits = contacts.filter(
      ({ kind }) => channel === "chat" || (kind === "email") === (channel === "email"),
    );
    const noted = suits.find(({ note }) => note !== null);
    return noted?.note && suits.every(({ channels }) => !channels.includes(channel))
      ? [[channel, noted.note] as const]
      : [];
  });
  return Object.fromEntries(closed);
}

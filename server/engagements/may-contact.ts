// The contact rules. Pure, and fail closed: an outreach goes out only when a usable number or address was found and no
// rule objects. Checked when an outreach is asked for and again right before it is launched.
import type { Channel, RefusalReason } from "../../shared/values.ts";
import { toE164 } from "../base/phone-numbers.ts";

export interface PhoneFact {
  readonly value: string;
  readonly isPrimary: boolean;
  readonly isLandline: boolean | null;
  /** Not null: somebody else's number (FUB people: relationshipId other than 0). */
  readonly relationshipId: string | null;
}

export interface EmailFact {
  readonly value: string;
  readonly isPrimary: boolean;
  readonly relationshipId: string | null;
}

export interface ContactFacts {
  readonly channel: Channel;
  readonly phones: readonly PhoneFact[];
  readonly emails: readonly EmailFact[];
  /** The number or address the agent chose; the primary usable one when null. */
  readonly chosen: string | null;
}

export type ContactVerdict =
  | { readonly ok: true; readonly contact: string }
  | { readonly ok: false; readonly rule: RefusalReason };

const refuse = (rule: RefusalReason): ContactVerdict => ({ ok: false, rule });

/** Which number (E.164) or address is used on the channel, or the rule that refuses. */
export function chooseContact(facts: ContactFacts): ContactVerdict {
  if (facts.channel === "email") return chooseEmail(facts);
  if (facts.channel === "chat") return chooseForChat(facts);
  return choosePhone(facts);
}

// A chat link can travel either way: as chosen, else by phone as in the guide's order, else by e-mail.
function chooseForChat(facts: ContactFacts): ContactVerdict {
  if (facts.chosen?.includes("@")) return chooseEmail(facts);
  const byPhone = choosePhone(facts);
  if (byPhone.ok || facts.chosen !== null) return byPhone;
  const byEmail = chooseEmail(facts);
  return byEmail.ok ? byEmail : byPhone;
}

function choosePhone(facts: ContactFacts): ContactVerdict {
  const filled = facts.phones.filter((phone) => phone.value.trim() !== "");
  if (filled.length === 0) return refuse("no_phone");
  const own = filled.filter((phone) => phone.relationshipId === null);
  if (own.length === 0) return refuse("relationship_phone");
  const dialable = own.flatMap((phone) => {
    const contact = toE164(phone.value);
    return contact === undefined ? [] : [{ ...phone, contact }];
  });
  const wanted =
    facts.chosen === null ? dialable : dialable.filter((phone) => phone.contact === toE164(facts.chosen));
  if (wanted.length === 0) {
    const chosenIsSomebodyElses = filled.some(
      (phone) => phone.relationshipId !== null && toE164(phone.value) === toE164(facts.chosen),
    );
    return refuse(facts.chosen !== null && chosenIsSomebodyElses ? "relationship_phone" : "invalid_phone");
  }
  // A number that stands there twice is a landline if either entry says so.
  const landlines = new Set(
    dialable.filter((phone) => phone.isLandline === true).map(({ contact }) => contact),
  );
  const usable = isText(facts.channel) ? wanted.filter(({ contact }) => !landlines.has(contact)) : wanted;
  const best = usable.find((phone) => phone.isPrimary) ?? usable[0];
  return best ? { ok: true, contact: best.contact } : refuse("landline");
}

const isText = (channel: Channel): boolean => channel === "sms" || channel === "wmsg";

/** Enough to be an address at all; whether it exists only its server knows. */
const ADDRESS = /^[^\s@<>(),;:"[\]]+@[^\s@<>(),;:"[\]]+\.[^\s@<>(),;:"[\]]{2,}$/;

function chooseEmail(facts: ContactFacts): ContactVerdict {
  const filled = facts.emails.filter((email) => email.value.trim() !== "");
  const own = filled.filter((email) => email.relationshipId === null);
  if (own.length === 0) return refuse("no_email");
  const chosen = facts.chosen?.trim().toLowerCase() ?? null;
  const valid = own.filter((email) => ADDRESS.test(email.value.trim()) && email.value.length <= 254);
  const wanted =
    chosen === null ? valid : valid.filter((email) => email.value.trim().toLowerCase() === chosen);
  const best = wanted.find((email) => email.isPrimary) ?? wanted[0];
  return best ? { ok: true, contact: best.value.trim() } : refuse("invalid_email");
}

/** Was the same person contacted on the same channel too recently? Times in ms; a cool-down of 0 never refuses. */
export function inCoolDown(lastAt: number | null, now: number, coolDownMs: number): boolean {
  return lastAt !== null && coolDownMs > 0 && now - lastAt < coolDownMs;
}

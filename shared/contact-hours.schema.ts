// The rule file of calling hours (contact-hours.json): when people may be called and texted, by state, province or country.
// The product's own is server/contact/data/contact-hours.json; a copy in the data folder is the brokerage's to edit.
import { z } from "zod";

const WINDOW = /^(?:closed|([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|24:00))$/;

/** "08:00-21:00" by the clock where the contact is: from the first to before the second; "closed" for not at all. */
const windowSchema = z
  .string()
  .trim()
  .refine(
    (text) => WINDOW.test(text) && (text === "closed" || text.slice(0, 5) < text.slice(6)),
    "must be like 08:00-21:00, or closed",
  );

const weekHoursSchema = z.strictObject({
  weekdays: windowSchema,
  saturday: windowSchema,
  sunday: windowSchema,
});
export type WeekHours = z.infer<typeof weekHoursSchema>;

/** Calls and WhatsApp calls; SMS, WhatsApp and chat by phone. E-mail has no hours. */
export const CONTACT_KINDS = ["calls", "texts"] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

const name = z.string().trim().min(1).max(100);

/** Where a rule comes from, and whether somebody who answers for it has looked at it. */
const origin = {
  source: z.string().trim().max(1000).default(""),
  as_of: z.iso.date(),
  status: z.enum(["unreviewed", "reviewed"]).default("unreviewed"),
};

const zoneName = z.string().trim().max(60).refine(isZone, "must be a time zone like America/New_York");

function isZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

const hoursRuleSchema = z.strictObject({
  /** "US", "CA", "GB": the whole country; "US-FL", "CA-ON": a state or province, whose rules come on top. */
  region: z
    .string()
    .trim()
    .regex(/^[A-Z]{2}(?:-[A-Z]{2})?$/, "must be like US, US-FL or CA-ON"),
  name,
  /** What it holds for. */
  kinds: z
    .array(z.enum(CONTACT_KINDS))
    .min(1)
    .default([...CONTACT_KINDS]),
  hours: weekHoursSchema,
  /** First day on which it holds, by the calendar where the contact is; always when left out. */
  since: z.iso.date().optional(),
  /** Most calls or texts to one person in 24 hours. */
  max_per_day: z
    .strictObject({
      calls: z.number().int().min(1).max(1_000).optional(),
      texts: z.number().int().min(1).max(1_000).optional(),
    })
    .optional(),
  ...origin,
});

export const contactHoursSchema = z.strictObject({
  version: z.literal(1),
  /** Words for whoever edits the file. */
  note: z.string().max(2000).default(""),
  /** For numbers that say nothing about where somebody is: toll-free ones, unknown area codes. */
  unknown: z.strictObject({ name, zone: zoneName, hours: weekHoursSchema, ...origin }),
  /** Where the time is known and no rule holds. */
  elsewhere: z.strictObject({ name, hours: weekHoursSchema, ...origin }),
  rules: z.array(hoursRuleSchema).max(500),
});
export type ContactHoursFile = z.output<typeof contactHoursSchema>;

// Was somebody contacted as often as is allowed? By the brokerage's own caps, and where people's hours hold by the limits per
// day of the rule file. Called by check-contact.
import type { ContactCap } from "../../shared/contact-settings.schema.ts";
import type { DbOrTrx } from "../db/schema.ts";
import { type ContactGroup, nthLastContactAt } from "./count-contacts.ts";
import type { DailyLimit } from "./hours/hours-rules.ts";
import type { Who } from "./suppression.store.ts";

export interface CapQuestion extends Who {
  readonly group: ContactGroup;
  /** When it would go out, epoch ms. */
  readonly at: number;
  readonly except?: string | undefined;
  readonly cap: ContactCap | undefined;
  readonly limit: DailyLimit | undefined;
}

export interface ReachedCap {
  readonly most: number;
  readonly days: 1 | 7;
  /** Name of the rule in the rule file; null for the brokerage's own cap. */
  readonly rule: string | null;
  /** When it is allowed again: the oldest that counts has then been left behind. */
  readonly until: number;
}

const DAY_MS = 86_400_000;

/** The reached cap that holds longest, if any is reached. */
export async function reachedCap(db: DbOrTrx, question: CapQuestion): Promise<ReachedCap | undefined> {
  const { cap, limit, at } = question;
  const caps = [
    { most: cap?.per_day, days: 1 as const, rule: null },
    { most: cap?.per_week, days: 7 as const, rule: null },
    { most: limit?.most, days: 1 as const, rule: limit?.rule ?? null },
  ];
  const reached: ReachedCap[] = [];
  for (const { most, days, rule } of caps) {
    if (most === undefined) continue;
    const last = await nthLastContactAt(db, { ...question, since: at - days * DAY_MS }, most);
    if (last !== null) reached.push({ most, days, rule, until: last + days * DAY_MS });
  }
  return reached.toSorted((left, right) => right.until - left.until)[0];
}

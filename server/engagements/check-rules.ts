// The rules that depend on the moment: cool-down, the brokerage's list of whom not to contact, consent, caps, hours.
// Asked when an outreach is asked for, when a list is reviewed, and again right before anything goes out.
import type { TenantSettings } from "../../shared/settings.schema.ts";
import type { Channel } from "../../shared/values.ts";
import { isoTime } from "../base/clock.ts";
import { GatewayError } from "../base/errors.ts";
import { type ContactDecision, checkContact } from "../contact/check-contact.ts";
import type { DbOrTrx } from "../db/schema.ts";
import type { PersonKnowledge } from "./contact-facts.ts";
import type { EngagementDeps } from "./engagement-deps.ts";
import { lastContactAt } from "./last-contact.ts";
import { inCoolDown } from "./may-contact.ts";

/** Whom the rules are asked about. */
export interface RuleSubject {
  readonly tenant: Readonly<TenantSettings>;
  readonly channel: Channel;
  /** Who would carry it. */
  readonly provider: string;
  readonly contact: string;
  readonly personId: string | null;
  readonly crmAccountId: string | null;
  /** Tags, consent and addresses as the CRM has them, where the person was read. */
  readonly known?: PersonKnowledge | undefined;
  /** When it would go out, epoch ms. */
  readonly at: number;
  /** The engagement that is asked about, once it has a row. */
  readonly except?: string;
  /** A further try follows its own attempt by the campaign's rule, not by the cool-down. */
  readonly furtherTry?: boolean;
}

type RuleDeps = Pick<EngagementDeps, "providers" | "rules">;

export async function checkRules(
  deps: RuleDeps,
  db: DbOrTrx,
  subject: RuleSubject,
): Promise<ContactDecision> {
  const { tenant, channel, contact, personId, crmAccountId, at, except, known } = subject;
  const key = { tenant: tenant.domain_name, channel, contact, personId, crmAccountId };
  const until = subject.furtherTry ? null : await coolDownUntil(db, subject, key);
  if (until !== null) {
    const { sentence } = new GatewayError("cool_down");
    return { decision: "refused", rule: "cool_down", sentence, until, detail: { until: isoTime(until) } };
  }
  return checkContact(deps.rules, db, {
    ...key,
    at,
    tags: known?.tags,
    consent: known?.consent,
    place: { regions: known?.regions },
    reachesPeople: deps.providers.get(subject.provider).reachesPeople,
    ...(except === undefined ? {} : { except }),
  });
}

async function coolDownUntil(
  db: DbOrTrx,
  { tenant, at, except }: RuleSubject,
  key: Parameters<typeof lastContactAt>[1],
): Promise<number | null> {
  const coolDownMs = tenant.cool_down_minutes * 60_000;
  if (coolDownMs <= 0) return null;
  const last = await lastContactAt(db, key, except);
  return last !== null && inCoolDown(last, at, coolDownMs) ? last + coolDownMs : null;
}

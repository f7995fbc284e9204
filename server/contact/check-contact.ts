// The decision of the contact rules: may somebody be contacted on a channel at a moment, must it wait, or is it refused?
// Asked when an outreach is queued (advice) and again right before anything goes out (binding); whoever asks writes the
// answer into the ledger. In order: tags, wishes, consent, caps, hours.
import type { TenantSettings } from "../../shared/settings.schema.ts";
import { plainTag } from "../../shared/tag-starts.schema.ts";
import type { Channel, RefusalReason } from "../../shared/values.ts";
import { isoTime } from "../base/clock.ts";
import { GatewayError } from "../base/errors.ts";
import type { DbOrTrx } from "../db/schema.ts";
import { reachedCap } from "./check-caps.ts";
import { isAddress } from "./contact-key.ts";
import { type ContactGroup, groupOf } from "./count-contacts.ts";
import { dailyLimit } from "./hours/hours-rules.ts";
import type { Hours } from "./hours/open-hours.ts";
import { sayCap, sayHours, sayNoConsent, saySuppression, sayTag } from "./say-refusal.ts";
import { findSuppression, type SuppressionRow } from "./suppression.store.ts";
import { regionsOf } from "./zones/number-place.ts";
import { zoneToSay } from "./zones/zone-to-say.ts";

export interface ContactDeps {
  readonly tenant: (slug: string) => Readonly<TenantSettings> | undefined;
  readonly hours: Hours;
}

export interface ContactQuestion {
  readonly tenant: string;
  readonly channel: Channel;
  /** E.164 or address. */
  readonly contact: string;
  readonly personId: string | null;
  readonly crmAccountId: string | null;
  /** As the CRM has it: only what was declined refuses. */
  readonly consent?:
    | { readonly phone?: boolean; readonly text?: boolean; readonly email?: boolean }
    | undefined;
  readonly tags?: readonly string[] | undefined;
  /** Where the person may be, where known: "US-FL" (see region-of-address), an IANA zone. */
  readonly place?:
    | { readonly regions?: readonly string[] | undefined; readonly zone?: string | undefined }
    | undefined;
  /** When it would go out, epoch ms. */
  readonly at: number;
  /** False on the simulator, which reaches nobody. */
  readonly reachesPeople: boolean;
  /** The engagement that is asked about: it does not count towards its own cap. */
  readonly except?: string | undefined;
  /** It was launched and counted before, and is about to reach them: caps were asked then. */
  readonly underWay?: boolean | undefined;
  /** An answer to what they just wrote: only their wishes and the do-not-contact list count. */
  readonly answersThem?: boolean | undefined;
}

/** What was looked at, for the ledger and the story. */
export interface ContactDetail {
  readonly hours?: string;
  /** ISO. */
  readonly until?: string;
  readonly tag?: string;
  readonly suppression?: number;
  readonly cap?: {
    readonly group: ContactGroup;
    readonly most: number;
    readonly days: number;
    readonly rule: string | null;
  };
}

export type ContactDecision =
  | { readonly decision: "allowed"; readonly detail: ContactDetail }
  | {
      readonly decision: "held";
      readonly rule: "outside_hours";
      /** Epoch ms: the next allowed time. */
      readonly until: number;
      /** No time of the week is allowed in all their places: `until` is only when to look again. */
      readonly never?: true;
      readonly sentence: string;
      readonly detail: ContactDetail;
    }
  | {
      readonly decision: "refused";
      readonly rule: RefusalReason;
      readonly sentence: string;
      /** Epoch ms: when a cap allows it again. */
      readonly until?: number;
      readonly detail: ContactDetail;
    };

/** @throws GatewayError tenant_not_found: nothing goes out for a brokerage that is not there. */
export async function checkContact(
  deps: ContactDeps,
  db: DbOrTrx,
  question: ContactQuestion,
): Promise<ContactDecision> {
  const tenant = deps.tenant(question.tenant);
  if (!tenant) throw new GatewayError("tenant_not_found");
  if (question.answersThem) return (await bySuppression(db, question)) ?? ALLOWED;
  return (
    byTag(tenant, question) ??
    (await bySuppression(db, question)) ??
    byConsent(question) ??
    (question.underWay ? undefined : await byCap(deps, tenant, db, question)) ??
    checkHours(deps, tenant, question)
  );
}

const ALLOWED: ContactDecision = { decision: "allowed", detail: {} };

function byTag(
  tenant: Readonly<TenantSettings>,
  { tags = [] }: ContactQuestion,
): ContactDecision | undefined {
  const blocking = new Set([tenant.opt_out_tag, ...tenant.blocking_tags].map(plainTag).filter(Boolean));
  const tag = tags.find((own) => blocking.has(plainTag(own)));
  if (tag === undefined) return undefined;
  return { decision: "refused", rule: "opted_out", sentence: sayTag(tag.trim()), detail: { tag } };
}

async function bySuppression(db: DbOrTrx, question: ContactQuestion): Promise<ContactDecision | undefined> {
  const row = (await findSuppression(db, question)) ?? (await byInvitation(db, question));
  if (!row) return undefined;
  return {
    decision: "refused",
    rule: row.kind === "do_not_call" ? "do_not_call" : "opted_out",
    sentence: saySuppression(row, zoneToSay(question.contact)),
    detail: { suppression: row.id },
  };
}

/** A chat begins with a text or an e-mail; what is answered in it goes neither way. */
async function byInvitation(db: DbOrTrx, question: ContactQuestion): Promise<SuppressionRow | undefined> {
  if (question.channel !== "chat" || question.answersThem) return undefined;
  return findSuppression(db, { ...question, channel: isAddress(question.contact) ? "email" : "sms" });
}

function byConsent({ channel, contact, consent = {} }: ContactQuestion): ContactDecision | undefined {
  const group = channel === "chat" && isAddress(contact) ? "email" : groupOf(channel);
  const given = { calls: consent.phone, texts: consent.text, email: consent.email }[group];
  if (given !== false) return undefined;
  return { decision: "refused", rule: "no_consent", sentence: sayNoConsent(group), detail: {} };
}

async function byCap(
  deps: ContactDeps,
  tenant: Readonly<TenantSettings>,
  db: DbOrTrx,
  question: ContactQuestion,
): Promise<ContactDecision | undefined> {
  const group = groupOf(question.channel);
  const kind = hoursKind(tenant, question);
  const regions = [...regionsOf(question.contact), ...regionsOfPerson(question)];
  const limit = kind === undefined ? undefined : dailyLimit(deps.hours.rules(), regions, kind);
  const cap = await reachedCap(db, { ...question, group, cap: tenant.contact_caps[group], limit });
  if (!cap) return undefined;
  const { most, days, rule, until } = cap;
  return {
    decision: "refused",
    rule: "contact_cap",
    sentence: sayCap(group, cap, zoneToSay(question.contact)),
    until,
    detail: { cap: { group, most, days, rule }, until: isoTime(until) },
  };
}

/** By the hours of the day alone. */
export function checkHours(
  deps: ContactDeps,
  tenant: Readonly<TenantSettings>,
  question: ContactQuestion,
): ContactDecision {
  const kind = hoursKind(tenant, question);
  if (kind === undefined) return ALLOWED;
  const { contact, at, place } = question;
  const zones = place?.zone === undefined ? [] : [place.zone];
  const verdict = deps.hours.at({ contact, kind, at, regions: regionsOfPerson(question), zones });
  const { detail } = verdict;
  if (verdict.open) return { decision: "allowed", detail: { hours: detail } };
  return {
    decision: "held",
    rule: "outside_hours",
    until: verdict.until,
    ...(verdict.never && { never: true }),
    sentence: sayHours(detail),
    detail: { hours: detail, until: isoTime(verdict.until) },
  };
}

const regionsOfPerson = ({ place }: ContactQuestion): readonly string[] => place?.regions ?? [];

/** Which hours hold for it; undefined where none do: e-mail, and where the brokerage or the simulator leaves them out. */
function hoursKind(
  { contact_hours: when }: Readonly<TenantSettings>,
  { channel, contact, reachesPeople }: ContactQuestion,
): "calls" | "texts" | undefined {
  const group = groupOf(channel);
  if (group === "email" || isAddress(contact)) return undefined;
  return when === "always" || (when === "real_channels" && reachesPeople) ? group : undefined;
}

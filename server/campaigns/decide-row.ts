// One row of a batch: whom it reaches, as whom, when; or why it cannot be used. The contact rules are everybody's.
import type { BulkBatch, BulkRow } from "../../shared/bulk.schema.ts";
import { ERROR_CODES } from "../../shared/error-codes.ts";
import type { TenantSettings } from "../../shared/settings.schema.ts";
import type { Channel } from "../../shared/values.ts";
import { GatewayError } from "../base/errors.ts";
import { fieldError } from "../base/parse.ts";
import { parseWrittenTime } from "../base/parse-written-time.ts";
import type { ProviderRegistry } from "../channels/provider-registry.ts";
import { namesCrm } from "../crm/names-crm.ts";
import { checkType } from "../engagements/check-type.ts";
import { ownEmail, ownPhone } from "../engagements/contact-facts.ts";
import { chooseContact } from "../engagements/may-contact.ts";
import { checkExtras } from "../engagements/order-extras.ts";
import { otherContact } from "../engagements/other-contact.ts";
import type { Candidate } from "./decide-member.ts";
import type { RowActors } from "./row-actors.ts";
import type { RowDetails } from "./row-details.ts";

export interface RowContext {
  readonly batch: BulkBatch;
  readonly tenant: Readonly<TenantSettings>;
  readonly actors: RowActors;
  readonly providers: ProviderRegistry;
}

/** A row that could not even be read; `sentence` says why. */
export function unreadableRow(key: string, sentence: string): Candidate {
  const details: RowDetails = { problem: sentence };
  return {
    key,
    personId: null,
    name: "",
    contact: null,
    reason: "invalid_row",
    details: JSON.stringify(details),
  };
}

export function decideRow(key: string, row: BulkRow, context: RowContext): Candidate {
  try {
    return decide(key, row, context);
  } catch (error) {
    if (error instanceof GatewayError) return { ...unreadableRow(key, error.sentence), name: row.name ?? "" };
    throw error;
  }
}

function decide(key: string, row: BulkRow, context: RowContext): Candidate {
  const { batch, tenant, actors, providers } = context;
  const email = row.email ?? row.email_address;
  if (row.phone_number === undefined && email === undefined)
    throw fieldError("phone_number", "neither a number nor an e-mail address is given");
  const channel: Channel = row.channel ?? (row.phone_number !== undefined ? "phone" : "email");
  const type = row.call_type ?? batch.call_type;
  checkType(channel, type, "call_type");
  const actor = actors.of(row.user_phone_number);
  const scheduledAt = parseWrittenTime(row.scheduled_time);
  const extras = extrasOf(row, batch);
  checkExtras(providers.get(providers.chosen(tenant, channel)), channel, extras);
  const fromCrm = namesCrm(tenant, batch.source_system);
  const ways = {
    phones: row.phone_number === undefined ? [] : [ownPhone(row.phone_number)],
    emails: email === undefined ? [] : [ownEmail(email)],
  };
  const verdict = chooseContact({ channel, ...ways, chosen: null });
  const other = otherContact(ways, verdict.ok ? verdict.contact : null);
  const details: RowDetails = {
    channel,
    type,
    instruction: row.instruction,
    ...(scheduledAt === undefined ? {} : { scheduledAt }),
    actor,
    ...(other !== null && { otherContact: other }),
    extras,
    ...(verdict.ok ? {} : { problem: ERROR_CODES[verdict.rule].sentence }),
  };
  return {
    key,
    personId: fromCrm ? (row.source_record_id ?? null) : null,
    name: row.name ?? "",
    contact: verdict.ok ? verdict.contact : null,
    reason: verdict.ok ? null : verdict.rule,
    details: JSON.stringify(details),
  };
}

/** What only the provider understands goes on as it came. */
function extrasOf(row: BulkRow, batch: BulkBatch): Record<string, unknown> {
  const { email_subject, email_template_id, email_template_name, email_template_params, crm_contact_id } =
    row;
  const extras = {
    email_subject,
    email_template_id,
    email_template_name,
    email_template_params,
    crm_contact_id,
    language: row.language ?? batch.language,
  };
  return Object.fromEntries(Object.entries(extras).filter(([, value]) => value !== undefined));
}

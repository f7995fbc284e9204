// Which outreach a contact's message belongs to: the one the carrier names, else the newest with this contact on this
// channel. A message nobody asked for gets a row of its own, so that it is seen, noted and can be answered.
import type { TenantSettings } from "../../shared/settings.schema.ts";
import { type EngagementStatus, isTerminal } from "../../shared/values.ts";
import { newId } from "../base/ids.ts";
import { toE164 } from "../base/phone-numbers.ts";
import { readAgentSenders } from "../channels/twilio/twilio-account.ts";
import { sameContact } from "../contact/same-contact.ts";
import type { Trx } from "../db/schema.ts";
import { type EngagementRow, findEngagement } from "../engagements/engagement.store.ts";
import { newEngagementRow } from "../engagements/new-engagement-row.ts";
import { crmWriterOf } from "../engagements/start-engagement.ts";
import { isUnasked, UNASKED } from "../engagements/unasked.ts";
import type { InboundMessage } from "./inbound-message.ts";

/** After so long a message is a new matter, though the contact is the same. */
const SAME_MATTER_MS = 30 * 86_400_000;
const NEWEST = 10;

/** Undefined: none of this brokerage's outreach is answered by it. */
export async function findAnswered(
  trx: Trx,
  message: InboundMessage,
  tenant: Readonly<TenantSettings>,
): Promise<EngagementRow | undefined> {
  if (message.engagementId !== undefined) {
    const named = await findEngagement(trx, message.engagementId);
    return named?.tenant === message.tenant ? named : undefined;
  }
  const rows = await trx
    .selectFrom("engagements")
    .selectAll()
    .where("tenant", "=", message.tenant)
    .where("channel", "=", message.channel)
    .where(sameContact(message.contact))
    .where("rule", "is", null)
    .where("launch_state", "!=", "none")
    .where("created_at", ">=", message.at - SAME_MATTER_MS)
    .orderBy("created_at", "desc")
    .limit(NEWEST)
    .execute();
  const going = rows.filter(({ status }) => !isTerminal(status as EngagementStatus));
  const fits = (row: EngagementRow): boolean => sendsFrom(tenant, row, message);
  return going.find(fits) ?? going[0] ?? rows.find(fits) ?? rows[0];
}

/** Whether the agent's texts, or the brokerage's for who has no number of their own, come from where it was written to. */
function sendsFrom(
  tenant: Readonly<TenantSettings>,
  row: EngagementRow,
  { channel, sender }: InboundMessage,
): boolean {
  if (sender === null) return false;
  const agent = readAgentSenders(tenant.users.find(({ id }) => id === row.user_id));
  const [own, shared] =
    channel === "wmsg"
      ? [agent.whatsappNumber, tenant.twilio_whatsapp_number]
      : [agent.number, tenant.twilio_number];
  return (isUnasked(row) ? row.from_number : (own ?? toE164(shared))) === sender;
}

export async function addUnasked(
  trx: Trx,
  message: InboundMessage,
  tenant: Readonly<TenantSettings>,
  now: number,
): Promise<EngagementRow> {
  const user = tenant.users.find((one) => {
    const { number, whatsappNumber } = readAgentSenders(one);
    return message.sender !== null && [number, whatsappNumber].includes(message.sender);
  });
  const row: EngagementRow = {
    ...newEngagementRow(
      {
        tenant: message.tenant,
        source: UNASKED,
        startKey: `${UNASKED}/${message.provider}/${message.key}`,
        requestHash: "",
        channel: message.channel,
        type: "conversational",
        instruction: "",
        person: { id: null, name: null },
        crmAccountId: null,
        phones: [],
        emails: [],
        chosen: null,
        actor: {
          userId: user?.id ?? null,
          name: user?.name ?? null,
          crmUserId: null,
          actsWith: "tenant",
          fromNumber: message.sender,
        },
        scheduledAt: null,
        whenClosed: "wait",
      },
      {
        id: newId("eng", now),
        now,
        provider: message.provider,
        crmWriter: crmWriterOf(tenant, message.provider),
        contact: message.contact,
        rule: null,
      },
    ),
    status: "completed",
    outcome: "connected",
    launch_state: "launched",
    provider_ref: message.key,
    started_at: message.at,
    completed_at: message.at,
  };
  await trx.insertInto("engagements").values(row).execute();
  return row;
}

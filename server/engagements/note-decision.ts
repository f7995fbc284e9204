// Writes what the rules said into the ledger: one row per attempt or refusal, in the transaction of its consequence.
import type { Channel, RefusalReason } from "../../shared/values.ts";
import type { ContactDecision } from "../contact/check-contact.ts";
import { addLedger } from "../contact/ledger.store.ts";
import type { ContactLedgerTable } from "../db/channel-tables.ts";
import type { DbOrTrx } from "../db/schema.ts";
import type { EngagementRow } from "./engagement.store.ts";

type Subject = Pick<
  EngagementRow,
  "id" | "tenant" | "campaign_id" | "channel" | "contact" | "person_id" | "user_id"
>;

/** What decided: the rules of the moment, or one that looks at the person alone (no number, a landline). */
export type Decided =
  | {
      readonly decision: ContactDecision["decision"];
      readonly rule?: RefusalReason;
      readonly detail: ContactDecision["detail"];
    }
  | { readonly decision: "refused"; readonly rule: RefusalReason };

export async function noteDecision(
  db: DbOrTrx,
  subject: Subject,
  stage: ContactLedgerTable["stage"],
  decided: Decided,
  now: number,
): Promise<void> {
  await addLedger(db, {
    at: now,
    tenant: subject.tenant,
    engagementId: subject.id,
    campaignId: subject.campaign_id,
    channel: subject.channel as Channel,
    contact: subject.contact,
    personId: subject.person_id,
    userId: subject.user_id,
    stage,
    decision: decided.decision,
    rule: decided.rule ?? null,
    detail: "detail" in decided ? decided.detail : null,
  });
}

// How often somebody was contacted: by number or address, or as the same person of the same CRM account. Only what went out,
// or may have, counts; refused outreach, what still waits and calls the agent did not answer do not. Called by check-caps and the console.
import type { ExpressionBuilder } from "kysely";
import type { Channel } from "../../shared/values.ts";
import type { Database, DbOrTrx } from "../db/schema.ts";
import { sameContact } from "./same-contact.ts";
import { somebodyCalled } from "./somebody-called.ts";
import type { Who } from "./suppression.store.ts";

/** Counted together. */
export const CONTACT_GROUPS = {
  calls: ["phone", "wvoice"],
  texts: ["sms", "wmsg", "chat"],
  email: ["email"],
} as const satisfies Readonly<Record<string, readonly Channel[]>>;
export type ContactGroup = keyof typeof CONTACT_GROUPS;

export const groupOf = (channel: Channel): ContactGroup =>
  channel === "email" ? "email" : channel === "phone" || channel === "wvoice" ? "calls" : "texts";

export interface CountQuestion extends Who {
  readonly group: ContactGroup;
  /** Epoch ms; contacts at it or before are not counted. */
  readonly since: number;
  /** An engagement that is not counted: the one about to go out. */
  readonly except?: string | undefined;
}

export async function countContacts(db: DbOrTrx, question: CountQuestion): Promise<number> {
  const row = await contacts(db, question)
    .select((select) => select.fn.countAll().as("rows"))
    .executeTakeFirst();
  return Number(row?.rows ?? 0);
}

/** When the `nth` last contact was, counted from 1 for the last; null when there were not as many since. */
export async function nthLastContactAt(
  db: DbOrTrx,
  question: CountQuestion,
  nth: number,
): Promise<number | null> {
  const row = await contacts(db, question)
    .select((select) => select.fn.coalesce("started_at", "created_at").as("at"))
    .orderBy("at", "desc")
    .limit(1)
    .offset(nth - 1)
    .executeTakeFirst();
  return row === undefined ? null : Number(row.at);
}

function contacts(db: DbOrTrx, question: CountQuestion) {
  const select = db
    .selectFrom("engagements")
    .where((where) => isAbout(where, question))
    .where("channel", "in", CONTACT_GROUPS[question.group])
    .where("rule", "is", null)
    .where("launch_state", "!=", "none")
    .where(somebodyCalled)
    .where((where) => where(where.fn.coalesce("started_at", "created_at"), ">", question.since));
  return question.except === undefined ? select : select.where("id", "!=", question.except);
}

// Each branch stands for an index of its own; together with the brokerage alone none of them would be used.
function isAbout(
  where: ExpressionBuilder<Database, "engagements">,
  { tenant, contact, personId, crmAccountId }: Who,
) {
  const ofTenant = where("tenant", "=", tenant);
  const branches = contact === null ? [] : [where.and([sameContact(contact), ofTenant])];
  if (personId !== null)
    branches.push(
      where.and([
        where("person_id", "=", personId),
        ofTenant,
        where("crm_account_id", crmAccountId === null ? "is" : "=", crmAccountId),
      ]),
    );
  return where.or(branches);
}

// Who is not to be contacted: opt-outs and the brokerage's do-not-contact list. Rows are ended, never deleted: they are the
// record that a wish was honoured, and when. Called by the conversations, the console, the sync of tags and check-contact.
import type { Selectable, SelectQueryBuilder } from "kysely";
import type { Channel } from "../../shared/values.ts";
import { GatewayError } from "../base/errors.ts";
import type { SuppressionTable } from "../db/channel-tables.ts";
import type { Database, DbOrTrx } from "../db/schema.ts";
import { contactKey } from "./contact-key.ts";

export type SuppressionRow = Selectable<SuppressionTable>;

export const SUPPRESSION_SOURCES = [
  "keyword",
  "free_text",
  "voice",
  "unsubscribe_link",
  "agent",
  "console",
  "crm_tag",
  "carrier",
  "import",
] as const;
export type SuppressionSource = (typeof SUPPRESSION_SOURCES)[number];

/** Somebody: by number or address, by person, or both. */
export interface Who {
  readonly tenant: string;
  /** As it is spelled anywhere. */
  readonly contact: string | null;
  readonly personId: string | null;
  /** A person means nothing without it. */
  readonly crmAccountId: string | null;
}

export interface NewSuppression extends Who {
  readonly kind: "opt_out" | "do_not_call";
  readonly scope: "all" | Channel;
  readonly source: SuppressionSource;
  /** What they said, or where it came from; the first 500 signs are kept. */
  readonly said?: string | null;
  readonly engagementId?: string | null;
  readonly createdBy?: string | null;
  /** Epoch ms. */
  readonly at: number;
}

const MOST_SAID = 500;

/**
 * The same wish from the same source is one row while it holds: a second time only adds the person where they were not
 * known. @throws GatewayError invalid_request where it says neither whom nor what number.
 */
export async function addSuppression(
  db: DbOrTrx,
  wish: NewSuppression,
): Promise<{ readonly id: number; readonly added: boolean }> {
  const contact = keyOf(wish.contact);
  const { tenant, personId, crmAccountId } = wish;
  if (contact === null && personId === null)
    throw new GatewayError("invalid_request", {
      sentence: "Say which number, address or person it is about.",
    });
  const known = await activeLike(db, { ...wish, contact });
  if (known) {
    if (known.person_id === null && personId !== null)
      await db
        .updateTable("suppressions")
        .set({ person_id: personId, crm_account_id: crmAccountId })
        .where("id", "=", known.id)
        .execute();
    return { id: known.id, added: false };
  }
  const { id } = await db
    .insertInto("suppressions")
    .values({
      tenant,
      kind: wish.kind,
      contact,
      person_id: personId,
      crm_account_id: crmAccountId,
      scope: wish.scope,
      source: wish.source,
      said: wish.said?.slice(0, MOST_SAID) ?? null,
      engagement_id: wish.engagementId ?? null,
      created_by: wish.createdBy ?? null,
      created_at: wish.at,
      ended_at: null,
      ended_by: null,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return { id: Number(id), added: true };
}

// A spelling that is no number and no address still has to block the very same spelling.
const keyOf = (contact: string | null): string | null =>
  contact === null || contact.trim() === "" ? null : (contactKey(contact) ?? contact.trim().toLowerCase());

async function activeLike(db: DbOrTrx, wish: NewSuppression): Promise<SuppressionRow | undefined> {
  let select = db
    .selectFrom("suppressions")
    .selectAll()
    .where("tenant", "=", wish.tenant)
    .where("kind", "=", wish.kind)
    .where("scope", "=", wish.scope)
    .where("source", "=", wish.source)
    .where("ended_at", "is", null);
  if (wish.contact !== null) select = select.where("contact", "=", wish.contact);
  else
    select = select
      .where("contact", "is", null)
      .where("person_id", "=", wish.personId)
      .where("crm_account_id", wish.crmAccountId === null ? "is" : "=", wish.crmAccountId);
  return select.orderBy("id").limit(1).executeTakeFirst();
}

/** What blocks them on the channel, if anything does: the do-not-contact list goes first, then the newest. */
export async function findSuppression(
  db: DbOrTrx,
  { tenant, contact, personId, crmAccountId, channel }: Who & { readonly channel: Channel },
): Promise<SuppressionRow | undefined> {
  const first = (rows: SelectQueryBuilder<Database, "suppressions", object>) =>
    rows
      .selectAll()
      .where("tenant", "=", tenant)
      .where("ended_at", "is", null)
      .where("scope", "in", ["all", channel])
      .orderBy("kind")
      .orderBy("id", "desc")
      .limit(1)
      .executeTakeFirst();
  const suppressions = db.selectFrom("suppressions");
  // One question each: in one with "or" no index but the brokerage's would be used, and lists are long.
  const byContact = await first(suppressions.where("contact", "=", keyOf(contact) ?? ""));
  if (personId === null) return byContact;
  const byPerson = await first(
    suppressions
      .where("person_id", "=", personId)
      .where("crm_account_id", crmAccountId === null ? "is" : "=", crmAccountId),
  );
  return [byContact, byPerson].filter((row) => row !== undefined).toSorted(firstToName)[0];
}

const firstToName = (left: SuppressionRow, right: SuppressionRow): number =>
  left.kind === right.kind ? right.id - left.id : left.kind === "do_not_call" ? -1 : 1;

export interface EndOfSuppression {
  readonly tenant: string;
  /** Who ends it: "contact", "agent:u1", "console". */
  readonly by: string;
  /** Why, in words; kept with the row. */
  readonly reason: string;
  readonly at: number;
}

/** False when there is no such row, or it has ended already. */
export async function endSuppression(
  db: DbOrTrx,
  { tenant, id, by, reason, at }: EndOfSuppression & { readonly id: number },
): Promise<boolean> {
  const result = await db
    .updateTable("suppressions")
    .set({ ended_at: at, ended_by: `${by}: ${reason}` })
    .where("tenant", "=", tenant)
    .where("id", "=", id)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Once it is known whose number it is, and in which account, what holds for the number holds for the person. Returns how many rows learned it. */
export async function linkPerson(
  db: DbOrTrx,
  { tenant, contact, personId, crmAccountId }: Who & { readonly contact: string; readonly personId: string },
): Promise<number> {
  const result = await db
    .updateTable("suppressions")
    .set({ person_id: personId, crm_account_id: crmAccountId })
    .where("tenant", "=", tenant)
    .where("contact", "=", keyOf(contact) ?? "")
    .where((where) =>
      where.or([
        where("person_id", "is", null),
        where.and([where("person_id", "=", personId), where("crm_account_id", "is", null)]),
      ]),
    )
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

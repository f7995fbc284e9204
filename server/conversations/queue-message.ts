// Puts a further message of an outreach into line: the row and its job in the caller's transaction. The same request is
// the same message.
import { newId } from "../base/ids.ts";
import type { DbOrTrx } from "../db/schema.ts";
import type { EngagementRow } from "../engagements/engagement.store.ts";
import { enqueue } from "../queue/enqueue.ts";

export interface MessageToQueue {
  readonly text: string;
  /** "agent:<user id>", "agent", "automated" or "system". */
  readonly author: string;
  readonly purpose: "reply" | "answer" | "holding" | "opt_out_confirmation" | "opt_in_confirmation" | "help";
  /** Unique: what makes a repeated request the same message. */
  readonly requestKey: string;
  readonly now: number;
}

/** Said because the contact asked for it: at once, whatever waits for its hour. Of the rules only wishes count. */
export const OWED: ReadonlySet<string> = new Set(["opt_out_confirmation", "opt_in_confirmation", "help"]);

/** The message's id. */
export async function queueMessage(
  trx: DbOrTrx,
  row: Pick<EngagementRow, "id" | "tenant">,
  message: MessageToQueue,
): Promise<string> {
  const { text, author, purpose, requestKey, now } = message;
  const id = newId("msg", now);
  const stored = await trx
    .insertInto("outgoing_messages")
    .values({
      id,
      engagement_id: row.id,
      tenant: row.tenant,
      text,
      author,
      purpose,
      request_key: requestKey,
      state: "waiting",
      provider_ref: null,
      attempts: 0,
      error: null,
      created_at: now,
      sending_at: null,
      settled_at: null,
    })
    .onConflict((conflict) => conflict.column("request_key").doNothing())
    .executeTakeFirst();
  if (Number(stored.numInsertedOrUpdatedRows ?? 0n) === 0) return idOf(trx, requestKey);
  // One conversation's messages go out in their order.
  const groupKey = `${OWED.has(purpose) ? "owed" : "talk"}:${row.id}`;
  await enqueue(trx, "send-message", { message_id: id }, { now, dedupeKey: `send:${id}`, groupKey });
  return id;
}

async function idOf(trx: DbOrTrx, requestKey: string): Promise<string> {
  const known = await trx
    .selectFrom("outgoing_messages")
    .select("id")
    .where("request_key", "=", requestKey)
    .executeTakeFirstOrThrow();
  return known.id;
}

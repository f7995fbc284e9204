// The engagement's tables: the row, its history, its transcript. Statements only; rules live in the files beside it.
import type { Selectable } from "kysely";
import type { Engagement } from "../../shared/engagement.schema.ts";
import type { CallType, Channel, EngagementStatus } from "../../shared/values.ts";
import { isoTime } from "../base/clock.ts";
import type { DbOrTrx, EngagementTable, MessageTable } from "../db/schema.ts";
import { sayAuthor } from "./say-author.ts";

export type EngagementRow = Selectable<EngagementTable>;

export async function findEngagement(db: DbOrTrx, id: string): Promise<EngagementRow | undefined> {
  return db.selectFrom("engagements").selectAll().where("id", "=", id).executeTakeFirst();
}

export async function updateEngagement(
  db: DbOrTrx,
  id: string,
  change: Partial<Omit<EngagementRow, "id">>,
  now: number,
): Promise<void> {
  await db
    .updateTable("engagements")
    .set({ ...change, updated_at: now })
    .where("id", "=", id)
    .execute();
}

export interface HistoryLine {
  readonly at: number;
  readonly event: string;
  readonly detail: string;
}

export async function addHistory(db: DbOrTrx, id: string, lines: readonly HistoryLine[]): Promise<void> {
  if (lines.length === 0) return;
  const rows = lines.map((line) => ({
    engagement_id: id,
    at: line.at,
    event: line.event,
    detail: line.detail,
  }));
  await db.insertInto("engagement_events").values(rows).execute();
}

export type NewMessage = Pick<MessageTable, "at" | "direction" | "text">;

/** A message with an id of its own; the same id is the same message. */
export type KeyedMessage = NewMessage & { readonly key: string; readonly author?: string | null };

/** How many transcript rows are stored. */
export async function countMessages(db: DbOrTrx, id: string): Promise<number> {
  const row = await db
    .selectFrom("messages")
    .select((select) => select.fn.countAll<number>().as("n"))
    .where("engagement_id", "=", id)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

/** Appends the rows of a full transcript that are not stored yet. Returns how many were new. */
export async function appendMessages(
  db: DbOrTrx,
  id: string,
  transcript: readonly NewMessage[],
): Promise<number> {
  if (transcript.length === 0) return 0;
  const stored = await countMessages(db, id);
  const rows = transcript.slice(stored).map((message, index) => ({
    engagement_id: id,
    position: stored + index,
    at: message.at,
    direction: message.direction,
    text: message.text,
    activity_id: null,
    key: null,
    author: null,
  }));
  if (rows.length === 0) return 0;
  await db.insertInto("messages").values(rows).execute();
  return rows.length;
}

/** Appends those whose id is not stored yet, after what is there. Returns how many were new. */
export async function appendKeyed(
  db: DbOrTrx,
  id: string,
  messages: readonly KeyedMessage[],
): Promise<number> {
  if (messages.length === 0) return 0;
  const known = await db
    .selectFrom("messages")
    .select("key")
    .where("engagement_id", "=", id)
    .where("key", "is not", null)
    .execute();
  const seen = new Set(known.map((row) => row.key));
  const fresh = messages.filter(({ key }) => !seen.has(key) && seen.add(key));
  if (fresh.length === 0) return 0;
  const stored = await countMessages(db, id);
  const rows = fresh.map(({ at, direction, text, key, author }, index) => ({
    engagement_id: id,
    position: stored + index,
    at,
    direction,
    text,
    activity_id: null,
    key,
    author: author ?? null,
  }));
  await db.insertInto("messages").values(rows).execute();
  return rows.length;
}

/**
 * Appends the lines of a provider's whole history that are not stored yet. Not every line has a time of its own, so lines
 * are told apart by what they say and how often they say it.
 */
export async function appendHistory(db: DbOrTrx, id: string, told: readonly HistoryLine[]): Promise<void> {
  if (told.length === 0) return;
  const rows = await db
    .selectFrom("engagement_events")
    .select(["event", "detail"])
    .where("engagement_id", "=", id)
    .execute();
  const stored = new Map<string, number>();
  for (const row of rows) stored.set(saying(row), (stored.get(saying(row)) ?? 0) + 1);
  const fresh = told.filter((line) => {
    const left = stored.get(saying(line)) ?? 0;
    stored.set(saying(line), left - 1);
    return left <= 0;
  });
  await addHistory(db, id, fresh);
}

const saying = (line: Pick<HistoryLine, "event" | "detail">): string => `${line.event}|${line.detail}`;

/** The whole engagement as JSON (design section 3). `agents` of its brokerage, by whose names their words are told. */
export async function readEngagement(
  db: DbOrTrx,
  row: EngagementRow,
  agents: Parameters<typeof sayAuthor>[1] = [],
): Promise<Engagement> {
  const messages = await db
    .selectFrom("messages")
    .select(["at", "direction", "text", "author"])
    .where("engagement_id", "=", row.id)
    .orderBy("position")
    .execute();
  const history = await db
    .selectFrom("engagement_events")
    .select(["at", "event", "detail"])
    .where("engagement_id", "=", row.id)
    .orderBy("at")
    .orderBy("id")
    .execute();
  return {
    ...engagementHead(row),
    transcript: messages.map(({ author, at, ...message }) => {
      const by = sayAuthor(author, agents);
      return { at: isoTime(at), ...message, ...(by === undefined ? {} : { by }) };
    }),
    history: history.map((line) => ({ ...line, at: isoTime(line.at) })),
  };
}

/** The engagement without transcript and history, for lists. */
export function engagementHead(row: EngagementRow): Omit<Engagement, "transcript" | "history"> {
  const until = waitsUntil(row);
  return {
    engagement_id: row.id,
    domain_name: row.tenant,
    status: row.status as EngagementStatus,
    outcome: row.outcome,
    channel: row.channel as Channel,
    type: row.type as CallType,
    person_id: row.person_id,
    user_id: row.user_id,
    contact: row.contact,
    started_at: row.started_at === null ? null : isoTime(row.started_at),
    completed_at: row.completed_at === null ? null : isoTime(row.completed_at),
    duration: row.duration,
    summary: row.summary,
    ...(row.parked_reason === null ? {} : { parked_reason: row.parked_reason }),
    ...(until === null ? {} : { waits_until: isoTime(until) }),
  };
}

/** The time its launch waits for, epoch ms; null once it has begun, or where something else holds it. */
const waitsUntil = ({ status, launch_state, scheduled_at }: EngagementRow): number | null =>
  launch_state === "none" && (status === "accepted" || status === "queued") ? scheduled_at : null;

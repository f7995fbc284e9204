// The journal: what happened, for whom, why. Entries with a consequence are written in that consequence's transaction;
// entries that only tell (a page was opened) are gathered for a moment and written together.
import type { JournalEntry, JournalQuery, Severity } from "../../shared/journal.schema.ts";
import type { Clock } from "../base/clock.ts";
import type { DisplayBus } from "../base/display-events.ts";
import { redactText } from "../base/redact-text.ts";
import type { Db, DbOrTrx, JournalTable } from "../db/schema.ts";
import { queryJournal } from "./query-journal.ts";

export interface JournalLine {
  readonly event: string;
  readonly message: string;
  readonly severity?: Severity;
  readonly tenant?: string | null;
  readonly userId?: string | null;
  readonly personId?: string | null;
  readonly engagementId?: string | null;
  readonly channel?: string | null;
  /** Where the entry tells an outreach's end. */
  readonly outcome?: string | null;
  readonly detail?: Readonly<Record<string, unknown>>;
}

export interface Journal {
  /** Writes within the caller's transaction. */
  add(trx: DbOrTrx, line: JournalLine): Promise<void>;
  /** Written within a fifth of a second, together with its neighbours; lost if the process is killed before. */
  tell(line: JournalLine): void;
  flush(): Promise<void>;
  query(query: JournalQuery): Promise<JournalEntry[]>;
  /** Drops entries over age and number. Returns how many went. */
  prune(keep: { days: number; rows: number }): Promise<number>;
  close(): Promise<void>;
}

const GATHER_MS = 200;
const GATHER_MOST = 2000;

export interface JournalDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly bus: DisplayBus;
  readonly onError: (error: unknown) => void;
}

export function createJournal(deps: JournalDeps): Journal {
  const gathered: JournalLine[] = [];
  const times: number[] = [];
  let timer: NodeJS.Timeout | undefined;

  const flush = async (): Promise<void> => {
    if (timer) clearTimeout(timer);
    timer = undefined;
    const lines = gathered.splice(0);
    const at = times.splice(0);
    if (lines.length === 0) return;
    const rows = lines.map((line, index) => toRow(line, at[index] ?? deps.clock.now()));
    // SQLite allows 32,766 values in a statement; 2,000 rows of 12 stay below it.
    const done = await deps.db.insertInto("journal").values(rows).returning("seq").execute();
    deps.bus.emit("journal:added", { seq: done.at(-1)?.seq ?? 0 });
  };
  const flushQuietly = (): void => void flush().catch(deps.onError);

  return {
    add: async (trx, line) => {
      const row = await trx
        .insertInto("journal")
        .values(toRow(line, deps.clock.now()))
        .returning("seq")
        .executeTakeFirstOrThrow();
      // A listener's read waits for this transaction (one connection), so a rollback shows nothing.
      deps.bus.emit("journal:added", { seq: row.seq });
    },
    tell: (line) => {
      gathered.push(line);
      times.push(deps.clock.now());
      if (gathered.length >= GATHER_MOST) flushQuietly();
      else timer ??= setTimeout(flushQuietly, GATHER_MS).unref();
    },
    flush,
    query: (query) => queryJournal(deps.db, query),
    prune: (keep) => prune(deps.db, deps.clock.now(), keep),
    close: flush,
  };
}

function toRow(line: JournalLine, at: number): Omit<JournalTable, "seq"> {
  const message = redactText(line.message);
  const detail = line.detail ? JSON.stringify(line.detail, redactValue) : null;
  const search = [
    message,
    line.event,
    line.personId,
    line.userId,
    line.engagementId,
    line.tenant,
    detail ?? "",
  ];
  return {
    at,
    severity: line.severity ?? "info",
    event: line.event,
    message,
    tenant: line.tenant ?? null,
    user_id: line.userId ?? null,
    person_id: line.personId ?? null,
    engagement_id: line.engagementId ?? null,
    channel: line.channel ?? null,
    outcome: line.outcome ?? null,
    detail,
    search: search
      .filter((part) => part)
      .join(" ")
      .toLowerCase()
      .slice(0, 4000),
  };
}

// Values are redacted one by one: masking the finished JSON could break it.
const redactValue = (_key: string, value: unknown): unknown =>
  typeof value === "string" ? redactText(value) : value;

async function prune(db: Db, now: number, keep: { days: number; rows: number }): Promise<number> {
  const oldest = now - keep.days * 86_400_000;
  const byAge = await db.deleteFrom("journal").where("at", "<", oldest).executeTakeFirst();
  const edge = await db
    .selectFrom("journal")
    .select("seq")
    .orderBy("seq", "desc")
    .offset(keep.rows)
    .limit(1)
    .executeTakeFirst();
  if (!edge) return Number(byAge.numDeletedRows);
  const bySize = await db.deleteFrom("journal").where("seq", "<=", edge.seq).executeTakeFirst();
  return Number(byAge.numDeletedRows + bySize.numDeletedRows);
}

// Listens to the gateway's live stream and opens it again by itself when it was cut. Entries are gathered and handed on
// at most ten times a second, however fast they come, and no more are kept than anybody would look at.
import { z } from "zod";
import type { StreamEvent } from "../../../shared/admin-api.ts";
import { type JournalEntry, journalEntrySchema } from "../../../shared/journal.schema.ts";

export interface StreamListener {
  /** Oldest first. `missed`: so many before them were let go of; read the journal anew. */
  onJournal?(entries: readonly JournalEntry[], missed: number): void;
  onEngagements?(ids: readonly string[]): void;
  /** The stream is open, for the first time or again: what was missed can be read now. */
  onOpen?(): void;
  onCut?(): void;
}

const RETRY_MS = 3000;
const GATHER_MS = 100;
const MOST_KEPT = 20_000;
const entriesSchema = z.array(journalEntrySchema);
const changedSchema = z.object({ engagement_id: z.string() });

/** Null where the data is not what the contract says; one odd message must not stop the stream. */
function parse<T>(schema: z.ZodType<T>, data: unknown): T | null {
  try {
    return schema.safeParse(JSON.parse(String(data))).data ?? null;
  } catch {
    return null;
  }
}

/** Collects what arrives and hands it to `listener` in batches. */
function gather(listener: Required<StreamListener>) {
  let entries: JournalEntry[] = [];
  let changed = new Set<string>();
  let missed = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    timer = undefined;
    const [nowEntries, nowChanged, nowMissed] = [entries, changed, missed];
    entries = [];
    changed = new Set();
    missed = 0;
    if (nowEntries.length > 0) listener.onJournal(nowEntries, nowMissed);
    if (nowChanged.size > 0) listener.onEngagements([...nowChanged]);
  };
  const later = (): void => {
    timer ??= setTimeout(flush, GATHER_MS);
  };
  return {
    journal(more: readonly JournalEntry[]): void {
      entries.push(...more);
      if (entries.length > MOST_KEPT) {
        missed += entries.length - MOST_KEPT;
        entries = entries.slice(-MOST_KEPT);
      }
      later();
    },
    engagement(id: string): void {
      changed.add(id);
      later();
    },
    stop: () => clearTimeout(timer),
  };
}

/** Starts listening; the returned function stops it. */
export function openStream(url: string, listener: Required<StreamListener>): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const gathered = gather(listener);
  const on = (event: StreamEvent["event"], take: (data: unknown) => void): void =>
    source?.addEventListener(event, (message) => take(message.data));
  const open = (): void => {
    if (stopped) return;
    source = new EventSource(url);
    on("journal", (data) => gathered.journal(parse(entriesSchema, data) ?? []));
    on("engagement", (data) => {
      const id = parse(changedSchema, data)?.engagement_id;
      if (id !== undefined) gathered.engagement(id);
    });
    source.onopen = () => listener.onOpen();
    source.onerror = () => {
      listener.onCut();
      // After an HTTP error the browser gives up; after a cut it comes back by itself.
      if (source?.readyState !== EventSource.CLOSED) return;
      clearTimeout(timer);
      timer = setTimeout(open, RETRY_MS);
    };
  };
  open();
  return () => {
    stopped = true;
    clearTimeout(timer);
    gathered.stop();
    source?.close();
  };
}

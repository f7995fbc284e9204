// Listens to the gateway's live stream and opens it again by itself when it was cut.
import { z } from "zod";
import type { StreamEvent } from "../../shared/admin-api.ts";
import { type JournalEntry, journalEntrySchema } from "../../shared/journal.schema.ts";

export interface StreamListener {
  onJournal(entries: readonly JournalEntry[]): void;
  onEngagement(id: string): void;
  /** The stream is open, for the first time or again: what was missed can be read now. */
  onOpen(): void;
  onCut(): void;
}

const RETRY_MS = 3000;
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

/** Starts listening; the returned function stops it. */
export function watchStream(url: string, listener: StreamListener): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const on = (event: StreamEvent["event"], take: (data: unknown) => void): void =>
    source?.addEventListener(event, (message) => take(message.data));
  const open = (): void => {
    if (stopped) return;
    source = new EventSource(url);
    on("journal", (data) => {
      const entries = parse(entriesSchema, data);
      if (entries) listener.onJournal(entries);
    });
    on("engagement", (data) => {
      const changed = parse(changedSchema, data);
      if (changed) listener.onEngagement(changed.engagement_id);
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
    source?.close();
  };
}

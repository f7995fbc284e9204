// Decides whether a live journal entry belongs under the filters on screen, as the server's query would.
import type { JournalEntry, Severity } from "../../shared/journal.schema.ts";

export interface JournalFilter {
  /** Empty for all. */
  readonly severity: Severity | "";
  /** Words that must all be found in message, event or detail; case does not matter. */
  readonly search: string;
}

export function matchesFilter(entry: JournalEntry, filter: JournalFilter): boolean {
  if (filter.severity !== "" && entry.severity !== filter.severity) return false;
  const words = filter.search.toLowerCase().split(/\s+/u).filter(Boolean);
  if (words.length === 0) return true;
  const text = `${entry.message}\n${entry.event}\n${JSON.stringify(entry.detail ?? {})}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

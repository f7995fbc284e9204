// Decides whether a live journal entry belongs under the filters on screen, as the server's query would.
import type { JournalEntry } from "../../../shared/journal.schema.ts";

/** Names and values of GET /api/journal's query; empty or missing: all. */
export type JournalFilter = Readonly<
  Partial<
    Record<
      | "tenant"
      | "severity"
      | "event"
      | "person_id"
      | "user_id"
      | "engagement_id"
      | "channel"
      | "outcome"
      | "since"
      | "until"
      | "q",
      string
    >
  >
>;

const SAME = [
  "tenant",
  "severity",
  "event",
  "person_id",
  "user_id",
  "engagement_id",
  "channel",
  "outcome",
] as const;
const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

export function matchesFilter(entry: JournalEntry, filter: JournalFilter): boolean {
  if (SAME.some((name) => filter[name] && entry[name] !== filter[name])) return false;
  if (filter.since && Date.parse(entry.at) < Date.parse(filter.since)) return false;
  if (filter.until && Date.parse(entry.at) > Date.parse(filter.until)) return false;
  const asked = wordsOf(filter.q ?? "");
  if (asked.length === 0) return true;
  const { message, event, tenant, user_id, person_id, engagement_id } = entry;
  const ids = [tenant, user_id, person_id, engagement_id].filter((id) => id !== null);
  const words = wordsOf([message, event, ...ids, JSON.stringify(entry.detail ?? {})].join(" "));
  return asked.every((part) => words.some((word) => word.startsWith(part)));
}

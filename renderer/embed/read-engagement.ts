// Checks that what came over the wire is an engagement the page can show, without a schema library.
import type { Engagement } from "../../shared/engagement.schema.ts";
import { readField, readText } from "../ui/read-field.ts";

const isList = (value: unknown): boolean =>
  Array.isArray(value) && value.every((row) => readText(row, "at") !== null);

/** The engagement, or null where a field the page relies on is missing or of another kind. */
export function readEngagement(value: unknown): Engagement | null {
  const texts = ["engagement_id", "status", "channel", "type"].every((key) => readText(value, key) !== null);
  const lists = isList(readField(value, "transcript")) && isList(readField(value, "history"));
  return texts && lists ? (value as Engagement) : null;
}

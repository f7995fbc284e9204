// Checks that what came over the wire is an engagement the page can show, without a schema library.
import type { EmbedModel } from "../../shared/embed.schema.ts";
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

/** The page's model from its script element; anything unreadable becomes a page that says so. */
export function readModel(text: string | null): EmbedModel {
  try {
    const model: unknown = JSON.parse(text ?? "");
    if (readText(model, "session") !== null && readText(model, "state") !== null) return model as EmbedModel;
  } catch {
    // falls through to the page that says so
  }
  return { session: "", state: "internal" };
}

// Checks that what came over the wire is an engagement the page can show, without a schema library.
import type { Conversation } from "../../shared/conversation.schema.ts";
import type { Engagement } from "../../shared/engagement.schema.ts";
import { readField, readText } from "../ui/read-field.ts";

/** An outreach with its conversation, where something may be written to the contact. */
export type LiveEngagement = Engagement & { readonly conversation?: Conversation };

const isList = (value: unknown): boolean =>
  Array.isArray(value) && value.every((row) => readText(row, "at") !== null);

const isPending = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.every((row) => ["message_id", "text", "state"].every((key) => readText(row, key) !== null));

const isConversation = (value: unknown): boolean =>
  readText(value, "answers") !== null &&
  typeof readField(value, "can_reply") === "boolean" &&
  isPending(readField(value, "pending"));

/** The engagement, or null where a field the page relies on is missing or of another kind. */
export function readEngagement(value: unknown): LiveEngagement | null {
  const texts = ["engagement_id", "status", "channel", "type"].every((key) => readText(value, key) !== null);
  const lists = isList(readField(value, "transcript")) && isList(readField(value, "history"));
  const conversation = readField(value, "conversation");
  if (!texts || !lists || (conversation !== undefined && !isConversation(conversation))) return null;
  return value as LiveEngagement;
}

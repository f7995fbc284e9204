// Checks that what came from the gateway is a chat the page can show, without a schema library.
import type { ChatModel, ChatState } from "../../shared/chat.schema.ts";
import { readField, readText } from "../ui/read-field.ts";

const isMessage = (value: unknown): boolean =>
  ["at", "direction", "text"].every((key) => readText(value, key) !== null);

/** The chat, or null where a field the page relies on is missing or of another kind. */
export function readChat(value: unknown): ChatState | null {
  const messages = readField(value, "messages");
  const known =
    readText(value, "brokerage") !== null &&
    readText(value, "agent") !== null &&
    typeof readField(value, "open") === "boolean" &&
    Array.isArray(messages) &&
    messages.every(isMessage);
  return known ? (value as ChatState) : null;
}

const UNREADABLE = "This chat cannot be shown right now. Open the link again in a moment.";

/** `text` of the element `chat-model`; what cannot be read becomes a problem that says so. */
export function readChatModel(text: string | null): ChatModel {
  try {
    const model: unknown = JSON.parse(text ?? "");
    const chat = readChat(readField(model, "chat"));
    return { chat, problem: chat === null ? (readText(model, "problem") ?? UNREADABLE) : null };
  } catch {
    return { chat: null, problem: UNREADABLE };
  }
}

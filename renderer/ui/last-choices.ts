// Remembers an agent's last channel, call type and five instructions in this browser, where the browser allows it.
import type { CallType, Channel } from "../../shared/values.ts";
import { readField, readText } from "./read-field.ts";
import { CALL_TYPE_ORDER, CHANNEL_ORDER } from "./wording.ts";

export interface LastChoices {
  readonly channel: Channel | null;
  readonly callType: CallType | null;
  readonly instructions: readonly string[];
}
export interface ChoiceMemory {
  read(): LastChoices;
  /** Stores what was just started; an instruction moves to the front, empty ones are not kept. */
  remember(choice: { channel: Channel; callType: CallType; instruction: string }): void;
  /** Keeps unsent text for this person, or this outreach, over a reload of the page; gives it back once. One is kept. */
  saveDraft(id: string, text: string): void;
  takeDraft(id: string): string;
}
type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const KEPT = 5;

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}

/** `owner` keeps agents who share a browser apart. `open` may throw, as browsers do where storage is blocked. */
export function createChoiceMemory(open: () => Store, owner: string): ChoiceMemory {
  const key = `aventora.choices.${owner}`;
  const draftKey = `aventora.draft.${owner}`;
  const attempt = <T>(act: (store: Store) => T, otherwise: T): T => {
    try {
      return act(open());
    } catch {
      return otherwise;
    }
  };
  const read = (): LastChoices => {
    const stored = parse(attempt((store) => store.getItem(key), null));
    const instructions = readField(stored, "instructions");
    return {
      channel: CHANNEL_ORDER.find((channel) => channel === readText(stored, "channel")) ?? null,
      callType: CALL_TYPE_ORDER.find((type) => type === readText(stored, "callType")) ?? null,
      instructions: Array.isArray(instructions)
        ? instructions.filter((text) => typeof text === "string" && text !== "").slice(0, KEPT)
        : [],
    };
  };
  return {
    read,
    remember: ({ channel, callType, instruction }) => {
      const text = instruction.trim();
      const others = read().instructions.filter((kept) => kept !== text);
      const instructions = (text === "" ? others : [text, ...others]).slice(0, KEPT);
      attempt((store) => store.setItem(key, JSON.stringify({ channel, callType, instructions })), undefined);
    },
    saveDraft: (id, text) =>
      attempt((store) => store.setItem(draftKey, JSON.stringify({ id, text })), undefined),
    takeDraft: (id) => {
      const stored = parse(attempt((store) => store.getItem(draftKey), null));
      if (readText(stored, "id") !== id) return "";
      attempt((store) => store.removeItem(draftKey), undefined);
      return readText(stored, "text") ?? "";
    },
  };
}

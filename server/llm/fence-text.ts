// Marks a text in a prompt as data and makes sure that it cannot end its own fence or imitate a row of the transcript.
// Called by the writers of prompts.
import { cutText } from "../base/cut-text.ts";
import { visibleText } from "./fold-text.ts";

/** Names of the fences; a reply in which one occurs quotes the prompt. */
export const FENCE_LABELS = [
  "AGENT_INSTRUCTION",
  "CONVERSATION_SO_FAR",
  "CONTACT_MESSAGE",
  "ASSISTANT_RULES",
] as const;
export type FenceLabel = (typeof FENCE_LABELS)[number];

export const fenceText = (label: FenceLabel, text: string): string => `<<<${label}\n${text}\n${label}>>>`;

/** One line for within a fence, at most `most` characters: no fence marks, no labels, no speaker of ours. */
export function fenceLine(text: string, most: number): string {
  const line = fenceBlock(text, most * 2)
    .replace(/\s+/g, " ")
    .trim();
  return line.length <= most ? line : `${cutText(line, most).trimEnd()}…`;
}

/** As fenceLine, with its line breaks. */
export function fenceBlock(text: string, most: number): string {
  const clean = visibleText(text.slice(0, most).normalize("NFKC"))
    .replace(/<{2,}/g, "‹")
    .replace(/>{2,}/g, "›")
    .replace(/\[(\s*(?:contact|brokerage)\s*)\]/gi, "($1)")
    // A label is a label only with its underscore.
    .replace(LABEL_PATTERN, (label) => label.replaceAll("_", " "));
  return clean.trim();
}

const LABEL_PATTERN = new RegExp(FENCE_LABELS.join("|"), "gi");

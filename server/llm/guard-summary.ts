// May a text the model wrote about a conversation be shown to an agent and kept in the CRM? Pure; called by answer-contact
// and summarize-conversation.
import { cutText } from "../base/cut-text.ts";
import { visibleText } from "./fold-text.ts";
import { findLeak, type ReplyContext } from "./guard-reply.ts";

export const SUMMARY_LIMIT = 400;

/**
 * One line of at most 400 characters; null where it has what a reply may not have. An address the contact wrote counts too:
 * in the transcript it is the contact's, in a summary it would look like ours.
 */
export function guardSummary(text: string, context: Omit<ReplyContext, "channel">): string | null {
  // Quadratic rules must not meet a model that will not stop.
  const line = cutLine(text.slice(0, SUMMARY_LIMIT * 4));
  return line === "" || findLeak(line, context) !== undefined ? null : line;
}

/** One line, cut at a word. */
export function cutLine(text: string, most = SUMMARY_LIMIT): string {
  const line = visibleText(text).replace(/\s+/g, " ").trim();
  if (line.length <= most) return line;
  const cut = cutText(line, most - 1);
  const blank = cut.lastIndexOf(" ");
  return `${(blank > most / 2 ? cut.slice(0, blank) : cut).trimEnd()}…`;
}

// A model's reply in the form its channel shows: no invisible characters, no markdown where it would be read out or shown
// as stars, nothing that makes an SMS three times as dear. Pure; called by guard-reply before it looks at the text.
import { type Channel, isVoice } from "../../shared/values.ts";
import { visibleText } from "./fold-text.ts";

export function tidyReply(text: string, channel: Channel): string {
  const visible = visibleText(text.normalize("NFC"));
  const plain = isVoice(channel) || channel === "sms" ? withoutMarkdown(visible) : visible;
  const lines = plain
    .replace(/[ \t\u00a0]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
  if (isVoice(channel)) return lines.replace(/\s+/g, " ");
  return channel === "sms" ? plainSigns(lines) : lines;
}

function withoutMarkdown(text: string): string {
  return text
    .replace(/^```[^\n]*$/gm, "")
    .replace(/^\s{0,3}#{1,6}\s+/gm, "")
    .replace(/^\s{0,3}>\s?/gm, "")
    .replace(/^\s*[-*+]\s+/gm, "")
    .replace(/^\s*(?:[-*_]\s*){3,}$/gm, "")
    .replace(/!?\[([^\]\n]*)\]\(([^)\n]*)\)/g, "$1 $2")
    .replace(/(\*{1,3}|_{2,3}|~~|`+)(\S(?:[^\n]*?\S)?)\1/g, "$2")
    .replace(/(?<![\p{L}\p{N}])_(\S(?:[^\n]*?\S)?)_(?![\p{L}\p{N}])/gu, "$1");
}

/** One sign outside GSM-7 turns a whole message into UCS-2, with 70 characters to a segment instead of 160. */
const plainSigns = (text: string): string =>
  text
    .replace(/[\u2018\u2019\u201b]/g, "'")
    .replace(/[\u201c\u201d\u201e]/g, '"')
    .replace(/[\u2010-\u2015]/g, "-")
    .replace(/\u2026/g, "...")
    .replace(/[\u2022\u00b7]/g, "-")
    .replace(/[\u2009\u200a\u202f]/g, " ");

// What somebody wrote themselves: without the message they answer to, signatures, and our own "Reply STOP to …" sent back.
// Called by recognize-opt-out, so that nobody opts out by quoting us.

/** From here on it is the older message. */
const REPLY_HEADERS: readonly RegExp[] = [
  /^\s*on\b[^\n]{4,200}(?:\n[^\n]{0,100})?\bwrote:?\s*$/im,
  /\bon (?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? [^\n]{5,120}\bwrote:/i,
  /\bon [a-z]{3,9} \d{1,2},? \d{4},? [^\n]{3,120}\bwrote:/i,
  /^\s*le\b[^\n]{4,200}a écrit ?:?\s*$/im,
  /^\s*el\b[^\n]{4,200}escribió:?\s*$/im,
  /^\s*-{2,}\s*(?:original message|forwarded message|message d['’]origine|mensaje original)\b/im,
  /^\s*(?:begin forwarded message|from:[^\n]+\n\s*(?:sent|date|to|subject)):/im,
  /^\s*_{8,}\s*$/m,
];

/** A line of its own that begins the signature; two hyphens by RFC 3676. */
const SIGNATURE = /^--\s*$/m;

const FOOTERS =
  /^\s*(?:sent (?:from|via) (?:my )?\S[^\n]*|get outlook for [^\n]*|envoyé de(?:puis)? mon [^\n]*|enviado desde mi [^\n]*)$/gim;

/** What telephones send for a reaction to a message: the whole of it, in quotes. */
const REACTION =
  /^\s*(?:liked|loved|disliked|laughed at|emphasized|questioned|reacted [^“"\n]{1,30} to|removed [^“"\n]{1,40} from)\s*[“"][\s\S]*[”"]\s*$/i;

/** Our own instruction, come back with an answer. */
const INSTRUCTION =
  /\b(?:reply|text|txt|send|respond)(?: with)? ["“'‘]?stop["”'’]?(?: at any ?time)? to [^.!?\n]{2,60}|\bto (?:unsubscribe|opt[ -]?out|stop)\b[^.!?\n]{0,40}\b(?:reply|text|click|visit)\b[^.!?\n]{0,60}/gi;

export function stripQuoted(text: string): string {
  const lines = text.replaceAll(/\r\n?/g, "\n");
  if (REACTION.test(lines)) return "";
  const own = [...REPLY_HEADERS, SIGNATURE].reduce(cutFrom, lines);
  const unquoted = own.replaceAll(/^\s*>.*$/gm, "").replaceAll(FOOTERS, "");
  const bare = unquoted.replaceAll(INSTRUCTION, "");
  // Somebody who sends nothing but the instruction means it.
  return /\p{L}/u.test(bare) ? bare : unquoted;
}

function cutFrom(text: string, header: RegExp): string {
  const at = text.search(header);
  return at === -1 ? text : text.slice(0, at);
}

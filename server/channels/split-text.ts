// A text too long for one message as several that follow each other. Pure; called by providers whose carrier takes no more
// than so many characters.
import { MOST_CHARACTERS } from "./opening-text.ts";

/**
 * Parts of at most `most` characters (UTF-16 units, as carriers count), cut at the last line break or blank that fits and
 * else between whole characters. Blanks at a cut are dropped, nothing else is. An empty text has no parts.
 */
export function splitText(text: string, most: number = MOST_CHARACTERS): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > most) {
    const end = cutAt(rest, most);
    parts.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return rest === "" ? parts : [...parts, rest];
}

function cutAt(text: string, most: number): number {
  // One more: a blank right after what fits is a good place too.
  const head = text.slice(0, most + 1);
  for (const mark of [/\n/g, /\s/g]) {
    const found = [...head.matchAll(mark)].at(-1)?.index ?? -1;
    // A line break far in front would leave a short message and a long one.
    if (found >= most / 2 || (mark.source === "\\s" && found > 0)) return found;
  }
  return wholeCharacters(text, most);
}

/** The end of the last grapheme that fits: a flag or a family is one character to whoever reads it. */
function wholeCharacters(text: string, most: number): number {
  let end = 0;
  for (const { index, segment } of new Intl.Segmenter().segment(text.slice(0, most + 40))) {
    if (index + segment.length > most) break;
    end = index + segment.length;
  }
  return end > 0 ? end : most;
}

// A message that is a keyword: by itself, in a sentence or on a line of its own, with thanks, ornaments and typos around.
// Called by recognize-opt-out. Pure.
import {
  HELP_KEYWORDS,
  LONE_KEYWORDS,
  LOOSE,
  POLITE,
  SOFT_STOP_KEYWORDS,
  START_KEYWORDS,
  STOP_KEYWORDS,
} from "./opt-out-words.ts";
import { plainSentences, squeezed } from "./plain-words.ts";

export interface FoundKeyword {
  readonly wish: "stop" | "start" | "help";
  /** In capitals, as keywords are written. */
  readonly keyword: string;
}

const anyOf = (phrases: readonly string[]): RegExp =>
  new RegExp(`(?<![a-z0-9])(?:${phrases.join("|")})(?![a-z0-9])`, "g");
const POLITENESS = anyOf(POLITE);
const AROUND_STOP = anyOf([...POLITE, ...LOOSE]);

/** A sign for stopping, where there is no word at all. */
const STOP_SIGNS = /^[^\p{L}\p{N}]*(?:🛑|✋|🚫|⛔)[^\p{L}\p{N}]*$/u;
/** A name, a number or an address below what was written. */
const SIGNATURE_LINE = /^\s*(?:\p{Lu}[\p{L}'’.-]*(?: \p{Lu}[\p{L}'’.-]*){0,3}|[+\d().\s-]{7,}|\S+@\S+)\s*$/u;

export function recognizeKeyword(text: string): FoundKeyword | undefined {
  if (STOP_SIGNS.test(text)) return { wish: "stop", keyword: "STOP" };
  const whole = keywordIn(plainSentences(text).join(" "), "whole") ?? keywordIn(squeezed(text), "whole");
  return whole ?? keywordIn(plainSentences(firstLine(text)).join(" "), "whole") ?? hardKeyword(text);
}

/** The first line where nothing but a signature follows, else nothing. */
function firstLine(text: string): string {
  const [first = "", ...rest] = text.split("\n").filter((line) => /[\p{L}\p{N}]/u.test(line));
  return rest.length > 0 && rest.every((line) => SIGNATURE_LINE.test(line)) ? first : "";
}

/** A hard one that is a whole sentence, or all before its first or after its last comma. */
function hardKeyword(text: string): FoundKeyword | undefined {
  for (const sentence of plainSentences(text)) {
    const parts = sentence.split(" , ");
    for (const part of new Set([sentence, parts[0] ?? "", parts.at(-1) ?? ""])) {
      const found = keywordIn(part, "part");
      if (found) return found;
    }
  }
  return undefined;
}

function keywordIn(sentence: string, extent: "whole" | "part"): FoundKeyword | undefined {
  if (extent === "whole") {
    const bare = withoutRepeats(wordsOf(sentence.replaceAll(POLITENESS, " ")));
    const exact = exactKeyword(LONE_KEYWORDS.has(bare) ? withoutRepeats(wordsOf(sentence)) : bare);
    const found = exact ?? severalStops(bare, (word) => isHard(word) || SOFT_STOP_KEYWORDS.has(word));
    if (found) return found;
  }
  const left = withoutRepeats(wordsOf(sentence.replaceAll(AROUND_STOP, " ")));
  return STOP_KEYWORDS.has(left) ? { wish: "stop", keyword: left.toUpperCase() } : severalStops(left, isHard);
}

const wordsOf = (text: string): string => text.replaceAll(",", " ").split(" ").filter(Boolean).join(" ");

function exactKeyword(text: string): FoundKeyword | undefined {
  const keyword = text.toUpperCase();
  if (STOP_KEYWORDS.has(text) || SOFT_STOP_KEYWORDS.has(text)) return { wish: "stop", keyword };
  if (START_KEYWORDS.has(text)) return { wish: "start", keyword };
  return HELP_KEYWORDS.has(text) ? { wish: "help", keyword } : undefined;
}

/** "stop stop stop" is "stop". */
function withoutRepeats(text: string): string {
  const words = text.split(" ");
  return words.every((word) => word === words[0]) ? (words[0] ?? "") : text;
}

/** "stop end quit" */
function severalStops(text: string, counts: (word: string) => boolean): FoundKeyword | undefined {
  const words = text.split(" ");
  const [first = ""] = words;
  if (first === "" || !words.every(counts)) return undefined;
  return { wish: "stop", keyword: first.toUpperCase() };
}

const isHard = (word: string): boolean => STOP_KEYWORDS.has(word);

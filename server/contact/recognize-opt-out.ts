// Does somebody want no more messages or calls, want them again, or want to know who we are? Read off what they wrote, by
// keywords first and then by phrases, before anything else is done with a message. Pure; words and phrases are data in
// opt-out/. Where in doubt it blocks: when a sentence speaks of reaching the writer and wants less of it.

import { START_SAID } from "./opt-out/opt-in-phrases.ts";
import {
  type Around,
  isAboutPapers,
  isDenied,
  isForAWhile,
  isNotAsked,
  meansOthers,
} from "./opt-out/opt-out-guards.ts";
import {
  DO_NOT,
  NOT_WANTED,
  STOP_ACROSS,
  STOP_DOING,
  STOP_SAID,
  STOP_TOLD,
  STOP_WHOLE,
} from "./opt-out/opt-out-phrases.ts";
import { STOP_FRENCH, STOP_SPANISH } from "./opt-out/opt-out-phrases-fr-es.ts";
import { plainSentences } from "./opt-out/plain-words.ts";
import { recognizeKeyword } from "./opt-out/recognize-keyword.ts";
import { stripQuoted } from "./opt-out/strip-quoted.ts";

export interface RecognizedWish {
  readonly wish: "stop" | "start" | "help" | null;
  readonly how: "keyword" | "free_text" | null;
  /** The keyword, or the phrase that was found, in plain words. */
  readonly keyword?: string;
}

const NOTHING: RecognizedWish = { wish: null, how: null };
/** Of a message. Mails may be long; what somebody wants stands near the beginning or the end of what they wrote. */
const MOST_SIGNS = 8_000;
const MOST_FIRST = 80;
const MOST_LAST = 20;

export function recognizeWish(text: string): RecognizedWish {
  const own = stripQuoted(text.slice(0, MOST_SIGNS));
  const keyword = recognizeKeyword(own);
  if (keyword !== undefined) return { ...keyword, how: "keyword" };
  const sentences = beginningAndEnd(plainSentences(own));
  const stop = firstFound(sentences, stopPhrase) ?? phraseIn(sentences.join(" "), STOP_ACROSS, () => true);
  if (stop !== undefined) return { wish: "stop", how: "free_text", keyword: stop };
  const start = sentences.some(hasDenial) ? undefined : firstFound(sentences, startPhrase);
  return start === undefined ? NOTHING : { wish: "start", how: "free_text", keyword: start };
}

const beginningAndEnd = (sentences: readonly string[]): readonly string[] =>
  sentences.length <= MOST_FIRST + MOST_LAST
    ? sentences
    : [...sentences.slice(0, MOST_FIRST), ...sentences.slice(-MOST_LAST)];

function firstFound(
  sentences: readonly string[],
  find: (sentence: string) => string | undefined,
): string | undefined {
  for (const sentence of sentences) {
    const found = find(sentence);
    if (found !== undefined) return found;
  }
  return undefined;
}

function stopPhrase(sentence: string): string | undefined {
  return (
    phraseIn(sentence, STOP_DOING, (around) => !isDenied(around) && !meansOthers(around)) ??
    phraseIn(sentence, STOP_TOLD, (around) => !isDenied(around)) ??
    phraseIn(sentence, NOT_WANTED, (around) => !isForAWhile(around)) ??
    phraseIn(sentence, [...STOP_FRENCH, ...STOP_SPANISH], () => true) ??
    phraseIn(sentence, DO_NOT, (around) => !isNotAsked(around) && !isForAWhile(around)) ??
    phraseIn(sentence, STOP_SAID, (around) => !isDenied(around) && !isAboutPapers(around)) ??
    firstFound(partsOf(sentence), (part) => phraseIn(part, STOP_WHOLE, () => true))
  );
}

const startPhrase = (sentence: string): string | undefined => phraseIn(sentence, START_SAID, () => true);

function phraseIn(
  sentence: string,
  phrases: readonly RegExp[],
  holds: (around: Around) => boolean,
): string | undefined {
  for (const phrase of phrases)
    for (const match of sentence.matchAll(phrase)) {
      const around = {
        before: sentence.slice(0, match.index),
        after: sentence.slice(match.index + match[0].length),
      };
      if (holds(around)) return match[0];
    }
  return undefined;
}

/** The sentence without its commas, and what stands before the first and after the last of them. */
function partsOf(sentence: string): string[] {
  const parts = sentence.split(" , ");
  return [sentence.replaceAll(" , ", " "), parts[0] ?? "", parts.at(-1) ?? ""];
}

const hasDenial = (sentence: string): boolean =>
  /\b(?:not|never|no|stop|if|nobody|without|sue|report)\b/.test(sentence);

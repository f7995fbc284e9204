// Does whoever asks to be left alone say that they are not whom it was meant for? Then the number is left alone, and nothing
// was said of the person it was thought to be of. Pure; asked only of messages that are a wish to stop.
import { plainSentences } from "./plain-words.ts";
import { stripQuoted } from "./strip-quoted.ts";

const WRONG = /\bwrong (?:number|num|no|person|phone|guy)\b/;

export const saysWrongNumber = (text: string): boolean =>
  WRONG.test(plainSentences(stripQuoted(text)).join(" ").replaceAll(" , ", " "));

// A message as plain words: small letters without accents, look-alikes and ornaments read as the letters they stand for,
// the commonest typos and short forms spelled out. Called by recognize-opt-out. Pure.
import { KNOWN_WORDS, LOOK_ALIKES, SPELLINGS } from "./opt-out-words.ts";

/** Each sentence or line as words with one blank between; a comma is a word of its own. Empty ones are left out. */
export function plainSentences(text: string): string[] {
  return readable(text).split("\n").map(spellOut).filter(Boolean);
}

/** All letters in one, to find a keyword that is torn apart: "S T O P", "sto p". */
export const squeezed = (text: string): string => readable(text).replaceAll(/[^a-z]/g, "");

/** Letters that fonts and emoji make: circled and squared ones, the pairs of flags. */
const ORNAMENTS: readonly (readonly [first: number, last: number])[] = [
  [0x1f150, 0x1f169],
  [0x1f170, 0x1f189],
  [0x1f1e6, 0x1f1ff],
];

/** Signs for formatting, and letters that are blank. Variation signs go with the accents. */
const INVISIBLE = /\p{Cf}|[\u115f\u1160\u3164\uffa0]/gu;
const ADDRESSES = /\b(?:https?:\/\/|www\.)\S+|(?<!\S)\S{1,64}@\S{1,255}|\+?\d[\d().\s-]{5,20}\d/g;
const SENTENCE_END = /[.!?;:\n|…¡¿()[\]{}<>"“”«»„—–]+|(?<=\s)-+(?=\s)|^\s*[-*•]+/gm;

function readable(text: string): string {
  const letters = [...text.replaceAll(INVISIBLE, "").normalize("NFKC")].map(plainLetter).join("");
  return letters
    .toLowerCase()
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(ADDRESSES, " ")
    .replaceAll(/(?<=\b(?:my|this|your|ur|wrong) ?)#/g, " number ")
    .replaceAll(/['’‘`´ʼ*]/g, "")
    .replaceAll(/\b(?:[a-z](?:[.,_·•~-]\s?|\s)){2,}[a-z]\b/g, (torn) => torn.replaceAll(/[^a-z]/g, ""))
    .replaceAll("&", " and ")
    .replaceAll("/", " or ")
    .replaceAll(SENTENCE_END, "\n")
    .replaceAll(/[^a-z0-9$@,\n]+/g, " ");
}

function plainLetter(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  const ornament = ORNAMENTS.find(([first, last]) => code >= first && code <= last);
  return ornament ? String.fromCharCode(97 + code - ornament[0]) : (LOOK_ALIKES[sign] ?? sign);
}

function spellOut(sentence: string): string {
  const words = sentence.replaceAll(",", " , ").split(" ").filter(Boolean);
  const spelled = words.map((word) => {
    const short = word.replaceAll(/(.)\1{2,}/g, "$1");
    if (NEAR_UNSUBSCRIBE.test(short)) return "unsubscribe";
    const lettered = asLetters(short);
    return SPELLINGS.get(short) ?? SPELLINGS.get(lettered) ?? (KNOWN_WORDS.has(lettered) ? lettered : short);
  });
  return spelled
    .join(" ")
    .replaceAll(/\b(?:sto p|st op|s top)\b/g, "stop")
    .replaceAll(/\bun ?subscribe/g, "unsubscribe")
    .replaceAll(/^(?:, )+|(?: ,)+$/g, "");
}

/** "unsubcribe", "unsuscribed", "unscubscribe": its letters in nearly its order. */
const NEAR_UNSUBSCRIBE =
  /^(?=.{8,15}$)(?=[a-z]*(?:su|ub))(?!unsubscribed?$)(?:un|in|us)s?c?u?[bs]*[a-z]{0,3}(?:scr|sr|cr|src|sc)[a-z]{0,2}[bpv][a-z]{0,5}$/;

/** "st0p", "$top", "5top" */
const asLetters = (word: string): string =>
  /[a-z]/.test(word)
    ? word
        .replaceAll("0", "o")
        .replaceAll(/[$5]/g, "s")
        .replaceAll("1", "i")
        .replaceAll("@", "a")
        .replaceAll("7", "t")
    : word;

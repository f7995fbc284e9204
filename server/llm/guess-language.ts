// In which of three languages a contact writes, by its small words: the fixed sentences are said in it. Pure. The model
// itself is told to follow the contact and needs no guess.
import { foldText } from "./fold-text.ts";

export type Language = "en" | "fr" | "es";

const WORDS: Readonly<Record<Language, ReadonlySet<string>>> = {
  en: wordSet(
    "the is are you i and to of what can could would hello hi thanks thank yes please with for have this when",
  ),
  fr: wordSet(
    "je tu vous nous est suis pas oui non bonjour bonsoir merci une des les du avec pour quoi quand peux pouvez ce cette ca " +
      "mon ma mes votre parler quelqu'un personne est-ce j'ai c'est d'accord voudrais maison",
  ),
  es: wordSet(
    "hola gracias si quiero puedo puede usted el los las con para como esta estoy soy una un buenos buenas dias tardes es " +
      "hablar persona mi su por favor cuando donde casa eres quisiera",
  ),
};

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(" "));
}

/** English unless the small words of another language clearly outnumber its own. */
export function guessLanguage(texts: readonly string[]): Language {
  const words = foldText(texts.join(" ").slice(0, 4_000)).match(/[\p{L}'-]+/gu) ?? [];
  const score = (language: Language): number => words.filter((word) => WORDS[language].has(word)).length;
  const [en, fr, es] = [score("en"), score("fr"), score("es")];
  if (fr > en && fr >= es) return "fr";
  return es > en ? "es" : "en";
}

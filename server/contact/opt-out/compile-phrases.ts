// Phrases written as words with {classes} of words in them, made into regular expressions over plain sentences. Called where
// the phrases are.

/** Class name → alternatives, separated by | or by lines. A class may use those before it. */
export type WordClasses = Readonly<Record<string, string>>;

/**
 * One phrase a line; it goes on in the next line after "…". `{verb}` is one of a class, `{verb?}` one or none, `{verb*}` up
 * to four; the last two bring their blank with them. A comma may stand between any two words. `^` and `$` are the
 * sentence's ends; `#` at the end of a line is the sentence's end or a comma. The rest is a regular expression.
 */
export function compilePhrases(phrases: string, classes: WordClasses): readonly RegExp[] {
  const known: Record<string, string> = {};
  for (const [name, text] of Object.entries(classes)) known[name] = expand(oneLine(text), known);
  return phrases
    .replaceAll(/…\n\s*/g, "")
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const body = expand(line.replace(/#$/, "(?= ,|$)"), known).replaceAll(" ", " (?:, )?");
      return new RegExp(`(?:^|(?<= ))(?:${body})(?= |$)`, "g");
    });
}

const oneLine = (text: string): string => text.trim().replaceAll(/\s*\n\s*/g, "|");

function expand(text: string, known: WordClasses): string {
  return text.replaceAll(/\{([a-z]+)([?*]?)\}/g, (_all, name: string, times: string) => {
    const found = known[name];
    if (found === undefined) throw new Error(`There is no class of words called ${name}.`);
    return times === "" ? `(?:${found})` : `(?:(?:${found}) ){0,${times === "?" ? 1 : 4}}`;
  });
}

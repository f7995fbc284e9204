// Text as rules compare it: one spelling of what reads alike, so that a letter of another width, an accent or a character
// nobody sees changes nothing. For looking only, never for sending.

/** Lower case, no accents, straight quotes, single blanks, nothing invisible. */
export const foldText = (text: string): string =>
  visibleText(text)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[\u2018\u2019\u201b\u02bc\u00b4`]/g, "'")
    .replace(/[\u201c\u201d\u00ab\u00bb]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim();

/** Without control characters and without those that have no width; line breaks stay. */
export const visibleText = (text: string): string =>
  text
    .replace(/\r\n?/g, "\n")
    // A joiner or a selector holds an emoji together; anywhere else it hides something.
    .replace(/(?<!\p{Extended_Pictographic}|\ufe0f|\p{EMod})[\u200d\ufe0f]/gu, "")
    .replace(/(?![\u200d])[\p{Cf}\p{Co}\p{Cn}\p{Cs}]/gu, "")
    .replace(/(?!\n)\p{Cc}/gu, " ");

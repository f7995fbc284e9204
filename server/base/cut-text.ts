// Shortens a text without cutting a character in two: half an emoji is a character no JSON and no carrier takes.

/** At most `most` UTF-16 units from the beginning. */
export const cutText = (text: string, most: number): string =>
  text.length <= most ? text : text.slice(0, most).replace(/[\ud800-\udbff]$/, "");

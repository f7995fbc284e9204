// HTML by template in which every value is escaped unless it is HTML already. Used by all CRM pages.

export interface Html {
  readonly html: string;
}

type Part = Html | string | number | null | undefined | false | readonly Part[];

/** Tagged template: text is escaped, nested templates and lists of them go in as they are, nothing for null and false. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return { html: strings.reduce((text, piece, index) => text + renderPart(parts[index - 1]) + piece) };
}

/** Text that is HTML, CSS or script of our own making. */
export const raw = (text: string): Html => ({ html: text });

function renderPart(part: Part): string {
  if (part === null || part === undefined || part === false) return "";
  if (typeof part === "string" || typeof part === "number") return escapeText(String(part));
  return "html" in part ? part.html : part.map(renderPart).join("");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escapeText = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);

// TwiML, the XML in which Twilio is told what to do with a call. Pure; everything that comes from outside is escaped here
// and nowhere else.

/** Escaped XML. Made by the functions below only. */
export type Twiml = string;

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** `<name a="…">children</name>`; attributes that are undefined are left out. */
export function element(name: string, attributes: Attributes, ...children: readonly Twiml[]): Twiml {
  const head = Object.entries(attributes)
    .flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${escaped(String(value))}"`]))
    .join("");
  return children.length === 0 ? `<${name}${head}/>` : `<${name}${head}>${children.join("")}</${name}>`;
}

export const textNode = (text: string): Twiml => escaped(text);

/** The whole document. */
export const response = (...verbs: readonly Twiml[]): Twiml =>
  `<?xml version="1.0" encoding="UTF-8"?>${element("Response", {}, ...(verbs.length === 0 ? [""] : verbs))}`;

/** Most characters `<Say>` takes are 4096; a text is cut at the end of a word well before. */
const MOST_SPOKEN = 3_000;

export function say(text: string): Twiml {
  const words = text.replace(/\s+/g, " ").trim();
  const cut = words.length > MOST_SPOKEN ? words.slice(0, words.lastIndexOf(" ", MOST_SPOKEN)) : words;
  return element("Say", {}, escaped(cut));
}

export const hangUp: Twiml = "<Hangup/>";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

// Characters XML 1.0 cannot hold in any form are dropped: one of them in a name would end the call with a parse error.
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}

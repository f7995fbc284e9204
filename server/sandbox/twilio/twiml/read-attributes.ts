// Attributes of a verb as values. What the schema does not allow counts as not given. Used by the verbs.
import type { HttpMethod } from "../twilio-types.ts";
import type { XmlElement } from "./parse-xml.ts";

export const textAttribute = (element: XmlElement, name: string): string | undefined =>
  Object.hasOwn(element.attributes, name) ? element.attributes[name] : undefined;

/** Whole numbers from 0. */
export function numberAttribute(element: XmlElement, name: string, usual: number): number {
  const text = textAttribute(element, name);
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : usual;
}

export const flagAttribute = (element: XmlElement, name: string, usual = false): boolean => {
  const text = textAttribute(element, name);
  return text === undefined ? usual : text === "true";
};

export const methodAttribute = (element: XmlElement, name: string): HttpMethod =>
  textAttribute(element, name)?.toUpperCase() === "GET" ? "GET" : "POST";

/** Words separated by blanks. */
export function wordsAttribute<W extends string>(
  element: XmlElement,
  name: string,
  known: readonly W[],
  usual: readonly W[],
): ReadonlySet<W> {
  const text = textAttribute(element, name);
  if (text === undefined) return new Set(usual);
  const words = text.split(/\s+/);
  return new Set(known.filter((word) => words.includes(word)));
}

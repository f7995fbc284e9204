// What Twilio's schema does not allow in a document, in words. Twilio warns (12200) and goes on without it; the sandbox
// also writes it down as a violation. Called before a document is carried out.
import { elementsOf, textOf, type XmlElement } from "./parse-xml.ts";
import {
  type AttributeType,
  type Grammar,
  MESSAGE_GRAMMAR,
  MESSAGE_NOUNS,
  NOT_CARRIED,
  OPEN_ELEMENTS,
  type Verb,
  VOICE_GRAMMAR,
  VOICE_NOUNS,
  WORD_LISTS,
} from "./twiml-grammar.ts";

/** `whisper`: heard by the called party before they are connected; it may not dial. */
export type DocumentKind = "voice" | "whisper" | "message";

export interface CheckedTwiml {
  /** Verbs to be carried out, in order; those Twilio does not know are gone. */
  verbs: XmlElement[];
  problems: string[];
}

/** @throws Error when the root is not Response: then it is no TwiML at all (12100) */
export function checkTwiml(root: XmlElement, kind: DocumentKind): CheckedTwiml {
  if (root.name !== "Response") throw new Error(`the root element is <${root.name}>, not <Response>`);
  const [verbs, nouns] = kind === "message" ? [MESSAGE_GRAMMAR, MESSAGE_NOUNS] : [VOICE_GRAMMAR, VOICE_NOUNS];
  const problems: string[] = [];
  if (strayText(root) !== "") problems.push(`text stands in <Response>: ${strayText(root)}`);
  const carried = elementsOf(root).filter((element) => {
    const verb = own(verbs, element.name);
    if (!verb || (kind === "whisper" && element.name === "Dial")) {
      problems.push(unknownElement(element.name, kind === "whisper" ? "a whisper" : "<Response>"));
      return false;
    }
    problems.push(...problemsOf(element, verb, { ...verbs, ...nouns }));
    return true;
  });
  return { verbs: carried, problems };
}

/** Tables of names from outside: `constructor` is no verb. */
const own = (grammar: Grammar, name: string): Verb | undefined =>
  Object.hasOwn(grammar, name) ? grammar[name] : undefined;

const strayText = (element: XmlElement): string =>
  element.children.map((child) => (typeof child === "string" ? child.trim() : "")).join("");

const unknownElement = (name: string, place: string): string =>
  NOT_CARRIED.has(name)
    ? `the sandbox does not carry <${name}>, though Twilio does`
    : `<${name}> is unknown in ${place}`;

function problemsOf(element: XmlElement, verb: Verb, grammar: Grammar): string[] {
  const problems = Object.entries(element.attributes).flatMap(([name, value]) => {
    const type = Object.hasOwn(verb.attributes, name) ? verb.attributes[name] : undefined;
    if (type === undefined) return [`<${element.name}> has no attribute ${name}`];
    const problem = valueProblem(name, value, type);
    return problem ? [`<${element.name} ${name}="${value}"> ${problem}`] : [];
  });
  if (!verb.text && strayText(element) !== "") problems.push(`text stands in <${element.name}>`);
  if (needsText(element, verb) && textOf(element).trim() === "") problems.push(`<${element.name}> is empty`);
  for (const child of elementsOf(element)) {
    if (OPEN_ELEMENTS.has(child.name)) continue;
    const noun = own(grammar, child.name);
    if (!noun || !verb.children?.includes(child.name))
      problems.push(unknownElement(child.name, `<${element.name}>`));
    else problems.push(...problemsOf(child, noun, grammar));
  }
  return problems;
}

/** Dial has nouns, Play may have keys; what has children is judged by them. */
const needsText = (element: XmlElement, { text }: Verb): boolean =>
  text === true && !["Dial", "Play"].includes(element.name) && elementsOf(element).length === 0;

function valueProblem(name: string, value: string, type: AttributeType): string | undefined {
  if (Object.hasOwn(WORD_LISTS, name)) {
    const wrong = value.split(/\s+/).filter((word) => !WORD_LISTS[name]?.includes(word));
    return wrong.length > 0 ? `has a word Twilio does not know: ${wrong.join(" ")}` : undefined;
  }
  if (typeof type === "object") return type.includes(value) ? undefined : `is none of ${type.join(", ")}`;
  if (type === "number") return /^\d+$/.test(value) ? undefined : "is no number";
  if (type === "flag") return value === "true" || value === "false" ? undefined : "is neither true nor false";
  if (type === "method") return /^(GET|POST)$/i.test(value) ? undefined : "is neither GET nor POST";
  if (type === "url") return value === "" || /\s/.test(value) ? "is no address" : undefined;
  return undefined;
}

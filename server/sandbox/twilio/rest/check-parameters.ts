// Whether a request's parameters are what its operation knows, each of the right kind. What Twilio quietly ignores is an error
// here: a client that sends it has a mistake. Called before the operation itself.
import type { Fields } from "../twilio-state.ts";
import { KNOWN_PARAMETERS, type ParameterType } from "./known-parameters.ts";

const LISTS: readonly ParameterType[] = ["texts"];

/** What is wrong, in words; undefined when nothing is. `operation` as in KNOWN_PARAMETERS. */
export function checkParameters(operation: string, fields: Fields): string | undefined {
  const known = KNOWN_PARAMETERS[operation] ?? {};
  for (const [name, values] of Object.entries(fields)) {
    const type = Object.hasOwn(known, name) ? known[name] : undefined;
    if (type === undefined) return `${name} is no parameter of ${operation}`;
    if (values.length > 1 && !LISTS.includes(type)) return `${name} is given ${values.length} times`;
    const wrong = values.find((value) => value !== "" && !fits(value, type));
    if (wrong !== undefined) return `${name} may not be ${wrong}`;
  }
  return undefined;
}

function fits(value: string, type: ParameterType): boolean {
  if (typeof type === "object") return type.includes(value);
  if (type === "integer") return /^\d{1,9}$/.test(value);
  if (type === "number") return Number.isFinite(Number(value));
  if (type === "flag") return /^(true|false)$/i.test(value);
  if (type === "method") return value === "GET" || value === "POST";
  // Addresses have errors of their own.
  return true;
}

/** An empty value is as good as none. */
export const textField = (fields: Fields, name: string): string | undefined => fields[name]?.[0] || undefined;

export const flagField = (fields: Fields, name: string): boolean =>
  textField(fields, name)?.toLowerCase() === "true";

export const numberField = (fields: Fields, name: string): number | undefined => {
  const text = textField(fields, name);
  return text === undefined ? undefined : Number(text);
};

export const listField = (fields: Fields, name: string): string[] =>
  (fields[name] ?? []).filter((value) => value !== "");

/** Absolute, http or https, and a host without underscores, which Twilio does not take. */
export function isGoodUrl(text: string): boolean {
  if (!URL.canParse(text) || /\s/.test(text)) return false;
  const { protocol, hostname } = new URL(text);
  return (protocol === "http:" || protocol === "https:") && hostname !== "" && !hostname.includes("_");
}

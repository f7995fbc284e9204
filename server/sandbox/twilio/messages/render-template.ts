// A content template with its variables filled in. Used when a message names one.
import type { ContentTemplate } from "../twilio-types.ts";

/** The variables of a request; undefined when they are not an object of texts. */
export function readVariables(json: string | undefined): Record<string, string> | undefined {
  if (json === undefined) return {};
  try {
    const read: unknown = JSON.parse(json);
    if (typeof read !== "object" || read === null || Array.isArray(read)) return undefined;
    const entries = Object.entries(read);
    if (entries.some(([, value]) => typeof value !== "string")) return undefined;
    return Object.fromEntries(entries);
  } catch {
    return undefined;
  }
}

/** A variable that is neither given nor has a default stays as it is written. */
export function renderTemplate(
  template: ContentTemplate,
  variables: Readonly<Record<string, string>>,
): string {
  return template.body.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) =>
    Object.hasOwn(variables, name)
      ? (variables[name] ?? whole)
      : Object.hasOwn(template.defaults, name)
        ? (template.defaults[name] ?? whole)
        : whole,
  );
}

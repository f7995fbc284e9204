// The JSON object in what a model wrote: alone, in a code fence, or with words around it. Pure; called by ask-for-json.
import { parseJson } from "./parse-json.ts";

/** Undefined where there is no object. A list, a text or a number is none. */
export function readJsonAnswer(text: string): Readonly<Record<string, unknown>> | undefined {
  const fenced = /```[a-z]*\s*\n([\s\S]*?)```/i.exec(text)?.[1];
  const open = text.indexOf("{");
  const braced = open < 0 ? "" : text.slice(open, text.lastIndexOf("}") + 1);
  for (const candidate of [text, fenced ?? "", braced]) {
    const value = parseJson(candidate);
    if (isRecord(value)) return value;
  }
  return undefined;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

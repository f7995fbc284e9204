// Looks into JSON of unknown shape without trusting it: the embed page has no room for a schema library.

/** The value of a key where `value` is an object that has it, else undefined. */
export const readField = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;

/** The same where it is a text, else null. */
export function readText(value: unknown, key: string): string | null {
  const found = readField(value, key);
  return typeof found === "string" ? found : null;
}

// A delivery's headers as they are kept for the inspector: nothing that opens anything, and nothing endless.
const SECRET = /signature|authorization|cookie|secret|token|key/i;
const MOST_HEADERS = 40;
const LONGEST = 300;

/** JSON of name → value; values that open something are only named. */
export function describeHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): string {
  const kept = Object.entries(headers)
    .slice(0, MOST_HEADERS)
    .flatMap(([name, value]) => {
      const text = Array.isArray(value) ? value.join(", ") : value;
      return text === undefined ? [] : [[name, SECRET.test(name) ? "(left out)" : text.slice(0, LONGEST)]];
    });
  return JSON.stringify(Object.fromEntries(kept));
}

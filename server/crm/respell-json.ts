// The same JSON as other programs write it: slashes and letters beyond ASCII escaped or not, indented or not. Explains a
// signature that was made over another spelling of what came; lets nothing pass.

/** Other spellings of `body`, never `body` itself; text that is no JSON has few. Never throws. */
export function respellJson(body: Buffer): Buffer[] {
  const text = body.toString("utf8");
  const compact = [text.trim(), ...reprinted(text)];
  const spelled = compact.flatMap((each) => [each, unescapeSlashes(each), escapeSlashes(each)]);
  const letters = spelled.flatMap((each) => [each, escapeLetters(each)]);
  return [...new Set(letters)].map((each) => Buffer.from(each)).filter((bytes) => !bytes.equals(body));
}

function reprinted(text: string): string[] {
  try {
    const value: unknown = JSON.parse(text);
    return [JSON.stringify(value), JSON.stringify(value, null, 2), JSON.stringify(value, null, 4)];
  } catch {
    return [];
  }
}

const unescapeSlashes = (json: string): string => json.replaceAll("\\/", "/");
const escapeSlashes = (json: string): string => unescapeSlashes(json).replaceAll("/", "\\/");

/** As PHP writes JSON unless told otherwise. */
const escapeLetters = (json: string): string =>
  json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

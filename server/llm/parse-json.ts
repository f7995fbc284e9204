// Text as JSON, or undefined where it is none: what came from outside is judged by a schema afterwards, so why it is no
// JSON is of no interest. Used wherever this room reads what a server or a model wrote.

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

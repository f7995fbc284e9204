// Reads the JSON the server wrote into the page; anything unreadable becomes a page that says so. Both apps begin with it.
import { readText } from "./read-field.ts";

export interface PageModel {
  readonly session: string;
  readonly state: string;
}

/** `text` of the element `embed-model`; only session and state are checked, so all else of `T` must be optional. */
export function readModel<T extends PageModel>(text: string | null): T {
  try {
    const model: unknown = JSON.parse(text ?? "");
    if (readText(model, "session") !== null && readText(model, "state") !== null) return model as T;
  } catch {
    // falls through to the page that says so
  }
  return { session: "", state: "internal" } as T;
}

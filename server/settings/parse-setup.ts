// The text of a setup.json → a checked setup. Called by the command line and the console's import; `apply` checks
// again, because it also takes setups that never were text.
import type { Setup } from "../../shared/setup.schema.ts";
import { GatewayError } from "../base/errors.ts";
import { checkSetupShape } from "./check-setup-shape.ts";

/**
 * Throws malformed_json with line and column, or settings_invalid with `details: [{path, message}]`. The text itself is
 * never repeated: it holds keys.
 */
export function parseSetup(json: string): Setup {
  return checkSetupShape(parseJson(json.replace(/^\uFEFF/, "")));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const position = errorPosition(text, error);
    const lines = text.slice(0, position).split("\n");
    const place = { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
    throw new GatewayError("malformed_json", {
      sentence:
        text.trim() === ""
          ? "The setup is empty."
          : `The setup is not valid JSON; look at line ${place.line}, column ${place.column}. Nothing was changed.`,
      details: place,
    });
  }
}

/** Offset of the first character that cannot be right. The engine tells it for most errors, but not for a stray word. */
function errorPosition(text: string, error: unknown): number {
  const told = /at position (\d+)/.exec(error instanceof Error ? error.message : "");
  if (told) return Number(told[1]);
  if (!isStrayToken(text)) return text.length;
  // Shortest beginning that already has the stray character: every longer one has it, no shorter one does.
  let [without, having] = [0, text.length];
  while (having - without > 1) {
    const middle = (without + having) >> 1;
    if (isStrayToken(text.slice(0, middle))) having = middle;
    else without = middle;
  }
  return without;
}

function isStrayToken(text: string): boolean {
  try {
    JSON.parse(text);
    return false;
  } catch (error) {
    return error instanceof Error && error.message.startsWith("Unexpected token");
  }
}

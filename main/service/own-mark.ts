// A definition carries a mark with a digest of the rest, so that one changed by hand is known and left alone.
import { createHash } from "node:crypto";

const MARK = "Made by “aventora-gateway service install”; digest ";
const PATTERN = new RegExp(`^.*${MARK}([0-9a-f]{64}).*\\n`, "m");

const digestOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The definition with its mark: the first line of a unit, the second of a property list. */
export function withMark(definition: string): string {
  const mark = `${MARK}${digestOf(definition)}`;
  if (!definition.startsWith("<?xml")) return `# ${mark}\n${definition}`;
  const [first = "", ...rest] = definition.split("\n");
  return [first, `<!-- ${mark} -->`, ...rest].join("\n");
}

/** What is at the place now: nothing, exactly this, one made here and not touched since, or somebody's own. */
export type Standing = "absent" | "same" | "older" | "changed";

/** `there` is the file's text, null where there is none; `marked` is what would be written. */
export function judgeDefinition(there: string | null, marked: string): Standing {
  if (there === null) return "absent";
  if (there === marked) return "same";
  const digest = PATTERN.exec(there)?.[1];
  return digest === digestOf(there.replace(PATTERN, "")) ? "older" : "changed";
}

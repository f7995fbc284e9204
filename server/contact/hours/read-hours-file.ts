// The calling hours in force: the brokerage's own file in the data folder, or the built-in ones. Whatever is wrong with the
// file, the built-in ones hold and it is said: there is never no rule. Called by open-hours.
import { readFileSync } from "node:fs";
import { type ContactHoursFile, contactHoursSchema } from "../../../shared/contact-hours.schema.ts";
import { fieldProblems } from "../../base/parse.ts";
import builtIn from "../data/contact-hours.json" with { type: "json" };

export const HOURS_FILE = "contact-hours.json";

export const builtInHours = (): ContactHoursFile => contactHoursSchema.parse(builtIn);

/** The text of the built-in file, for editing. */
export const builtInHoursText = (): string => `${JSON.stringify(builtIn, null, 2)}\n`;

export type ReadHours =
  | { readonly origin: "file"; readonly file: ContactHoursFile; readonly problem: null }
  | { readonly origin: "built-in"; readonly file: ContactHoursFile; readonly problem: string | null };

/** `path` of a file that is there. */
export function readHoursFile(path: string): ReadHours {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    return refused(error instanceof SyntaxError ? "it is not valid JSON" : "it cannot be read");
  }
  const result = contactHoursSchema.safeParse(value);
  if (result.success) return { origin: "file", file: result.data, problem: null };
  const [first] = fieldProblems(result.error.issues);
  return refused(
    first ? `${first.path === "" ? "the file" : first.path}: ${first.message}` : "it is not valid",
  );
}

const refused = (why: string): ReadHours => ({
  origin: "built-in",
  file: builtInHours(),
  problem: `The calling hours in ${HOURS_FILE} cannot be used (${why}), so the built-in ones hold.`,
});

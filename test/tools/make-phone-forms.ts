// Writes renderer/ui/phone-forms.ts: how numbers of some countries are grouped, taken out of libphonenumber-js's tables so that
// the pages need not carry all of them. Run it after an update of that package; a test says when it is due.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { z } from "zod";

/** Where people a North American brokerage deals with have their numbers from; every other number is shown in one piece. */
const COUNTRIES = "AE AT AU BE BR CH CN CO DE ES FR GB HK IE IL IN IT KR MX NL NZ PH PT VN".split(" ");
const TARGET = resolve(import.meta.dirname, "../../renderer/ui/phone-forms.ts");

const formatSchema = z.tuple([z.string(), z.string()]).rest(z.unknown());
const countrySchema = z.array(z.unknown());
const metadataSchema = z.object({ countries: z.record(z.string(), countrySchema) });

/** Places in a country's row: calling code, formats, and the rule for its formats' national prefix. */
const [CODE, FORMATS, PREFIX_RULE] = [0, 4, 6];

function rowsOf(country: readonly unknown[]): string[][] {
  const common = z.string().catch("").parse(country[PREFIX_RULE]);
  return z
    .array(formatSchema)
    .parse(country[FORMATS])
    .map(([pattern, format, leading, prefixRule, , international]) => {
      const rule = typeof prefixRule === "string" && prefixRule !== "" ? prefixRule : common;
      const national = rule === "" ? format : format.replace(/\$\d/, rule);
      const abroad = (typeof international === "string" ? international : format)
        .replace(/[^$\d]+/g, " ")
        .trim();
      const first = z.array(z.string()).catch([]).parse(leading).at(-1) ?? "";
      return national === abroad ? [first, pattern, abroad] : [first, pattern, abroad, national];
    });
}

/** The file's text, from the tables of the package installed. */
export function phoneFormsText(): string {
  const file = createRequire(import.meta.url).resolve("libphonenumber-js/metadata.min.json");
  const { countries } = metadataSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  const entries = COUNTRIES.map((name) => {
    const country = countries[name] ?? [];
    const rows = rowsOf(country).map(
      (row) => `    [${row.map((text) => JSON.stringify(text)).join(", ")}],\n`,
    );
    return `  ${name}: { code: "${String(country[CODE])}", rows: [\n${rows.join("")}  ] },\n`;
  });
  return `// How numbers of some countries are grouped. Made by test/tools/make-phone-forms.ts from the tables of libphonenumber
// (Apache License 2.0); not written by hand.

/** First digits, whole number, how it is written abroad, and at home where that differs. Expressions without anchors. */
export type PhoneRow = readonly [leading: string, pattern: string, abroad: string, home?: string];

// biome-ignore format: a row is a line.
export const PHONE_FORMS: Readonly<Record<string, { readonly code: string; readonly rows: readonly PhoneRow[] }>> = {
${entries.join("")}};
`;
}

if (process.argv[1] === import.meta.filename) writeFileSync(TARGET, phoneFormsText());

// Which libraries are in the built files, with their licences and the texts these ask to be handed on. Called by
// build-programs with every module that went into a bundle.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { Part, PartsFile } from "../../shared/about.schema.ts";

const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string().optional(),
  /** The older way to say it. */
  licenses: z.array(z.object({ type: z.string() })).optional(),
  author: z.union([z.string(), z.object({ name: z.string() })]).optional(),
});
type Manifest = z.infer<typeof manifestSchema>;

interface Found {
  readonly folder: string;
  readonly manifest: Manifest;
}

const TEXT_FILE = /^(?:licen[cs]e|copying|notice)(?:[.-](?!third-party)[\w-]+)*$/i;
const IN_LIBRARY = /[\\/]node_modules[\\/]/;

/** Tables of ours that were made from others' data, told in a file beside them. */
const TABLES = { name: "number tables (server/contact/data)", licence: "Apache-2.0" };
const TABLES_NOTICE = join(import.meta.dirname, "../../server/contact/data/NOTICE.md");

const MIT_TERMS = `Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.`;

/**
 * @param modules files that went into bundles, of libraries or not
 * @param besides folders of parts that a package carries outside its bundles: native code, the shell
 * @throws Error for a library that names no licence
 */
export function collectLicences(modules: Iterable<string>, besides: readonly string[]): PartsFile {
  const found = new Map<string, Found>();
  const seen = new Set<string>();
  const add = (folder: string): void => {
    if (seen.has(folder)) return;
    seen.add(folder);
    const part = findManifest(folder);
    if (part) found.set(`${part.manifest.name}@${part.manifest.version}`, part);
  };
  for (const file of modules) if (IN_LIBRARY.test(file)) add(dirname(withoutMarks(file)));
  for (const folder of besides) add(folder);
  const texts: string[] = [];
  const parts = [...found.values()]
    .map(({ folder, manifest }) => describePart(folder, manifest, texts))
    .concat(describeTables(texts))
    .sort((left, right) => compare(left.name, right.name) || compare(left.version, right.version));
  return inOrder(parts, texts);
}

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

// A bundler's own marks around a path: "\0…" before, "?…" behind.
const withoutMarks = (file: string): string => file.replace(/^\0/, "").replace(/\?.*$/, "");

function findManifest(folder: string): Found | undefined {
  for (let at = folder; IN_LIBRARY.test(at); at = dirname(at)) {
    const file = join(at, "package.json");
    if (!existsSync(file)) continue;
    const manifest = manifestSchema.safeParse(JSON.parse(readFileSync(file, "utf8")));
    if (manifest.success) return { folder: at, manifest: manifest.data };
  }
  return undefined;
}

function describePart(folder: string, manifest: Manifest, texts: string[]): Part {
  const { name, version } = manifest;
  const license = manifest.license ?? manifest.licenses?.map(({ type }) => type).join(" OR ");
  if (license === undefined) throw new Error(`${name} ${version} names no licence.`);
  const text = readTexts(folder) || standardText(license, authorOf(manifest));
  return { name, version, licence: license, text: keepText(texts, text) };
}

const describeTables = (texts: string[]): Part => ({
  ...TABLES,
  version: "",
  text: keepText(texts, readFileSync(TABLES_NOTICE, "utf8").trim()),
});

function keepText(texts: string[], text: string): number {
  const known = texts.indexOf(text);
  return known < 0 ? texts.push(text) - 1 : known;
}

const authorOf = ({ author, name }: Manifest): string =>
  (typeof author === "string" ? author : author?.name) ?? `the authors of ${name}`;

/** For the few whose package leaves its text out. */
const standardText = (licence: string, author: string): string =>
  licence === "MIT"
    ? `MIT License\n\nCopyright (c) ${author}\n\n${MIT_TERMS}`
    : `By ${author}, under https://spdx.org/licenses/${licence}.html`;

function readTexts(folder: string): string {
  return readdirSync(folder)
    .filter((file) => TEXT_FILE.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim())
    .join("\n\n");
}

/** Texts in the order of the parts that bring them, so that the order in which files were met does not matter. */
function inOrder(parts: readonly Part[], texts: readonly string[]): PartsFile {
  const order = [...new Set(parts.map(({ text }) => text))];
  return {
    parts: parts.map((part) => ({ ...part, text: order.indexOf(part.text) })),
    texts: order.map((text) => texts[text] ?? ""),
  };
}

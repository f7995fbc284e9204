// Reads the product's sources and what each imports, without a compiler.
import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FOLDERS = ["shared", "server", "main", "renderer"];

export interface Source {
  /** From the project's folder, with slashes. */
  readonly path: string;
  readonly text: string;
  /** Files of the project it imports, types included. */
  readonly files: readonly string[];
  /** Packages and built-in modules it imports; of "a/b" and "@a/b/c" the package's name. */
  readonly packages: readonly string[];
}

export function readSources(): Source[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(`${ROOT}${folder}`, { recursive: true, withFileTypes: true })
      .filter(
        (entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.parentPath.includes("node_modules"),
      )
      .map((entry) =>
        readSource(posix.join(entry.parentPath.replaceAll("\\", "/"), entry.name).slice(ROOT.length)),
      ),
  );
}

function readSource(path: string): Source {
  const text = readFileSync(`${ROOT}${path}`, "utf8");
  const specifiers = importsOf(text);
  const inProject = (specifier: string): boolean => specifier.startsWith(".");
  return {
    path,
    text,
    files: specifiers.filter(inProject).map((specifier) => posix.join(posix.dirname(path), bare(specifier))),
    packages: specifiers.filter((specifier) => !inProject(specifier)).map(packageName),
  };
}

// Vite's "?raw" and the like.
const bare = (specifier: string): string => specifier.replace(/\?.*$/, "");

function packageName(specifier: string): string {
  if (specifier.startsWith("node:")) return specifier;
  const parts = specifier.split("/");
  return parts.slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
}

/** Static and type-only imports and re-exports (they begin a line), dynamic ones and import types (anywhere). */
export function importsOf(text: string): string[] {
  const code = withoutComments(text);
  const patterns = [
    /^(?:import|export)\b[^;"'`]*?\bfrom\s*["']([^"']+)["']/gm,
    /^import\s*["']([^"']+)["']/gm,
    /\bimport\s*\(\s*["'`]([^"'`]+)["'`]/g,
    /\brequire\s*\(\s*["'`]([^"'`]+)["'`]/g,
  ];
  return patterns.flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match[1] ?? ""));
}

/** Line comments that stand alone or after a blank, and block comments that begin a line; addresses in texts stay. */
export function withoutComments(text: string): string {
  return text.replace(/^\s*\/\*[\s\S]*?\*\//gm, "").replace(/(^|\s)\/\/.*$/gm, "$1");
}

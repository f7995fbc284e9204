// What must not be in a package, what must be, and how large it may be. Called by `npm run dist` after packing, and by tests.
import type { Layout, PackedFile } from "./read-layout.ts";

/** Besides Electron itself. */
export const MOST_BYTES = 25 * 1024 * 1024;

const NEEDED = [
  "package.json",
  "LICENSE",
  "dist/desktop/main.js",
  "dist/desktop/preload.cjs",
  "dist/renderer/admin/index.html",
  "dist/renderer/embed/embed.js",
  "dist/renderer/campaign/campaign.js",
  "dist/renderer/chat/chat.js",
  "dist/build-info.json",
  "dist/licences.json",
];

const UNWANTED: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["a source in TypeScript", /\.[cm]?tsx?$/],
  ["a source map", /\.map$/],
  ["a test", /(?:^|\/)(?:tests?|__tests__|e2e|fixtures)\/|\.(?:test|spec)\.[cm]?js$/i],
  ["Node itself", /(?:^|\/)node(?:\.exe)?$|(?:^|\/)node-(?:linux|darwin|win)|(?:^|\/)node-bin-/],
  ["a part only the build needs", /^node_modules\/(?!(?:keytar|@napi-rs|@ngrok)\/)/],
  ["something hidden", /(?:^|\/)\.[^/]+$/],
  ["a key or certificate", /\.(?:pem|key|p12|pfx|env)$/i],
];

/** Keys of the services the gateway speaks with, and of those a build machine speaks with. */
const KEYS: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["a private key", /-----BEGIN (?:RSA |EC |OPENSSH )?PRIVATE KEY-----\s*[A-Za-z0-9+/]{40}/],
  ["a Follow Up Boss key", /\bfka_[A-Za-z0-9]{20,}/],
  ["a language model's key", /\bsk-[A-Za-z0-9_-]{32,}/],
  ["a GitHub token", /\b(?:ghp|gho|ghs|github_pat)_[A-Za-z0-9_]{30,}/],
  ["an npm token", /\bnpm_[A-Za-z0-9]{36}\b/],
  ["a cloud key", /\bAKIA[0-9A-Z]{16}\b/],
];

export interface Surroundings {
  readonly platform: string;
  readonly arch: string;
  /** Paths and secrets of the machine that built it; none of them may stand in a file. */
  readonly strangers: readonly string[];
}

/** One sentence per problem; empty when it may go out. */
export function checkLayout(layout: Layout, around: Surroundings): string[] {
  const paths = new Set(layout.files.map(({ path }) => path));
  const natives = [
    `@napi-rs/keyring-${around.platform}-${around.arch}`,
    `@ngrok/ngrok-${around.platform}-${around.arch}`,
  ];
  const native = layout.files.filter(({ path }) => path.endsWith(".node"));
  return [
    ...NEEDED.filter((path) => !paths.has(path)).map((path) => `${path} is missing.`),
    ...natives
      .filter((name) => !native.some(({ path }) => path.startsWith(`node_modules/${name}`)))
      .map((name) => `The native part ${name} is missing.`),
    ...native
      .filter(({ path }) => !natives.some((name) => path.startsWith(`node_modules/${name}`)))
      .map(({ path }) => `${path} is for another system.`),
    ...native
      .filter(({ unpacked }) => !unpacked)
      .map(({ path }) => `${path} cannot be loaded from the archive.`),
    ...layout.files.flatMap((file) => checkFile(file, around.strangers)),
    ...(layout.size > MOST_BYTES
      ? [`It is ${inMb(layout.size)} MB; ${inMb(MOST_BYTES)} MB is the most besides Electron.`]
      : []),
  ];
}

function checkFile({ path, read }: PackedFile, strangers: readonly string[]): string[] {
  const named = UNWANTED.filter(([, pattern]) => pattern.test(path)).map(([what]) => `${path} is ${what}.`);
  // Compiled elsewhere, by those who published it.
  if (path.endsWith(".node")) return named;
  const text = read().toString("latin1");
  const keys = KEYS.filter(([, pattern]) => pattern.test(text)).map(([what]) => `${path} holds ${what}.`);
  const met = strangers.some((stranger) => text.includes(stranger));
  const map = /[#@]\s*sourceMappingURL=(?!data:text\/css)/.test(text) ? [`${path} names a source map.`] : [];
  return [
    ...named,
    ...keys,
    ...map,
    ...(met ? [`${path} holds a path or a secret of the machine that built it.`] : []),
  ];
}

export const inMb = (bytes: number): string => (bytes / 1024 / 1024).toFixed(1);

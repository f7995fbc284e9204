// Leaves out of the programs what only a checkout uses. Its exports stay, and refuse when they are called.
import { join, resolve } from "node:path";
import type { Plugin } from "vite";

interface LeftOut {
  /** From the project's folder. */
  readonly file: string;
  /** Its exported functions; all of them are asynchronous. */
  readonly exports: readonly string[];
  readonly sentence: string;
}

const NO_MAIL = "The pretend mail servers are only there in a checkout.";

export const LEFT_OUT: readonly LeftOut[] = [
  {
    file: "main/build-all.ts",
    exports: ["buildAll"],
    sentence: "The pages come built with a package.",
  },
  {
    file: "main/bench/bench.ts",
    exports: ["benchCommand"],
    sentence: "The benches run in a checkout, as: npm run gateway -- bench",
  },
  // A rehearsal sends no mail; the demo does, and its servers are the only users of two libraries.
  { file: "server/sandbox/mail/open-smtp.ts", exports: ["openSmtp"], sentence: NO_MAIL },
  { file: "server/sandbox/mail/open-imap.ts", exports: ["openImap"], sentence: NO_MAIL },
];

const ROOT = resolve(import.meta.dirname, "../..");

export const leaveOut: Plugin = {
  name: "leave-out",
  enforce: "pre",
  // Not where tests run.
  applyToEnvironment: ({ name }) => name === "gateway" || name === "desktop",
  load(id) {
    const left = LEFT_OUT.find(({ file }) => join(ROOT, file) === id);
    if (left === undefined) return null;
    const given = JSON.stringify({ sentence: left.sentence });
    return [
      `import { GatewayError } from ${JSON.stringify(join(ROOT, "server/base/errors.ts"))};`,
      `const refuse = async () => { throw new GatewayError("invalid_request", ${given}); };`,
      ...left.exports.map((name) => `export const ${name} = refuse;`),
    ].join("\n");
  },
};

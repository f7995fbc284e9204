// The built pages come with `npm ci` (its prepare step) and with every package. A checkout that has none builds them now.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { GatewayError } from "../server/index.ts";
import { PROGRAM_DIR } from "./host-options.ts";

export async function ensurePages(pagesDir: string, say: (line: string) => void): Promise<void> {
  if (existsSync(join(pagesDir, "embed", "embed.js")) && existsSync(join(pagesDir, "admin", "index.html")))
    return;
  if (!existsSync(join(PROGRAM_DIR, "vite.config.ts"))) {
    throw new GatewayError("internal", {
      sentence: `The pages in ${pagesDir} are missing; install the gateway again.`,
    });
  }
  say("Building the pages once; this takes a few seconds …");
  const { buildPages } = await import("./build-pages.ts");
  await buildPages();
}

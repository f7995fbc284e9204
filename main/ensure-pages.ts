// The built pages come with `npm ci` (its prepare step) and with every package. A checkout that has none builds them now.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { GatewayError } from "../server/index.ts";
import { PROGRAM_DIR } from "./host-options.ts";

const PAGES = ["embed/embed.js", "campaign/campaign.js", "chat/chat.js", "admin/index.html"];

export async function ensurePages(pagesDir: string, say: (line: string) => void): Promise<void> {
  if (PAGES.every((page) => existsSync(join(pagesDir, page)))) return;
  if (!existsSync(join(PROGRAM_DIR, "vite.config.ts"))) {
    throw new GatewayError("internal", {
      sentence: `The pages in ${pagesDir} are missing; install the gateway again.`,
    });
  }
  say("Building the pages once; this takes a few seconds …");
  const { buildAll } = await import("./build-all.ts");
  await buildAll();
}

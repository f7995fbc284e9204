// The built embed page, read once when it is first asked for.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { GatewayError } from "./base/errors.ts";
import { FUB_FRAME_ANCESTORS, type PageAssets, VENDOR_SCRIPT } from "./embed/render-page.ts";
import type { Host } from "./host.ts";

/** @throws GatewayError internal when the pages were never built. */
export function createPageLoader(host: Host): () => PageAssets {
  let loaded: PageAssets | undefined;
  return () => {
    loaded ??= {
      script: readPage(host, "embed.js"),
      style: readPage(host, "embed.css"),
      vendorScript: host.vendorScript ?? VENDOR_SCRIPT,
      frameAncestors: [...FUB_FRAME_ANCESTORS, ...(host.extraFrameAncestors ?? [])],
    };
    return loaded;
  };
}

function readPage(host: Host, name: string): string {
  try {
    // An inline script must not contain its own closing tag.
    return readFileSync(join(host.pagesDir, "embed", name), "utf8").replace(/<\/(script|style)/gi, "<\\/$1");
  } catch (cause) {
    throw new GatewayError("internal", {
      logMessage: `the page ${name} is not built; run: npm run build`,
      cause,
    });
  }
}

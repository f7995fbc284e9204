// The built pages of the public listener, each read once when it is first asked for.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { GatewayError } from "./base/errors.ts";
import type { PracticePlace } from "./crm/practice-place.ts";
import { FUB_FRAME_ANCESTORS, type PageAssets, VENDOR_SCRIPT } from "./embed/render-page.ts";
import type { Host } from "./host.ts";

/** @throws GatewayError internal when the pages were never built. */
export function createPageLoader(
  host: Host,
  practice: PracticePlace,
): (page: PageName, framedBy?: string) => PageAssets {
  const loaded = new Map<PageName, PageAssets>();
  return (page, framedBy) => {
    const assets = loaded.get(page) ?? {
      script: readPage(host, page, "js"),
      style: readPage(host, page, "css"),
      vendorScript: host.vendorScript ?? VENDOR_SCRIPT,
      frameAncestors: [...FUB_FRAME_ANCESTORS, ...(host.extraFrameAncestors ?? [])],
    };
    loaded.set(page, assets);
    const rehearsed = practice.current();
    const inRehearsal = rehearsed !== null && originOf(framedBy) === rehearsed.url;
    return inRehearsal ? { ...assets, ...rehearsalOf(rehearsed.url) } : assets;
  };
}

/** What the pretend Follow Up Boss of a rehearsal frames has its script, and may be framed by it alone. */
const rehearsalOf = (url: string): Pick<PageAssets, "vendorScript" | "frameAncestors"> => ({
  vendorScript: `${url}/embeddedApps-v1.0.1.js`,
  frameAncestors: [url],
});

const originOf = (address: string | undefined): string | undefined =>
  address !== undefined && URL.canParse(address) ? new URL(address).origin : undefined;

type PageName = "embed" | "campaign" | "chat";

function readPage(host: Host, page: PageName, kind: "js" | "css"): string {
  const name = `${page}.${kind}`;
  try {
    // An inline script must not contain its own closing tag.
    return readFileSync(join(host.pagesDir, page, name), "utf8").replace(/<\/(script|style)/gi, "<\\/$1");
  } catch (cause) {
    throw new GatewayError("internal", {
      logMessage: `the page ${name} is not built; run: npm run build`,
      cause,
    });
  }
}

// The HTML of the page inside Follow Up Boss: model, style and script in one answer, so that it stands on a slow uplink
// after one round trip. FUB shows a page only when it carries the vendor's script, refusals included.
import { randomBytes } from "node:crypto";
import type { CampaignModel } from "../../shared/campaign.schema.ts";
import type { EmbedModel } from "../../shared/embed.schema.ts";

/** The built page's parts and where FUB's script comes from. */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
  /** https://eia.followupboss.com/… in production; the sandbox lends a stand-in. */
  readonly vendorScript: string;
  /** Who may frame the page, as CSP sources. */
  readonly frameAncestors: readonly string[];
}

export const VENDOR_SCRIPT = "https://eia.followupboss.com/embeddedApps-v1.0.1.js";
/** FUB's pages stand at <account>.followupboss.com and app.followupboss.com. */
export const FUB_FRAME_ANCESTORS: readonly string[] = ["https://*.followupboss.com"];

export interface RenderedPage {
  readonly html: string;
  readonly contentSecurityPolicy: string;
}

export function renderPage(model: EmbedModel | CampaignModel, assets: PageAssets): RenderedPage {
  const nonce = randomBytes(16).toString("base64");
  const vendorOrigin = new URL(assets.vendorScript).origin;
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>Aventora</title>
<style nonce="${nonce}">${assets.style}</style>
</head>
<body>
<main id="app"></main>
<script type="application/json" id="embed-model">${scriptJson(model)}</script>
<script nonce="${nonce}">${assets.script}</script>
<script async src="${assets.vendorScript}"></script>
</body>
</html>
`;
  const contentSecurityPolicy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' ${vendorOrigin}`,
    `style-src 'nonce-${nonce}'`,
    `connect-src 'self' ${vendorOrigin}`,
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${assets.frameAncestors.join(" ")}`,
  ].join("; ");
  return { html, contentSecurityPolicy };
}

/** JSON that cannot end its script element or open a comment, whatever a person is called. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/</g, "\\u003c")
    .replace(/>/g, "\\u003e")
    .replace(/\u2028/g, "\\u2028")
    .replace(/\u2029/g, "\\u2029");
}

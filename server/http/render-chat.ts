// The HTML of the contact's chat page: model, style and script in one answer. It belongs to the contact, so nothing of
// Follow Up Boss is in it, nobody may frame it, and search machines are told to stay away.
import { randomBytes } from "node:crypto";
import type { ChatModel } from "../../shared/chat.schema.ts";
import { type PageAssets, type RenderedPage, scriptJson } from "../embed/render-page.ts";

export function renderChat(model: ChatModel, assets: Pick<PageAssets, "script" | "style">): RenderedPage {
  const nonce = randomBytes(16).toString("base64");
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex, nofollow">
<meta name="color-scheme" content="light dark">
<title>Chat</title>
<style nonce="${nonce}">${assets.style}</style>
</head>
<body>
<main id="app"></main>
<script type="application/json" id="chat-model">${scriptJson(model)}</script>
<script nonce="${nonce}">${assets.script}</script>
</body>
</html>
`;
  const contentSecurityPolicy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
  return { html, contentSecurityPolicy };
}

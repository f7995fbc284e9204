// A page with a sentence and perhaps one button, for people who follow a link of ours: no script, nothing loaded.
import { randomBytes } from "node:crypto";
import type { Response } from "express";

export interface PlainPage {
  readonly title: string;
  readonly sentence: string;
  /** A button that posts to the page's own address. */
  readonly button?: string;
}

const STYLE = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{margin:0;display:grid;place-items:center;min-height:100vh;background:Canvas;color:CanvasText}
main{max-width:32rem;padding:1.5rem;overflow-wrap:anywhere}h1{font-size:1.35rem;margin:0 0 .5rem}
button{font:inherit;padding:.65rem 1.25rem;min-height:44px;border:1px solid #1f5fbf;border-radius:.5rem;background:#1f5fbf;color:#fff;cursor:pointer}
button:focus-visible{outline:3px solid #7fb0ff;outline-offset:2px}`;

export function plainPage(response: Response, status: number, page: PlainPage): void {
  const nonce = randomBytes(16).toString("base64");
  const button =
    page.button === undefined
      ? ""
      : `<form method="post"><button type="submit">${escapeHtml(page.button)}</button></form>`;
  response.status(status);
  response.setHeader(
    "content-security-policy",
    `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  );
  response.setHeader("cache-control", "no-store");
  response.setHeader("x-robots-tag", "noindex, nofollow");
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.end(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow"><title>${escapeHtml(page.title)}</title>
<style nonce="${nonce}">${STYLE}</style></head>
<body><main><h1>${escapeHtml(page.title)}</h1><p>${escapeHtml(page.sentence)}</p>${button}</main></body></html>
`);
}

const SIGNS: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign);

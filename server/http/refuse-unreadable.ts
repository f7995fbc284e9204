// The answer to a request whose headers are too large or malformed, written straight to the socket. Follow Up Boss shows
// only pages with its script, so for an embed address even this is a page with status 200.
import { ERROR_CODES } from "../../shared/error-codes.ts";
import { GatewayError } from "../base/errors.ts";
import { problemModel } from "../embed/embed-problems.ts";
import { type PageAssets, renderPage } from "../embed/render-page.ts";
import { errorBody } from "./error-handler.ts";

const EMBED_LINE = /^GET \/integration\/followupboss\/(embed|campaign)[?/ ]/;

export function refuseUnreadable(
  assets: (page: "embed" | "campaign") => PageAssets,
): (tooLarge: boolean, firstBytes: string) => string {
  return (tooLarge, firstBytes) => {
    const app = EMBED_LINE.exec(firstBytes)?.[1];
    if (tooLarge && app !== undefined) return embedPage(assets(app === "campaign" ? "campaign" : "embed"));
    const sentence = tooLarge ? "The address or the headers are too long." : "The request could not be read.";
    const error = new GatewayError(tooLarge ? "payload_too_large" : "invalid_request", { sentence });
    const status = tooLarge
      ? "431 Request Header Fields Too Large"
      : `${ERROR_CODES.invalid_request.status} Bad Request`;
    return answer(status, "application/json; charset=utf-8", JSON.stringify(errorBody(error)));
  };
}

function embedPage(assets: PageAssets): string {
  const why = "What Follow Up Boss sent is far too long to be one of its pages.";
  const page = renderPage(
    problemModel("unauthorized", { tenant: null, domain: null, why, support: {} }),
    assets,
  );
  return answer("200 OK", "text/html; charset=utf-8", page.html, [
    `Content-Security-Policy: ${page.contentSecurityPolicy}`,
  ]);
}

function answer(status: string, type: string, body: string, headers: readonly string[] = []): string {
  const head = [
    `HTTP/1.1 ${status}`,
    `Content-Type: ${type}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
    "X-Content-Type-Options: nosniff",
    "Referrer-Policy: no-referrer",
    "Cache-Control: no-store",
    ...headers,
  ];
  return `${head.join("\r\n")}\r\n\r\n${body}`;
}

// The console's page: the built index.html with a fresh style nonce per answer. Mantine writes its theme into a style
// element; the policy lets in that element and the console's own files, nothing else. Mounted by admin-app.ts.
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type RequestHandler, Router } from "express";

const PLACE = "{{nonce}}";

export interface AdminPage {
  readonly html: string;
  readonly contentSecurityPolicy: string;
}

/** @param nonce base64, never used twice */
export function renderAdminPage(template: string, nonce: string): AdminPage {
  return {
    html: template.replaceAll(PLACE, nonce),
    contentSecurityPolicy: [
      "default-src 'self'",
      `style-src 'self' 'nonce-${nonce}'`,
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join(";"),
  };
}

/** Serves `/` and `/index.html` of the built console in `consoleDir`; everything else goes on to the files. */
export function adminPage(consoleDir: string): Router {
  const send: RequestHandler = async (_request, response) => {
    const template = await readFile(join(consoleDir, "index.html"), "utf8");
    const page = renderAdminPage(template, randomBytes(16).toString("base64"));
    response.setHeader("content-security-policy", page.contentSecurityPolicy);
    response.setHeader("cache-control", "no-store");
    response.type("html").send(page.html);
  };
  const router = Router();
  router.get(["/", "/index.html"], send);
  return router;
}

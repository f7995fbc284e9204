// Sends a page that Follow Up Boss frames: always status 200 and always its script, else FUB shows nothing of it.
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Request, Response } from "express";
import helmet from "helmet";
import type { CampaignModel } from "../../shared/campaign.schema.ts";
import type { EmbedModel } from "../../shared/embed.schema.ts";
import { GatewayError } from "../base/errors.ts";
import { rawQueryValue } from "../crm/followupboss/raw-query-value.ts";
import type { EmbedQuery } from "../embed/admit-app.ts";
import { problemModel } from "../embed/embed-problems.ts";
import { renderPage } from "../embed/render-page.ts";
import type { PublicAppDeps } from "./http-deps.ts";
import { isDoubted } from "./rate-limits.ts";

const compress = promisify(gzip);

// Framed by Follow Up Boss, so no X-Frame-Options; the page sets its own policy.
export const embedHeaders = helmet({
  contentSecurityPolicy: false,
  frameguard: false,
  crossOriginResourcePolicy: { policy: "cross-origin" },
});

type Model = EmbedModel | CampaignModel;

/** Which page: its script and style. */
export type PageName = "embed" | "campaign";

/** The raw values FUB signed; nothing is decoded and encoded again on the way. */
export function embedQuery(request: Request, response: Response): EmbedQuery {
  const at = request.url.indexOf("?");
  const read = (name: string): string | undefined =>
    at === -1 ? undefined : rawQueryValue(request.url.slice(at), name);
  return {
    context: read("context"),
    signature: read("signature"),
    domainName: read("domain_name"),
    doubted: isDoubted(response),
  };
}

export async function sendPage(
  deps: PublicAppDeps,
  name: PageName,
  request: Request,
  response: Response,
  model: Model,
): Promise<void> {
  response.locals.refused = model.state !== "ready";
  const page = renderPage(model, deps.assets(name, request.headers.referer));
  response.status(200);
  response.setHeader("content-security-policy", page.contentSecurityPolicy);
  response.setHeader("cache-control", "no-store");
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.setHeader("vary", "accept-encoding");
  if (!request.acceptsEncodings("gzip")) return void response.end(page.html);
  response.setHeader("content-encoding", "gzip");
  response.end(await compress(page.html, { level: 4 }));
}

/** A bug must still give a page. */
export async function openSafely(deps: PublicAppDeps, open: () => Promise<Model>): Promise<Model> {
  try {
    return await open();
  } catch (error) {
    deps.log.error("embed", "the page could not be opened", error);
    const why =
      error instanceof GatewayError
        ? error.sentence
        : "Something went wrong in the gateway. It has been recorded.";
    return problemModel("not_ready", { tenant: null, domain: null, why, support: {} });
  }
}

// Notices of the Aventora Engagement Hub. The secret is checked before the body is read.
import { Router } from "express";
import helmet from "helmet";
import { takeHubNotice, tenantsOfHubSecret } from "../integration/hub-notice.ts";
import { allowOnly } from "./error-handler.ts";
import type { PublicAppDeps } from "./http-deps.ts";
import { bodyOf, headerOf, readJson } from "./read-body.ts";

/** Whole transcripts come with every notice. */
const BODY = "2mb";

export function hubRoutes(deps: PublicAppDeps): Router {
  const router = Router();
  const secretOf = (request: Parameters<typeof headerOf>[0]) =>
    headerOf(request, "x-aventora-webhook-secret", 4096);
  router
    .route("/integration/channels/hub/webhook")
    .post(
      helmet(),
      (request, _response, next) => {
        tenantsOfHubSecret(deps.integration, secretOf(request));
        next();
      },
      ...readJson(BODY),
      async (request, response) => {
        const tenants = tenantsOfHubSecret(deps.integration, secretOf(request));
        response.json({
          received: true,
          result: await takeHubNotice(deps.integration, tenants, bodyOf(request)),
        });
      },
    )
    .all(allowOnly("POST"));
  return router;
}

// The public listener: everything the internet may reach, in order. Nothing of the console is here.
import express, { type Express } from "express";
import helmet from "helmet";
import { takeSyncCompleted } from "../webhooks/sync-completed.ts";
import { bulkRoutes } from "./bulk.routes.ts";
import { campaignRoutes } from "./campaign.routes.ts";
import { chatRoutes } from "./chat.routes.ts";
import { describeApi } from "./describe-api.ts";
import { embedRoutes } from "./embed.routes.ts";
import { errorHandler, notFound } from "./error-handler.ts";
import type { PublicAppDeps } from "./http-deps.ts";
import { hubRoutes } from "./hub.routes.ts";
import { integrationRoutes } from "./integration.routes.ts";
import { countRefusals } from "./rate-limits.ts";
import { headerOf } from "./read-body.ts";
import { trustProxies } from "./trust-proxies.ts";
import { twilioRoutes } from "./twilio.routes.ts";
import { unsubscribeRoutes } from "./unsubscribe.routes.ts";
import { webhookRoutes } from "./webhook.routes.ts";

const MOST_FORWARDED = 1_000;

export function createPublicApp(deps: PublicAppDeps): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  const trusted = (): string => deps.integration.settings.platform().TRUSTED_PROXIES;
  app.set("trust proxy", trustProxies(deps.clients, trusted));
  let openApi: Readonly<Record<string, unknown>> | undefined;
  app.get("/health", helmet(), (request, response) => {
    const proof = deps.healthProof.answer(request.query.nonce, {
      forwardedFor: headerOf(request, "x-forwarded-for", MOST_FORWARDED),
      port: request.socket.localPort,
    });
    if (proof !== undefined) response.setHeader("cache-control", "no-store");
    response.json({ status: "ok", ...(proof === undefined ? {} : { proof }) });
  });
  app.get("/ready", helmet(), async (_request, response) => {
    const ready = await deps.isReady();
    response.status(ready ? 200 : 503).json({ status: ready ? "ready" : "not ready" });
  });
  app.get("/openapi.json", helmet(), (_request, response) => {
    openApi ??= describeApi(deps.version);
    response.json(openApi);
  });
  const { webhooks, log } = deps;
  app.use(webhookRoutes({ webhooks, log, syncCompleted: (notice) => takeSyncCompleted(webhooks, notice) }));
  // Webhooks have a count of their own.
  app.use(countRefusals(deps.embed.clock));
  app.use(embedRoutes(deps));
  app.use(campaignRoutes(deps));
  app.use(integrationRoutes(deps));
  app.use(bulkRoutes(deps));
  app.use(hubRoutes(deps));
  app.use(twilioRoutes(deps));
  app.use(chatRoutes(deps));
  app.use(unsubscribeRoutes(deps));
  app.use(helmet(), notFound);
  app.use(errorHandler(deps.log));
  return app;
}

// The console's listener: this machine only, behind token or cookie. Serves the built console, its JSON and its stream.
import express, { type Express, type Request, Router } from "express";
import helmet from "helmet";
import { journalQuerySchema } from "../../shared/journal.schema.ts";
import type { AdminDeps } from "../admin/admin-deps.ts";
import { engagementQuerySchema, listEngagements } from "../admin/list-engagements.ts";
import { readLanes } from "../admin/read-lanes.ts";
import { readStatus } from "../admin/read-status.ts";
import { runDoctor } from "../admin/run-doctor.ts";
import { openSupportLink } from "../admin/support-links.ts";
import type { BackupDesk } from "../backup/create-desk.ts";
import type { DisplayBus } from "../base/display-events.ts";
import { GatewayError } from "../base/errors.ts";
import { parseOrThrow } from "../base/parse.ts";
import type { CampaignDeps } from "../campaigns/campaign-deps.ts";
import type { ConversationRoomDeps } from "../conversations/conversation-deps.ts";
import type { EmbedDeps } from "../embed/embed-deps.ts";
import { type Control, controlEngagement } from "../engagements/control-engagement.ts";
import { findEngagement, readEngagement } from "../engagements/engagement.store.ts";
import type { ProcessLog } from "../log/process-log.ts";
import { checkSetupShape } from "../settings/check-setup-shape.ts";
import type { FanOutDeps } from "../webhooks/fan-out/fan-out-deps.ts";
import type { WebhookDeps } from "../webhooks/webhook-deps.ts";
import { backupRoutes } from "./admin/backup.routes.ts";
import { channelRoutes } from "./admin/channel.routes.ts";
import { type ContactRouteDeps, contactRoutes } from "./admin/contact.routes.ts";
import { conversationRoutes } from "./admin/conversation.routes.ts";
import { helpRoutes } from "./admin/help.routes.ts";
import { liveRoutes } from "./admin/live.routes.ts";
import { type SetupRouteDeps, setupRoutes } from "./admin/setup.routes.ts";
import { tunnelRoutes } from "./admin/tunnel.routes.ts";
import { guardOrigin, swapToken } from "./admin-guard.ts";
import { adminPage } from "./admin-page.ts";
import { requireSession, swapSupportLink, tellSession } from "./admin-session.ts";
import { streamAdmin } from "./admin-stream.ts";
import { deliveryRoutes } from "./delivery.routes.ts";
import { errorHandler, notFound } from "./error-handler.ts";
import { fanOutRoutes } from "./fan-out.routes.ts";
import { bodyOf, readJson } from "./read-body.ts";

export interface AdminAppDeps {
  readonly admin: AdminDeps;
  readonly bus: DisplayBus;
  readonly log: ProcessLog;
  readonly token: () => string;
  /** Folder with the built console. */
  readonly consoleDir: string;
  readonly integration: SetupRouteDeps["integration"];
  readonly practice: SetupRouteDeps["practice"];
  readonly openPractice: SetupRouteDeps["openPractice"];
  readonly apply: SetupRouteDeps["apply"];
  readonly followSettings: SetupRouteDeps["followSettings"];
  readonly desk: BackupDesk;
  readonly embed: EmbedDeps;
  readonly campaigns: CampaignDeps;
  readonly conversations: ConversationRoomDeps;
  readonly mirrorWish: ContactRouteDeps["mirrorWish"];
  readonly webhooks: WebhookDeps & { readonly fanOut: FanOutDeps };
  readonly reviveActivities: (engagementId: string) => Promise<number>;
}

/** setup.json of a large brokerage. */
const SETUP_BODY = "5mb";
const CONTROLS: readonly Control[] = ["pause", "resume", "cancel"];

export function createAdminApp(deps: AdminAppDeps): Express {
  const app = express();
  app.disable("x-powered-by");
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          objectSrc: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
        },
      },
      strictTransportSecurity: false,
    }),
  );
  const openLink = (link: string): Promise<number | null> => openSupportLink(deps.admin, link);
  app.use(guardOrigin, swapToken(deps.token), swapSupportLink(openLink));
  app.use("/api", (_request, response, next) => {
    response.setHeader("cache-control", "no-store");
    next();
  });
  app.use("/api", requireSession(deps.token, openLink), apiRoutes(deps));
  app.use(adminPage(deps.consoleDir));
  app.use(express.static(deps.consoleDir, { index: false, cacheControl: false }));
  app.use(notFound);
  app.use(errorHandler(deps.log));
  return app;
}

function apiRoutes(deps: AdminAppDeps): Router {
  const { admin } = deps;
  const router = Router();
  router.get("/session", tellSession);
  router.use(
    liveRoutes(deps),
    helpRoutes(deps),
    setupRoutes(deps),
    contactRoutes(deps),
    conversationRoutes(deps),
  );
  router.use(channelRoutes(admin), tunnelRoutes(admin), backupRoutes(admin, deps.desk));
  router.get("/status", async (_request, response) => void response.json(await readStatus(admin)));
  router.get(
    "/doctor",
    async (_request, response) =>
      void response.json({ checks: await runDoctor({ ...admin, carriers: admin }) }),
  );
  router.get("/engagements", async (request, response) => {
    response.json(await listEngagements(admin, parseOrThrow(engagementQuerySchema, request.query)));
  });
  router.get(
    "/engagements/:id",
    async (request, response) => void response.json(await readOne(deps, request)),
  );
  for (const control of CONTROLS) {
    router.post(`/engagements/:id/${control}`, async (request: Request<{ id: string }>, response) => {
      await controlEngagement(admin, request.params.id, control, "Somebody at the console");
      response.json(await readOne(deps, request));
    });
  }
  router.post("/engagements/:id/sync", async (request, response) => {
    response.json({ revived: await deps.reviveActivities(request.params.id) });
  });
  router.get("/journal", async (request, response) => {
    const query = parseOrThrow(journalQuerySchema, request.query);
    const entries = await admin.journal.query(query);
    response.json({
      entries,
      next_before_seq: entries.length < query.limit ? null : (entries.at(-1)?.seq ?? null),
    });
  });
  router.use(deliveryRoutes(deps.webhooks));
  router.use(fanOutRoutes(deps.webhooks.fanOut));
  router.get("/stream", (request, response) => streamAdmin(admin, deps.bus, request, response));
  router.get("/lanes", async (_request, response) => {
    response.json({ lanes: await readLanes(admin) });
  });
  router.post("/setup", ...readJson(SETUP_BODY), async (request, response) => {
    response.json(await deps.apply(checkSetupShape(bodyOf(request))));
  });
  router.use(notFound);
  return router;
}

async function readOne(deps: AdminAppDeps, request: Request<{ id: string }>) {
  const row = await findEngagement(deps.admin.db, request.params.id);
  if (!row) throw new GatewayError("engagement_not_found");
  return readEngagement(deps.admin.db, row, deps.admin.settings.tenant(row.tenant)?.users);
}

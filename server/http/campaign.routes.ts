// The campaign app's routes: the page Follow Up Boss frames, its lists, the review, the start, and what goes on.
import { type Request, type RequestHandler, type Response, Router } from "express";
import helmet from "helmet";
import { z } from "zod";
import { campaignBodySchema, peopleQuerySchema, preflightBodySchema } from "../../shared/campaign.schema.ts";
import { parseOrThrow } from "../base/parse.ts";
import { findCampaign } from "../campaigns/campaign.store.ts";
import { type CampaignControl, controlCampaign } from "../campaigns/control-campaign.ts";
import { exportPeople } from "../campaigns/export-people.ts";
import { recentCampaigns, requireOwnCampaign } from "../campaigns/find-campaigns.ts";
import { preflightCampaign } from "../campaigns/preflight-campaign.ts";
import { readCampaign } from "../campaigns/read-campaign.ts";
import { readPeople } from "../campaigns/read-people.ts";
import { startCampaign } from "../campaigns/start-campaign.ts";
import { openCampaign, readSmartLists } from "../embed/open-campaign.ts";
import { requireAccess } from "../engagements/require-access.ts";
import { askerOf, askerOfSession, sessionOf } from "./campaign-session.ts";
import { allowOnly } from "./error-handler.ts";
import type { PublicAppDeps } from "./http-deps.ts";
import { givenIn, readJson } from "./read-body.ts";
import { sendCsv } from "./send-csv.ts";
import { embedHeaders, embedQuery, openSafely, sendPage } from "./send-page.ts";
import { campaignStarted } from "./send-started.ts";
import { streamCampaign } from "./stream-campaign.ts";

const BODY = "32kb";
const ROOT = "/integration/followupboss/campaign";
/** Below what tunnels and proxies allow an answer to take. */
const PREFLIGHT_WAIT_S = 50;
const CONTROLS: readonly CampaignControl[] = ["pause", "resume", "cancel"];
const sizesQuerySchema = z.object({
  ids: z
    .string()
    .max(700)
    .transform((text) => text.split(",").filter((id) => id !== ""))
    .pipe(z.array(z.string().max(32)).min(1).max(20)),
});

type Handler = (request: Request, response: Response) => Promise<void>;

export function campaignRoutes(deps: PublicAppDeps): Router {
  const router = Router();
  // Before the body is read.
  const knownSession: RequestHandler = async (request, _response, next) => {
    await sessionOf(deps, request);
    next();
  };
  const get = (path: string, handler: Handler): void =>
    void router.route(`${ROOT}${path}`).get(helmet(), handler).all(allowOnly("GET"));
  const post = (path: string, handler: Handler): void =>
    void router
      .route(`${ROOT}${path}`)
      .post(helmet(), knownSession, ...readJson(BODY), handler)
      .all(allowOnly("POST"));
  page(deps, router);
  get("/lists", async (request, response) => {
    response.json({ smart_lists: await readSmartLists(deps.embed, await sessionOf(deps, request)) });
  });
  get("/lists/sizes", sizes(deps));
  get("/recent", async (request, response) => {
    response.json({ campaigns: await recentCampaigns(deps.campaigns, await askerOf(deps, request)) });
  });
  post("/preflight", preflight(deps));
  post("/start", start(deps));
  get("/:id", async (request, response) => {
    response.json(await readCampaign(deps.campaigns, await own(deps, request)));
  });
  get("/:id/events", async (request, response) =>
    streamCampaign(deps, request, response, await own(deps, request)),
  );
  get("/:id/people", async (request, response) => {
    const { id } = await own(deps, request);
    const query = parseOrThrow(peopleQuerySchema, request.query);
    response.json(await readPeople(deps.campaigns.db, id, query));
  });
  get("/:id/people.csv", async (request, response) => {
    const { id, name } = await own(deps, request);
    await sendCsv(response, name || "campaign", exportPeople(deps.campaigns.db, id));
  });
  for (const control of CONTROLS) post(`/:id/${control}`, controlRoute(deps, control));
  return router;
}

function page(deps: PublicAppDeps, router: Router): void {
  router
    .route(ROOT)
    .get(embedHeaders, async (request: Request, response: Response) => {
      const model = await openSafely(deps, () =>
        openCampaign(deps.embed, embedQuery(request, response), async (session) =>
          recentCampaigns(deps.campaigns, askerOfSession(deps, session)),
        ),
      );
      await sendPage(deps, "campaign", request, response, model);
    })
    .all(allowOnly("GET"));
}

const own = async (deps: PublicAppDeps, request: Request) =>
  requireOwnCampaign(deps.campaigns, await askerOf(deps, request), String(request.params.id));

function sizes(deps: PublicAppDeps): Handler {
  return async (request, response) => {
    const session = await sessionOf(deps, request);
    const { ids } = parseOrThrow(sizesQuerySchema, request.query);
    const access = requireAccess(deps.embed.settings, session.tenant, session.actsWith);
    response.json({ sizes: await deps.campaigns.listSizes.read(access, ids) });
  };
}

function preflight(deps: PublicAppDeps): Handler {
  return async (request, response) => {
    const asker = await askerOf(deps, request);
    const { wait_seconds = PREFLIGHT_WAIT_S, ...body } = parseOrThrow(preflightBodySchema, givenIn(request));
    const row = await preflightCampaign(deps.campaigns, asker, body, wait_seconds * 1000);
    const campaign = await readCampaign(deps.campaigns, row);
    const {
      batch_id,
      status,
      total,
      will_queue,
      skipped,
      eta_seconds,
      checked,
      from,
      list_changes,
      waiting_hours,
      opens_at,
    } = campaign;
    response.status(status === "checking" ? 202 : 200).json({
      batch_id,
      status,
      total,
      will_queue,
      skipped,
      eta_seconds,
      checked,
      from,
      list_changes,
      waiting_hours,
      opens_at,
    });
  };
}

function start(deps: PublicAppDeps): Handler {
  return async (request, response) => {
    const asker = await askerOf(deps, request);
    const body = parseOrThrow(campaignBodySchema, givenIn(request));
    const row = await startCampaign(deps.campaigns, asker, body);
    response.status(202).json(campaignStarted(row));
  };
}

function controlRoute(deps: PublicAppDeps, control: CampaignControl): Handler {
  return async (request, response) => {
    const asker = await askerOf(deps, request);
    const { id } = await requireOwnCampaign(deps.campaigns, asker, String(request.params.id));
    await controlCampaign(deps.campaigns, id, control, asker.actor.name ?? "The agent");
    const row = await findCampaign(deps.campaigns.db, id);
    if (row) response.json(await readCampaign(deps.campaigns, row));
  };
}

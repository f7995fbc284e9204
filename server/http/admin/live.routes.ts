// What the console shows of what happens: start page, people and their stories, campaigns, the outreach switch.
import { type Request, Router } from "express";
import { peopleQuerySchema } from "../../../shared/campaign.schema.ts";
import { campaignsQuerySchema } from "../../../shared/console/campaigns.schema.ts";
import { homeQuerySchema } from "../../../shared/console/home.schema.ts";
import { outreachChangeSchema } from "../../../shared/console/outreach.schema.ts";
import { peopleSearchSchema } from "../../../shared/console/people.schema.ts";
import { storyQuerySchema } from "../../../shared/console/story.schema.ts";
import type { AdminDeps } from "../../admin/admin-deps.ts";
import { findPeople } from "../../admin/find-people.ts";
import { readHome } from "../../admin/read-home.ts";
import { readOutreach, switchOutreach } from "../../admin/switch-outreach.ts";
import { tellStory } from "../../admin/tell-story.ts";
import { parseOrThrow } from "../../base/parse.ts";
import type { CampaignDeps } from "../../campaigns/campaign-deps.ts";
import { listForConsole, readForConsole } from "../../campaigns/console-campaigns.ts";
import { type CampaignControl, controlCampaign } from "../../campaigns/control-campaign.ts";
import { readPeople } from "../../campaigns/read-people.ts";
import { bodyOf, readJson } from "../read-body.ts";

export interface LiveDeps {
  readonly admin: AdminDeps;
  readonly campaigns: CampaignDeps;
}

const CONTROLS: readonly CampaignControl[] = ["pause", "resume", "cancel"];
/** The console has no accounts: whoever sits at this computer. */
const SOMEBODY = "somebody at the console";

export function liveRoutes({ admin, campaigns }: LiveDeps): Router {
  const router = Router();
  router.get("/home", async (request, response) => {
    response.json(await readHome(admin, parseOrThrow(homeQuerySchema, request.query)));
  });
  router.get("/people", async (request, response) => {
    const people = await findPeople(admin, parseOrThrow(peopleSearchSchema, request.query));
    response.json({ people });
  });
  router.get("/story", async (request, response) => {
    response.json(await tellStory(admin, parseOrThrow(storyQuerySchema, request.query)));
  });
  router.use(outreachRoutes(admin), campaignRoutes(campaigns));
  return router;
}

function outreachRoutes(admin: AdminDeps): Router {
  const router = Router();
  router.get("/outreach", async (_request, response) => void response.json(await readOutreach(admin.db)));
  for (const change of ["pause", "resume"] as const) {
    router.post(`/outreach/${change}`, ...readJson("4kb"), async (request, response) => {
      const { by } = parseOrThrow(outreachChangeSchema, bodyOf(request) ?? {});
      await switchOutreach(admin, change, by ?? SOMEBODY);
      response.json(await readOutreach(admin.db));
    });
  }
  return router;
}

function campaignRoutes(campaigns: CampaignDeps): Router {
  const router = Router();
  router.get("/campaigns", async (request, response) => {
    response.json(await listForConsole(campaigns, parseOrThrow(campaignsQuerySchema, request.query)));
  });
  router.get("/campaigns/:id", async (request, response) => {
    response.json(await readForConsole(campaigns, request.params.id));
  });
  router.get("/campaigns/:id/people", async (request, response) => {
    const query = parseOrThrow(peopleQuerySchema, request.query);
    await readForConsole(campaigns, request.params.id);
    response.json(await readPeople(campaigns.db, request.params.id, query));
  });
  for (const control of CONTROLS) {
    router.post(`/campaigns/:id/${control}`, async (request: Request<{ id: string }>, response) => {
      await controlCampaign(campaigns, request.params.id, control, "Somebody at the console");
      response.json(await readForConsole(campaigns, request.params.id));
    });
  }
  return router;
}

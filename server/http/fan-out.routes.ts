// Forwarding on the admin listener: targets, their secrets (told once, when made), tests, and what was forwarded.
import { type Request, Router } from "express";
import { z } from "zod";
import {
  fanOutTargetSchema,
  forwardQuerySchema,
  forwardReplaySchema,
  targetChangeSchema,
  targetIdSchema,
} from "../../shared/fan-out.schema.ts";
import { domainNameSchema } from "../../shared/settings.schema.ts";
import { parseOrThrow } from "../base/parse.ts";
import { addTarget, changeTarget, removeTarget, renewSecret } from "../webhooks/fan-out/change-targets.ts";
import type { FanOutDeps } from "../webhooks/fan-out/fan-out-deps.ts";
import { listForwards, listTargets } from "../webhooks/fan-out/read-targets.ts";
import { replayForwards } from "../webhooks/fan-out/replay-forwards.ts";
import { testTarget } from "../webhooks/fan-out/test-target.ts";
import { bodyOf, readJson } from "./read-body.ts";

const listQuerySchema = z.object({ tenant: z.string().max(63).optional() });
const namesSchema = z.object({ tenant: domainNameSchema, id: targetIdSchema });

export function fanOutRoutes(deps: FanOutDeps): Router {
  const router = Router();
  const path = "/fan-out/:tenant/:id";
  router.get("/fan-out", async (request, response) => {
    const { tenant } = parseOrThrow(listQuerySchema, request.query);
    response.json({ targets: await listTargets(deps, tenant) });
  });
  router.post("/fan-out/:tenant", ...readJson("32kb"), async (request, response) => {
    const tenant = parseOrThrow(domainNameSchema, request.params.tenant);
    const target = parseOrThrow(fanOutTargetSchema, bodyOf(request));
    response.status(201).json({ id: target.id, secret: await addTarget(deps, tenant, target) });
  });
  router.post(`${path}/change`, ...readJson("32kb"), async (request: Named, response) => {
    const { tenant, id } = namesOf(request);
    const change = parseOrThrow(targetChangeSchema, bodyOf(request));
    response.json(await changeTarget(deps, tenant, id, change));
  });
  router.post(`${path}/rotate`, async (request: Named, response) => {
    const { tenant, id } = namesOf(request);
    response.json({ id, secret: await renewSecret(deps, tenant, id) });
  });
  router.post(`${path}/remove`, async (request: Named, response) => {
    const { tenant, id } = namesOf(request);
    response.json({ dropped: await removeTarget(deps, tenant, id) });
  });
  router.post(`${path}/test`, async (request: Named, response) => {
    const { tenant, id } = namesOf(request);
    response.json(await testTarget(deps, tenant, id));
  });
  router.get("/fan-out-attempts", async (request, response) => {
    response.json(await listForwards(deps.db, parseOrThrow(forwardQuerySchema, request.query)));
  });
  router.post("/fan-out-attempts/replay", ...readJson("32kb"), async (request, response) => {
    const asked = parseOrThrow(forwardReplaySchema, bodyOf(request));
    response.json({ replayed: await replayForwards(deps, asked) });
  });
  return router;
}

type Named = Request<{ tenant: string; id: string }>;

const namesOf = (request: Named) => parseOrThrow(namesSchema, request.params);

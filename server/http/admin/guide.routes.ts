// The console's guide: its steps with what was observed, ticks, and what a change of track means.
import { type Request, Router } from "express";
import { z } from "zod";
import { tickStepSchema } from "../../../shared/console/guide.schema.ts";
import type { AdminDeps } from "../../admin/admin-deps.ts";
import { readGuide, tickStep } from "../../admin/guide/read-guide.ts";
import { sayTrackChange } from "../../admin/guide/track-change.ts";
import { parseOrThrow } from "../../base/parse.ts";
import { bodyOf, readJson } from "../read-body.ts";

const toSchema = z.object({ to: z.enum(["A", "B"]) });

export function guideRoutes(admin: AdminDeps): Router {
  const router = Router();
  router.get("/tenants/:slug/guide", async (request: Request<{ slug: string }>, response) => {
    response.json(await readGuide(admin, request.params.slug));
  });
  router.put(
    "/tenants/:slug/guide/:step",
    ...readJson("4kb"),
    async (request: Request<{ slug: string; step: string }>, response) => {
      const { slug, step } = request.params;
      const { done, user_id } = parseOrThrow(tickStepSchema, bodyOf(request as Request));
      await tickStep(admin, slug, { step, userId: user_id ?? null, done });
      response.json(await readGuide(admin, slug));
    },
  );
  router.get("/tenants/:slug/track-change", async (request: Request<{ slug: string }>, response) => {
    const { to } = parseOrThrow(toSchema, request.query);
    response.json(await sayTrackChange(admin, request.params.slug, to));
  });
  return router;
}

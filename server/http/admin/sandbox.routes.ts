// The console's rehearsal: the pretend Follow Up Boss, started and stopped.
import { Router } from "express";
import { sandboxCommandSchema } from "../../../shared/console/sandbox.schema.ts";
import type { Rehearsal } from "../../admin/rehearse.ts";
import { parseOrThrow } from "../../base/parse.ts";
import { bodyOf, readJson } from "../read-body.ts";

export function sandboxRoutes(rehearsal: Rehearsal): Router {
  const router = Router();
  router.get("/sandbox", (_request, response) => void response.json(rehearsal.read()));
  router.post("/sandbox", ...readJson("4kb"), async (request, response) => {
    const { action, ...wish } = parseOrThrow(sandboxCommandSchema, bodyOf(request));
    response.json(action === "start" ? await rehearsal.start(wish) : await rehearsal.stop());
  });
  return router;
}

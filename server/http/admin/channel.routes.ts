// Real channels at the console: is each set up, does it work when it is asked, the agents' caller IDs.
import { type Request, Router } from "express";
import { z } from "zod";
import { testChannelSchema, verifyCallerIdSchema } from "../../../shared/console/channels.schema.ts";
import type { AdminDeps } from "../../admin/admin-deps.ts";
import { readCallerIds, verifyCallerId } from "../../admin/channels/caller-ids.ts";
import { readChannels } from "../../admin/channels/read-channels.ts";
import { TESTS, testChannel } from "../../admin/channels/test-channel.ts";
import { parseOrThrow } from "../../base/parse.ts";
import { bodyOf, readJson } from "../read-body.ts";

const tenantSchema = z.object({ tenant: z.string() });

export function channelRoutes(deps: AdminDeps): Router {
  const router = Router();
  router.get("/channels", async (request, response) => {
    response.json(await readChannels(deps, parseOrThrow(tenantSchema, request.query).tenant));
  });
  for (const name of TESTS) {
    router.post(`/channels/${name}/test`, ...readJson("4kb"), async (request: Request, response) => {
      const { tenant } = parseOrThrow(testChannelSchema, bodyOf(request));
      response.json(await testChannel(deps, name, tenant));
    });
  }
  router.get("/channels/twilio/caller-ids", async (request, response) => {
    response.json(await readCallerIds(deps, parseOrThrow(tenantSchema, request.query).tenant));
  });
  router.post("/channels/twilio/caller-ids", ...readJson("4kb"), async (request, response) => {
    const { tenant, user_id } = parseOrThrow(verifyCallerIdSchema, bodyOf(request));
    response.json(await verifyCallerId(deps, tenant, user_id));
  });
  return router;
}

// The console's agents: the identity matrix, people to take over from Follow Up Boss, testing a key.
import { type Request, Router } from "express";
import { z } from "zod";
import { consoleTestSchema } from "../../../shared/console/connection.schema.ts";
import type { AdminDeps } from "../../admin/admin-deps.ts";
import { readIdentity } from "../../admin/identity/read-identity.ts";
import { listCrmUsers, type MatchAgent } from "../../admin/list-crm-users.ts";
import { testKey } from "../../admin/test-key.ts";
import { parseOrThrow } from "../../base/parse.ts";
import { mapUser } from "../../embed/map-user.ts";
import type { IntegrationDeps } from "../../integration/integration-deps.ts";
import { testConnection } from "../../integration/test-connection.ts";
import { bodyOf, readJson } from "../read-body.ts";

export interface AgentRouteDeps {
  readonly admin: AdminDeps;
  readonly integration: IntegrationDeps;
}

const keyQuerySchema = z.object({ key: z.string().max(100).default("tenant") });

export function agentRoutes({ admin, integration }: AgentRouteDeps): Router {
  const router = Router();
  router.get("/tenants/:slug/identity", async (request: Request<{ slug: string }>, response) => {
    response.json(await readIdentity(admin, request.params.slug));
  });
  router.get("/tenants/:slug/crm-users", async (request: Request<{ slug: string }>, response) => {
    const { key } = parseOrThrow(keyQuerySchema, request.query);
    response.json(await listCrmUsers({ ...admin, matchAgent }, request.params.slug, key));
  });
  router.post("/test-connection", ...readJson("16kb"), async (request, response) => {
    const asked = parseOrThrow(consoleTestSchema, bodyOf(request));
    const test = { ...admin, testConnection: testConnection.bind(null, integration) };
    response.json(await testKey(test, asked));
  });
  return router;
}

/** The apps' own rules: who is shown as recognised will be. */
const matchAgent: MatchAgent = (agents, facts) => {
  const match = mapUser(agents, facts);
  return match && { userId: match.user.id, rule: match.rule === "fub_user" ? "crm_user_id" : match.rule };
};

// Help where it hurts: the troubleshooting table, the secret doctor, the support bundle, support links; and what this is.
import { type Request, Router } from "express";
import { z } from "zod";
import { supportLinkBodySchema } from "../../../shared/console/support.schema.ts";
import type { AdminDeps } from "../../admin/admin-deps.ts";
import { findProblems } from "../../admin/problems/find-problems.ts";
import { buildBundle } from "../../admin/support/build-bundle.ts";
import { readAbout } from "../../admin/support/read-about.ts";
import { createSupportLink, listSupportLinks, revokeSupportLink } from "../../admin/support-links.ts";
import { parseOrThrow } from "../../base/parse.ts";
import { consultSecrets } from "../../embed/consult-secrets.ts";
import type { EmbedDeps } from "../../embed/embed-deps.ts";
import { bodyOf, readJson } from "../read-body.ts";

export interface HelpDeps {
  readonly admin: AdminDeps;
  readonly embed: Pick<EmbedDeps, "db" | "journal" | "settings" | "refused">;
}

const tenantQuerySchema = z.object({ tenant: z.string().optional() });

export function helpRoutes({ admin, embed }: HelpDeps): Router {
  const router = Router();
  router.get("/problems", async (request, response) => {
    const { tenant } = parseOrThrow(tenantQuerySchema, request.query);
    const problems = await findProblems(admin, tenant);
    response.json({ problems: problems.map(({ said: _, ...problem }) => problem) });
  });
  router.get("/secret-doctor", async (request, response) => {
    const { tenant } = parseOrThrow(tenantQuerySchema, request.query);
    await embed.refused.flush();
    response.json(await consultSecrets(embed, tenant));
  });
  router.get("/about", async (_request, response) => void response.json(await readAbout(admin)));
  router.get("/support-bundle", async (_request, response) => {
    await embed.refused.flush();
    const bundle = await buildBundle(admin, await consultSecrets(embed, undefined));
    const day = bundle.made_at.slice(0, 10);
    response.setHeader("content-disposition", `attachment; filename="gateway-support-${day}.json"`);
    response.type("application/json").send(`${JSON.stringify(bundle, null, 2)}\n`);
  });
  router.use(linkRoutes(admin));
  return router;
}

function linkRoutes(admin: AdminDeps): Router {
  const router = Router();
  router.get("/support-links", async (_request, response) => {
    response.json({ links: await listSupportLinks(admin) });
  });
  router.post("/support-links", ...readJson("4kb"), async (request, response) => {
    const { minutes } = parseOrThrow(supportLinkBodySchema, bodyOf(request));
    const { link, token } = await createSupportLink(admin, minutes);
    response.status(201).json({ ...link, url: `http://${request.headers.host ?? ""}/?support=${token}` });
  });
  router.delete("/support-links/:id", async (request: Request<{ id: string }>, response) => {
    await revokeSupportLink(admin, request.params.id);
    response.json({ links: await listSupportLinks(admin) });
  });
  return router;
}

// Routes of the practice CRM's pages and of the stand-in vendor script. Mounted at / by create-sandbox.
import express, { type Request, type Response, type Router } from "express";
import type { FubWorld } from "../fub/create-fub-world.ts";
import { mayView } from "../fub/visible-people.ts";
import type { SandboxAccount, SandboxPerson, SandboxUser } from "../sandbox-types.ts";
import { html } from "./escape-html.ts";
import { listTimeline } from "./list-timeline.ts";
import { renderCampaign } from "./render-campaign.ts";
import { renderHome } from "./render-home.ts";
import { renderPage } from "./render-page.ts";
import { renderPerson } from "./render-person.ts";
import { VENDOR_SCRIPT } from "./vendor-script.ts";

interface SignedIn {
  account: SandboxAccount;
  user: SandboxUser;
}

/** `gatewayUrl` is asked with every page. */
export function createCrmRouter(world: FubWorld, gatewayUrl: () => string): Router {
  const router = express.Router();
  router.get("/embeddedApps-v1.0.1.js", (_request, response) => {
    response.set({ "Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin" });
    response.type("text/javascript").send(VENDOR_SCRIPT);
  });
  router.get("/", (request, response) => {
    const signedIn = signIn(
      world,
      String(request.query.domain ?? world.accounts[0]?.domain),
      request.query.as,
    );
    if (!signedIn) return sendMissing(response);
    response.send(renderHome(world.accounts, signedIn.account, signedIn.user));
  });
  router.get("/crm/:domain/campaign", (request, response) => {
    const signedIn = signIn(world, request.params.domain, request.query.as);
    if (!signedIn) return sendMissing(response);
    const list = String(request.query.list ?? "");
    response.send(renderCampaign({ ...signedIn, gatewayUrl: gatewayUrl(), list }));
  });
  router.get("/crm/:domain/people/:id", (request, response) => {
    const opened = openPerson(world, request);
    if (!opened) return sendMissing(response);
    response.send(renderPerson(opened.account, opened.user, opened.person, gatewayUrl()));
  });
  router.get("/crm/:domain/people/:id/timeline.json", (request, response) => {
    const opened = openPerson(world, request);
    if (!opened) response.status(404).json({ error: "not found" });
    else response.json({ items: listTimeline(opened.account, opened.person), tags: opened.person.tags });
  });
  router.post(
    "/crm/:domain/people/:id/tags",
    express.urlencoded({ extended: false }),
    (request, response) => {
      const opened = openPerson(world, request);
      if (!opened) return sendMissing(response);
      world.addTag(opened.account.domain, [opened.person.id], String(request.body?.tag ?? ""));
      response.redirect(303, `/crm/${opened.account.domain}/people/${opened.person.id}?as=${opened.user.id}`);
    },
  );
  router.use((_request, response) => sendMissing(response));
  return router;
}

function signIn(world: FubWorld, domain: string, as: unknown): SignedIn | undefined {
  const account = world.accounts.find((candidate) => candidate.domain === domain);
  const user = as === undefined ? account?.users[0] : account?.users.find(({ id }) => String(id) === as);
  return account && user && { account, user };
}

function openPerson(
  world: FubWorld,
  request: Request<{ domain: string; id: string }>,
): (SignedIn & { person: SandboxPerson }) | undefined {
  const signedIn = signIn(world, request.params.domain, request.query.as);
  const person = signedIn?.account.people.find(({ id }) => String(id) === request.params.id);
  return signedIn && person && mayView(signedIn.user, person) ? { ...signedIn, person } : undefined;
}

function sendMissing(response: Response): void {
  const body = html`<section class="card"><h1>Nothing here</h1><p>There is no such page, or the agent you signed in as may not see it. <a href="/">Back to the people</a></p></section>`;
  response.status(404).send(renderPage({ title: "Not found", body }));
}

// The integrators' routes (seed 000, appendix; facts of the Hub's own start API): start, look, pause, resume, cancel,
// test the connection. Bodies are parsed only after the key was accepted.
import { type Request, type RequestHandler, type Response, Router } from "express";
import helmet from "helmet";
import {
  directStartSchema,
  integrationStartSchema,
  startFromPersonSchema,
  testConnectionSchema,
} from "../../shared/integration.schema.ts";
import type { TenantSettings } from "../../shared/settings.schema.ts";
import { GatewayError } from "../base/errors.ts";
import { parseOrThrow } from "../base/parse.ts";
import type { Control } from "../engagements/control-engagement.ts";
import { authorizeTenant, tenantsOfKey } from "../integration/authorize-tenant.ts";
import { controlEngagementFor, readEngagementFor } from "../integration/read-engagement-for.ts";
import { startByContact, startByPerson } from "../integration/start-for-integrator.ts";
import { testConnection } from "../integration/test-connection.ts";
import { allowOnly } from "./error-handler.ts";
import type { PublicAppDeps } from "./http-deps.ts";
import { isLocalProgram } from "./is-local-program.ts";
import { limitKey } from "./rate-limits.ts";
import { bearerOf, givenIn, headerOf, readJson } from "./read-body.ts";
import { sendStarted } from "./send-started.ts";

const BODY = "64kb";
const KEY_LENGTH = 200;
type Handler = (request: Request, response: Response) => Promise<void>;

export function integrationRoutes(deps: PublicAppDeps): Router {
  const router = Router();
  const perKey = limitKey(() => deps.integration.settings.platform().integrator_requests_per_minute);
  const knownKey: RequestHandler = (request, _response, next) => {
    tenantsOfKey(deps.integration, bearerOf(request));
    next();
  };
  const guarded: RequestHandler[] = [helmet(), knownKey, perKey, ...readJson(BODY)];
  const post = (path: string, guards: readonly RequestHandler[], handler: Handler): void =>
    void router
      .route(path)
      .post(...guards, handler)
      .all(allowOnly("POST"));

  post("/integration/followupboss/start-from-person", guarded, startFromPerson(deps));
  post("/integration/start", guarded, startGeneric(deps));
  post(
    "/start",
    [helmet(), localOr(deps, knownKey), localOr(deps, perKey), ...readJson(BODY)],
    startDirect(deps),
  );
  post("/account-settings/test-crm-connection", guarded, testCrm(deps));
  router
    .route("/integration/engagements/:id")
    .get(helmet(), knownKey, perKey, async (request: Request<{ id: string }>, response: Response) => {
      const tenants = tenantsOfKey(deps.integration, bearerOf(request));
      response.json(await readEngagementFor(deps.integration, tenants, request.params.id));
    })
    .all(allowOnly("GET"));
  for (const control of ["pause", "resume", "cancel"] as const)
    post(`/integration/engagements/:id/${control}`, guarded, controlRoute(deps, control));
  return router;
}

// A program on this computer needs no key, and what it asks is not counted; unless everybody outside may look like one.
const localOr =
  (deps: PublicAppDeps, guard: RequestHandler): RequestHandler =>
  (request, response, next) => {
    const local = bearerOf(request) === undefined && isLocalProgram(request);
    if (local && !deps.clients().tellsLocal) throw new GatewayError("unauthorized", { sentence: KEY_NEEDED });
    return local ? next() : guard(request, response, next);
  };

const KEY_NEEDED =
  "Send the brokerage's call_management_api_key as “Authorization: Bearer …”, from this computer as well: it is not proven that what leads to this gateway from the internet tells who is asking.";

const idempotencyKey = (request: Request): string | undefined =>
  headerOf(request, "idempotency-key", KEY_LENGTH);

function startFromPerson(deps: PublicAppDeps): Handler {
  return async (request, response) => {
    const body = parseOrThrow(startFromPersonSchema, givenIn(request));
    const tenant = authorizeTenant(deps.integration, bearerOf(request), body.domain_name);
    const call = {
      tenant,
      body,
      idempotencyKey: idempotencyKey(request),
      source: "start_from_person",
    } as const;
    sendStarted(response, await startByPerson(deps.integration, call));
  };
}

function startGeneric(deps: PublicAppDeps): Handler {
  return async (request, response) => {
    const body = parseOrThrow(integrationStartSchema, givenIn(request));
    const tenant = authorizeTenant(deps.integration, bearerOf(request), body.domain_name);
    const call = { tenant, body, idempotencyKey: idempotencyKey(request), source: "integration" } as const;
    sendStarted(response, await startByContact(deps.integration, call));
  };
}

function startDirect(deps: PublicAppDeps): Handler {
  return async (request, response) => {
    const { user_id, ...body } = parseOrThrow(directStartSchema, givenIn(request));
    const tenant = directTenant(deps, request, body.domain_name);
    const call = {
      tenant,
      body: { ...body, external_user_id: user_id },
      idempotencyKey: idempotencyKey(request),
      source: "direct",
    } as const;
    const result = await startByContact(deps.integration, call);
    // Callers of this route know the id as call_sid (facts: Hub documentation, direct start).
    sendStarted(response, result, { call_sid: result.engagementId });
  };
}

function directTenant(deps: PublicAppDeps, request: Request, domainName: string): Readonly<TenantSettings> {
  const key = bearerOf(request);
  if (key !== undefined) return authorizeTenant(deps.integration, key, domainName);
  const tenant = deps.integration.settings.tenant(domainName);
  if (!tenant) throw new GatewayError("tenant_not_found");
  return tenant;
}

function testCrm(deps: PublicAppDeps): Handler {
  return async (request, response) => {
    const body = parseOrThrow(testConnectionSchema, givenIn(request));
    authorizeTenant(deps.integration, bearerOf(request), body.domain_name);
    response.json(await testConnection(deps.integration, body));
  };
}

function controlRoute(deps: PublicAppDeps, control: Control): Handler {
  return async (request, response) => {
    const tenants = tenantsOfKey(deps.integration, bearerOf(request));
    response.json(await controlEngagementFor(deps.integration, tenants, String(request.params.id), control));
  };
}

// Batches of other programs: rows as JSON or as a CSV file, and how they stand (facts: the Hub's bulk API).
import { type Request, type RequestHandler, type Response, Router } from "express";
import helmet from "helmet";
import { z } from "zod";
import { bulkSubmitSchema, bulkUploadSchema } from "../../shared/bulk.schema.ts";
import { parseOrThrow } from "../base/parse.ts";
import { listBatches, readBatch } from "../campaigns/list-batches.ts";
import { readCsv } from "../campaigns/read-csv.ts";
import { submitRows } from "../campaigns/submit-rows.ts";
import { authorizeTenant, tenantsOfKey } from "../integration/authorize-tenant.ts";
import { allowOnly } from "./error-handler.ts";
import type { PublicAppDeps } from "./http-deps.ts";
import { limitKey } from "./rate-limits.ts";
import { bearerOf, givenIn, headerOf, readJson } from "./read-body.ts";
import { readUpload, type Upload } from "./read-upload.ts";

/** 1,000 rows with long instructions. */
const BODY = "6mb";
const KEY_LENGTH = 200;
const pageSchema = z.object({
  before: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

export function bulkRoutes(deps: PublicAppDeps): Router {
  const router = Router();
  const perKey = limitKey(() => deps.integration.settings.platform().integrator_requests_per_minute);
  const knownKey: RequestHandler = (request, _response, next) => {
    tenantsOfKey(deps.integration, bearerOf(request));
    next();
  };
  const guards = [helmet(), knownKey, perKey];
  const slugsOf = (request: Request): string[] =>
    tenantsOfKey(deps.integration, bearerOf(request)).map((tenant) => tenant.domain_name);

  router
    .route("/bulk-calls/submit")
    .post(...guards, ...readJson(BODY), submit(deps))
    .all(allowOnly("POST"));
  router
    .route("/bulk-calls/upload")
    .post(...guards, ...readUpload(), upload(deps))
    .all(allowOnly("POST"));
  router
    .route("/bulk-calls/batches")
    .get(...guards, async (request: Request, response: Response) => {
      const { before, limit } = parseOrThrow(pageSchema, request.query);
      response.json(await listBatches(deps.campaigns, slugsOf(request), { before, limit }));
    })
    .all(allowOnly("GET"));
  router
    .route("/bulk-calls/batches/:id")
    .get(...guards, async (request: Request, response: Response) => {
      response.json(await readBatch(deps.campaigns, slugsOf(request), String(request.params.id)));
    })
    .all(allowOnly("GET"));
  return router;
}

const idempotencyKey = (request: Request): string | undefined =>
  headerOf(request, "idempotency-key", KEY_LENGTH);

function submit(deps: PublicAppDeps): RequestHandler {
  return async (request, response) => {
    const { rows, ...batch } = parseOrThrow(bulkSubmitSchema, givenIn(request));
    const tenant = authorizeTenant(deps.integration, bearerOf(request), batch.domain_name);
    response.json(
      await submitRows(deps.campaigns, {
        tenant,
        batch,
        rows: rows.map((row) => ({ row })),
        source: "bulk",
        idempotencyKey: idempotencyKey(request),
      }),
    );
  };
}

function upload(deps: PublicAppDeps): RequestHandler {
  return async (request, response) => {
    const { file, fields } = response.locals.upload as Upload;
    const batch = parseOrThrow(bulkUploadSchema, fields);
    const tenant = authorizeTenant(deps.integration, bearerOf(request), batch.domain_name);
    response.json(
      await submitRows(deps.campaigns, {
        tenant,
        batch: { ...batch, campaign_name: batch.campaign_name ?? file.name },
        rows: readCsv(file.content),
        source: "csv",
        idempotencyKey: idempotencyKey(request),
      }),
    );
  };
}

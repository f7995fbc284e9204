// Where Follow Up Boss and Rollout post their webhooks. Answers 200 once it is stored, 401 for a wrong signature, 404 for
// a brokerage that is not set up, 410 for one that was removed, after which FUB deletes the webhook (facts: webhooks), 413, 429
// for a flood of wrong ones, 503 when it could not be stored. Never 406, and 410 for nothing else.
import express, { type ErrorRequestHandler, type Request, type RequestHandler, Router } from "express";
import type { ErrorCode } from "../../shared/error-codes.ts";
import { domainNameSchema } from "../../shared/settings.schema.ts";
import { GatewayError } from "../base/errors.ts";
import { rawQueryValue } from "../crm/followupboss/raw-query-value.ts";
import type { ProcessLog } from "../log/process-log.ts";
import { createRefusalCount } from "../webhooks/count-refusals.ts";
import type { DeliverySource, ReceivingDeps } from "../webhooks/incoming-delivery.ts";
import type { SyncCompletedNotice } from "../webhooks/sync-completed.ts";
import { takeDelivery } from "../webhooks/take-delivery.ts";
import { errorBody } from "./error-handler.ts";

const ROLLOUT_HEADER = "x-rollout-signature";

export interface WebhookRouteDeps {
  readonly webhooks: ReceivingDeps;
  /** What Rollout's notice of a first reading leads to. */
  readonly syncCompleted: (notice: SyncCompletedNotice) => Promise<unknown>;
  readonly log: Pick<ProcessLog, "error">;
}

const DOORS = [
  {
    source: "followup_boss",
    path: "/integration/followupboss/webhook/:domain_name",
    header: "fub-signature",
  },
  { source: "rollout", path: "/integration/rollout/webhook/:domain_name", header: ROLLOUT_HEADER },
] as const satisfies readonly Door[];

interface Door {
  readonly source: DeliverySource;
  readonly path: string;
  /** Lower-case name of the header with the signature. */
  readonly header: string;
}

const SYNC_COMPLETED = "/integration/rollout/sync-completed";
/** Follow Up Boss splits large changes over several deliveries. */
const MOST_BYTES = "2mb";
const ACCOUNT = /^\w{1,32}$/;

export function webhookRoutes(deps: WebhookRouteDeps): Router {
  const router = Router();
  // Whatever the content type says: the signature is over the bytes.
  const bytes = express.raw({ type: () => true, limit: MOST_BYTES, inflate: true });
  const refusals = createRefusalCount(deps.webhooks.clock);
  const open = (path: string, handler: RequestHandler): void => {
    router.route(path).post(bytes, handler).all(postOnly);
    router.use(path, answerError(deps));
  };
  for (const door of DOORS) open(door.path, take(deps, door, refusals));
  open(SYNC_COMPLETED, takeCompleted(deps, refusals));
  return router;
}

const postOnly: RequestHandler = (_request, response) => {
  response.set("allow", "POST");
  throw new GatewayError("method_not_allowed", { sentence: "This address answers to POST only." });
};

type Refusals = ReturnType<typeof createRefusalCount>;

function take(deps: WebhookRouteDeps, door: Door, refusals: Refusals): RequestHandler {
  return async (request, response) => {
    const slug = domainNameSchema.safeParse(request.params.domain_name);
    if (!slug.success) throw new GatewayError("tenant_not_found");
    const result = await counted(refusals, request, (doubted) =>
      takeDelivery(deps.webhooks, {
        source: door.source,
        tenant: slug.data,
        account: door.source === "followup_boss" ? accountOf(request) : "",
        ...signedParts(request, door.header),
        doubted,
      }),
    );
    response
      .status(200)
      .type("text")
      .send(result === "stored" ? "stored" : "known");
  };
}

function takeCompleted(deps: WebhookRouteDeps, refusals: Refusals): RequestHandler {
  return async (request, response) => {
    await counted(refusals, request, (doubted) =>
      deps.syncCompleted({ ...signedParts(request, ROLLOUT_HEADER), doubted }),
    );
    response.status(200).type("text").send("ok");
  };
}

const signedParts = (request: Request, header: string) => ({
  body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
  signature: single(request.headers[header]),
  headers: request.headers,
});

/** Who sends many wrong ones is doubted for a while. */
async function counted<T>(
  refusals: Refusals,
  request: Request,
  work: (doubted: boolean) => Promise<T>,
): Promise<T> {
  const from = request.ip ?? "";
  try {
    return await work(refusals.isFlood(from));
  } catch (error) {
    if (error instanceof GatewayError && error.code === "unauthorized") refusals.add(from);
    throw error;
  }
}

/** `?fub_account=`: in Track B an address belongs to one agent's account (seed 001, "Webhook Security"). */
function accountOf(request: Request): string {
  const at = request.url.indexOf("?");
  const value = at === -1 ? undefined : rawQueryValue(request.url.slice(at), "fub_account");
  return value !== undefined && ACCOUNT.test(value) ? value : "";
}

const single = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;

function answerError(deps: WebhookRouteDeps): ErrorRequestHandler {
  return (thrown: unknown, _request, response, next) => {
    if (response.headersSent) return next(thrown);
    const error =
      thrown instanceof GatewayError ? thrown : new GatewayError(codeOf(thrown), { cause: thrown });
    if (error.status >= 500) deps.log.error("webhooks", "a delivery was not accepted", thrown);
    response.status(error.status).json(errorBody(error));
  };
}

/** Errors of the body's reader carry a status; 406 and 410 are none of them, and would not be passed on. */
function codeOf(thrown: unknown): ErrorCode {
  const status = typeof thrown === "object" && thrown !== null && "status" in thrown ? thrown.status : 500;
  if (typeof status !== "number" || status >= 500) return "internal";
  return status === 413 ? "payload_too_large" : "invalid_request";
}

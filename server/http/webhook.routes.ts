// Where Follow Up Boss posts its webhooks. Answers in plain text: 200 once it is stored, 401 for a wrong signature, 404 for
// a brokerage that is not set up, 413, 429 for a flood of wrong ones, 503 when it could not be stored. Never 406 or 410, after which FUB would delete the
// webhook (facts: webhooks).
import express, { type ErrorRequestHandler, type Request, type RequestHandler, Router } from "express";
import { ERROR_CODES } from "../../shared/error-codes.ts";
import { domainNameSchema } from "../../shared/settings.schema.ts";
import { GatewayError } from "../base/errors.ts";
import { rawQueryValue } from "../crm/followupboss/raw-query-value.ts";
import type { ProcessLog } from "../log/process-log.ts";
import { createRefusalCount } from "../webhooks/count-refusals.ts";
import { type ReceivingDeps, takeDelivery } from "../webhooks/take-delivery.ts";

export interface WebhookRouteDeps {
  readonly webhooks: ReceivingDeps;
  readonly log: Pick<ProcessLog, "error">;
}

const PATH = "/integration/followupboss/webhook/:domain_name";
/** FUB splits large changes over several deliveries. */
const MOST_BYTES = "2mb";
const ACCOUNT = /^\w{1,32}$/;

export function webhookRoutes(deps: WebhookRouteDeps): Router {
  const router = Router();
  // Whatever the content type says: the signature is over the bytes.
  const bytes = express.raw({ type: () => true, limit: MOST_BYTES, inflate: true });
  router
    .route(PATH)
    .post(bytes, take(deps))
    .all(
      (_request, response) => void response.status(405).set("allow", "POST").type("text").send("POST only"),
    );
  router.use(PATH, plainError(deps));
  return router;
}

function take(deps: WebhookRouteDeps): RequestHandler {
  const refusals = createRefusalCount(deps.webhooks.clock);
  return async (request, response) => {
    const from = request.ip ?? "";
    const slug = domainNameSchema.safeParse(request.params.domain_name);
    if (!slug.success) throw new GatewayError("tenant_not_found");
    const result = await takeDelivery(deps.webhooks, {
      tenant: slug.data,
      account: accountOf(request),
      body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      signature: single(request.headers["fub-signature"]),
      headers: request.headers,
      doubted: refusals.isFlood(from),
    }).catch((error: unknown) => {
      if (error instanceof GatewayError && error.code === "unauthorized") refusals.add(from);
      throw error;
    });
    response
      .status(200)
      .type("text")
      .send(result === "stored" ? "stored" : "known");
  };
}

/** `?fub_account=`: in Track B an address belongs to one agent's account (seed 001, "Webhook Security"). */
function accountOf(request: Request): string {
  const at = request.url.indexOf("?");
  const value = at === -1 ? undefined : rawQueryValue(request.url.slice(at), "fub_account");
  return value !== undefined && ACCOUNT.test(value) ? value : "";
}

const single = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;

function plainError(deps: WebhookRouteDeps): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const known = error instanceof GatewayError ? error : undefined;
    const status = known?.status ?? statusOf(error);
    if (status >= 500) deps.log.error("webhooks", "a delivery was not accepted", error);
    response
      .status(status)
      .type("text")
      .send(
        known?.sentence ??
          ERROR_CODES[status === 413 ? "payload_too_large" : status < 500 ? "invalid_request" : "internal"]
            .sentence,
      );
  };
}

/** Errors of the body's reader carry a status; 406 and 410 are none of them, and would not be passed on. */
function statusOf(error: unknown): number {
  const status = typeof error === "object" && error !== null && "status" in error ? error.status : 500;
  return typeof status === "number" && [400, 413].includes(status)
    ? status
    : typeof status === "number" && status < 500
      ? 400
      : 500;
}

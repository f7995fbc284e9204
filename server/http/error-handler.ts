// Anything thrown by a route → status and body for the caller. The only place that maps. Never a stack, never a secret.
import type { ErrorRequestHandler, RequestHandler, Response } from "express";
import helmet from "helmet";
import { GatewayError, toError } from "../base/errors.ts";
import type { ProcessLog } from "../log/process-log.ts";
import { unlessDoubted } from "./rate-limits.ts";

const errorHeaders = helmet();

export function errorHandler(log: ProcessLog): ErrorRequestHandler {
  return (thrown: unknown, request, response, next) => {
    const error = unlessDoubted(response, toGatewayError(thrown));
    if (error.code === "internal") log.error("http", `${request.method} ${request.path} failed`, thrown);
    // A stream that has begun cannot change its status; Express ends it.
    if (response.headersSent) return next(thrown);
    // What fails before a route is reached (a broken escape in the address) has met no route's headers.
    if (response.hasHeader("x-content-type-options")) return sendError(response, error);
    errorHeaders(request, response, () => sendError(response, error));
  };
}

export function sendError(response: Response, error: GatewayError): void {
  if (error.retry.kind === "after")
    response.setHeader("retry-after", String(Math.max(1, Math.ceil(error.retry.afterMs / 1000))));
  if (error.code === "unauthorized") response.setHeader("www-authenticate", "Bearer");
  response.status(error.status).json(errorBody(error));
}

export function errorBody(error: GatewayError) {
  const details = error.details === undefined ? {} : { details: error.details };
  return { error: { code: error.code, message: error.sentence, ...details } };
}

/** Express and its body parser throw errors of their own; by their `type` and `status` they are the caller's mistakes. */
function toGatewayError(thrown: unknown): GatewayError {
  if (thrown instanceof GatewayError) return thrown;
  const { type, status } = thrown as { type?: unknown; status?: unknown };
  if (type === "entity.parse.failed") return new GatewayError("malformed_json", { cause: thrown });
  if (type === "entity.too.large") return new GatewayError("payload_too_large", { cause: thrown });
  if (status === 415) return new GatewayError("unsupported_media_type", { cause: thrown });
  if (typeof status === "number" && status >= 400 && status < 500)
    return new GatewayError("invalid_request", { cause: thrown });
  return new GatewayError("internal", { logMessage: toError(thrown).message, cause: thrown });
}

export const notFound: RequestHandler = () => {
  throw new GatewayError("not_found");
};

/** For a known address and another method: says which one it answers to. */
export function allowOnly(...methods: readonly string[]): RequestHandler[] {
  const refuse: RequestHandler = (_request, response) => {
    response.setHeader("allow", methods.join(", "));
    throw new GatewayError("method_not_allowed", {
      sentence: `This address answers to ${methods.join(" and ")} only.`,
    });
  };
  return [helmet(), refuse];
}

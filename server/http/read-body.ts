// JSON bodies at the door: the right content type, a size limit, and each failure with its own status and sentence.
import express, { type Request, type RequestHandler } from "express";
import { GatewayError } from "../base/errors.ts";

/** Middleware that parses a JSON body up to `limit`. Its errors are turned into ours by error-handler.ts. */
export function readJson(limit: string): RequestHandler[] {
  const requireJson: RequestHandler = (request, _response, next) => {
    if (hasBody(request) && !request.is("application/json")) throw new GatewayError("unsupported_media_type");
    next();
  };
  return [requireJson, express.json({ limit, strict: false, type: "application/json" })];
}

const hasBody = (request: Request): boolean =>
  request.headers["transfer-encoding"] !== undefined || Number(request.headers["content-length"] ?? 0) > 0;

/** The parsed body; an empty one is an empty object, so that the schema names what is missing. */
export const bodyOf = (request: Request): unknown => (request.body as unknown) ?? {};

/** Deep enough for every optional field of ours; below that it is the caller's own data, which is taken as it is. */
const LEVELS = 3;

/** As bodyOf, for doors of other people's programs: many of them write null where they have nothing to say. */
export const givenIn = (request: Request): unknown => withoutNulls(bodyOf(request), LEVELS);

function withoutNulls(value: unknown, levels: number): unknown {
  if (levels === 0 || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => withoutNulls(one, levels - 1));
  const given = Object.entries(value).filter(([, one]) => one !== null);
  return Object.fromEntries(given.map(([name, one]) => [name, withoutNulls(one, levels - 1)]));
}

/** The bearer token of a request; undefined when there is none. */
export function bearerOf(request: Request): string | undefined {
  const match = /^Bearer +([^\s]{1,8192})$/i.exec(request.headers.authorization ?? "");
  return match?.[1];
}

/** The one value of a header that may stand once. @throws GatewayError when it is longer than `most`. */
export function headerOf(request: Request, name: string, most: number): string | undefined {
  const value = request.headers[name];
  const text = Array.isArray(value) ? value[0] : value;
  if (text === undefined || text === "") return undefined;
  if (text.length <= most) return text;
  throw new GatewayError("invalid_request", { sentence: `${name}: may have at most ${most} characters` });
}

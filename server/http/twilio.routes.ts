// What Twilio calls: signed requests about calls, messages and caller IDs. Nothing is parsed but the form it signed; what is
// wrong with a signature is told in the journal, never to the caller.
import express, { type Request, type Response, Router } from "express";
import helmet from "helmet";
import type { TwilioParams } from "../channels/twilio/callback-params.ts";
import { TWILIO_PATH } from "../channels/twilio/twilio-routes.ts";
import { takeTwilio } from "../conversations/take-twilio.ts";
import { allowOnly } from "./error-handler.ts";
import type { PublicAppDeps } from "./http-deps.ts";
import { isDoubted } from "./rate-limits.ts";

/** A whole conversation's worth of fields is far smaller. */
const BODY = "128kb";
const MOST_FIELDS = 500;

export function twilioRoutes(deps: PublicAppDeps): Router {
  const router = Router();
  const form = express.urlencoded({ extended: false, limit: BODY, parameterLimit: MOST_FIELDS });
  const other = express.text({ type: (request) => !isForm(request.headers["content-type"]), limit: BODY });
  const take = async (request: Request, response: Response): Promise<void> => {
    const body: unknown = request.body;
    const asked = {
      method: request.method,
      path: request.originalUrl,
      headers: request.headers,
      params: paramsOf(body),
      ...(typeof body === "string" && body !== "" ? { rawBody: body } : {}),
    };
    // Addresses that were never given out are guesses too, and answered with 404.
    response.locals.refused = true;
    const reply = await takeTwilio(deps.conversations, asked, isDoubted(response));
    response.locals.refused = false;
    if (reply === null) return void response.status(204).end();
    response.setHeader("content-type", "text/xml; charset=utf-8");
    response.end(reply);
  };
  router
    // A tunnel may have put a path in front of ours.
    .route([`${TWILIO_PATH}/*rest`, `/*before${TWILIO_PATH}/*rest`])
    .get(helmet(), take)
    .post(helmet(), form, other, take)
    .all(allowOnly("GET", "POST"));
  return router;
}

const isForm = (type: string | undefined): boolean =>
  type?.toLowerCase().startsWith("application/x-www-form-urlencoded") ?? false;

const paramsOf = (body: unknown): TwilioParams =>
  typeof body === "object" && body !== null ? (body as TwilioParams) : {};

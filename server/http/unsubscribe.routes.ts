// The unsubscribe link of an e-mail. A mail program posts to it (RFC 8058, one click); a person who opens it sees a page with
// one button, since programs that look through mail open links as well and must not unsubscribe anybody.
import { type Request, type Response, Router } from "express";
import helmet from "helmet";
import { GatewayError } from "../base/errors.ts";
import { findUnsubscribing, unsubscribe } from "../conversations/unsubscribe.ts";
import { allowOnly } from "./error-handler.ts";
import type { PublicAppDeps } from "./http-deps.ts";
import { plainPage } from "./plain-page.ts";
import { refuseDoubted } from "./rate-limits.ts";

type Handler = (request: Request<{ token: string }>, response: Response) => Promise<void>;

export function unsubscribeRoutes(deps: PublicAppDeps): Router {
  const router = Router();
  router
    .route("/unsubscribe/:token")
    .get(pageHeaders, ask(deps))
    // What is posted says nothing the address does not, so it is not looked at: nobody stays on a list over its form.
    .post(pageHeaders, obey(deps))
    .all(allowOnly("GET", "POST"));
  return router;
}

const pageHeaders = helmet({ contentSecurityPolicy: false });

function ask(deps: PublicAppDeps): Handler {
  return async (request, response) => {
    const found = await orNull(findUnsubscribing(deps.conversations, request.params.token));
    if (!found) return lost(response);
    plainPage(response, 200, {
      title: "Unsubscribe",
      sentence: `You will not get any more e-mail from ${found.brokerage} at ${found.row.contact}.`,
      button: "Unsubscribe",
    });
  };
}

function obey(deps: PublicAppDeps): Handler {
  return async (request, response) => {
    const found = await orNull(unsubscribe(deps.conversations, request.params.token));
    if (!found) return lost(response);
    plainPage(response, 200, {
      title: "Done",
      sentence: `You are unsubscribed: no more e-mail from ${found.brokerage} goes to ${found.row.contact}.`,
    });
  };
}

/** @throws GatewayError rate_limited */
function lost(response: Response): void {
  refuseDoubted(response);
  plainPage(response, 404, {
    title: "This link does not work",
    sentence: "Check that it was copied as a whole, or answer the e-mail with the word STOP.",
  });
}

async function orNull<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof GatewayError && error.code === "not_found") return null;
    throw error;
  }
}

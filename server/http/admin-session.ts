// Who is at the console: its owner, or somebody with a support link, who may look and change nothing. Stands before every
// answer of the API.
import type { Request, RequestHandler, Response } from "express";
import type { Session } from "../../shared/console/home.schema.ts";
import { isoTime } from "../base/clock.ts";
import { GatewayError } from "../base/errors.ts";
import { equalSecret } from "../base/hmac.ts";
import { ADMIN_COOKIE, cookieValue, readCookie, SUPPORT_COOKIE, setCookie } from "./admin-guard.ts";
import { bearerOf } from "./read-body.ts";

/** When a support link ends, epoch ms; null when it does not open. */
export type OpenSupportLink = (token: string) => Promise<number | null>;

/** `/?support=…`: opens the console for looking. It goes before the owner's own cookie until it ends. */
export function swapSupportLink(open: OpenSupportLink): RequestHandler {
  return async (request, response, next) => {
    const offered = request.query.support;
    if (request.path !== "/" || typeof offered !== "string") return next();
    const until = await open(offered);
    if (until === null)
      throw new GatewayError("unauthorized", {
        sentence: "This support link has ended or was taken back. Ask for a new one.",
      });
    setCookie(response, SUPPORT_COOKIE, offered, new Date(until));
    response.setHeader("cache-control", "no-store");
    response.redirect(303, "/");
  };
}

/** Token as bearer (programs), its cookie (browser), or a support link's cookie. @throws GatewayError unauthorized, forbidden. */
export function requireSession(token: () => string, open: OpenSupportLink): RequestHandler {
  return async (request, response, next) => {
    const bearer = bearerOf(request);
    if (bearer !== undefined && equalSecret(bearer, token())) return admit(response, OWNER, next);
    const link = readCookie(request, SUPPORT_COOKIE);
    const until = link ? await open(link) : null;
    if (link && until !== null) return admitSupport(request, response, { link, until, open }, next);
    const cookie = readCookie(request, ADMIN_COOKIE);
    if (cookie !== undefined && equalSecret(cookie, cookieValue(token())))
      return admit(response, OWNER, next);
    throw new GatewayError("unauthorized", {
      sentence: "Open the console from the address the gateway printed.",
    });
  };
}

const OWNER: Session = { read_only: false, until: null };
const LOOKING: ReadonlySet<string> = new Set(["GET", "HEAD"]);
/** An open stream ends this soon after its link. */
const LOOK_AGAIN_MS = 1_000;

interface SupportVisit {
  readonly link: string;
  readonly until: number;
  readonly open: OpenSupportLink;
}

function admitSupport(
  request: Request,
  response: Response,
  { link, until, open }: SupportVisit,
  next: () => void,
): void {
  if (!LOOKING.has(request.method))
    throw new GatewayError("forbidden", {
      sentence: "This is a support view: it shows everything and can change nothing.",
    });
  const end = async (): Promise<void> => {
    if ((await open(link).catch(() => null)) === null) response.destroy();
  };
  const timer = setInterval(() => void end(), LOOK_AGAIN_MS).unref();
  response.once("close", () => clearInterval(timer));
  admit(response, { read_only: true, until: isoTime(until) }, next);
}

function admit(response: Response, session: Session, next: () => void): void {
  response.locals.session = session;
  next();
}

/** Whether this window may change anything. */
export const tellSession: RequestHandler = (_request, response) =>
  void response.json(response.locals.session);

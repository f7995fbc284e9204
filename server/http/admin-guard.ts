// Who may use the console: this machine's own browser or program, with the token or the cookie it was swapped for.
// Host and Origin are checked against DNS rebinding and cross-site requests.
import type { Request, RequestHandler, Response } from "express";
import { GatewayError } from "../base/errors.ts";
import { equalSecret, hmacHex } from "../base/hmac.ts";

export const ADMIN_COOKIE = "aventora_console";
export const SUPPORT_COOKIE = "aventora_support";
const LOCAL_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/** The cookie's value is derived from the token, so that reading one does not give the other. */
export const cookieValue = (token: string): string => hmacHex(token, "console cookie");

/** Refuses any Host but this machine's, and any request a page of another origin made. */
export const guardOrigin: RequestHandler = (request, _response, next) => {
  const host = request.headers.host ?? "";
  if (!LOCAL_HOST.test(host))
    throw new GatewayError("forbidden", { sentence: "The console answers to this computer only." });
  const origin = request.headers.origin;
  const site = request.headers["sec-fetch-site"];
  const foreignOrigin = origin !== undefined && origin !== `http://${host}`;
  // A link from elsewhere may open the console's page, but nothing may be asked or done from there.
  const foreignSite =
    site !== undefined && site !== "same-origin" && site !== "none" && !isNavigation(request);
  if (foreignOrigin || foreignSite)
    throw new GatewayError("forbidden", { sentence: "Requests from other pages are not accepted." });
  next();
};

const isNavigation = (request: Request): boolean =>
  request.method === "GET" && request.headers["sec-fetch-mode"] === "navigate";

/** `/?token=…` once: sets the cookie and takes the token out of the address. */
export function swapToken(token: () => string): RequestHandler {
  return (request, response, next) => {
    const offered = request.query.token;
    if (request.path !== "/" || typeof offered !== "string") return next();
    if (!equalSecret(offered, token()))
      throw new GatewayError("unauthorized", {
        sentence: "This address is not valid any more. Open the one the gateway printed.",
      });
    setCookie(response, ADMIN_COOKIE, cookieValue(token()));
    // Whoever has the token is not here for support.
    if (readCookie(request, SUPPORT_COOKIE) !== undefined)
      setCookie(response, SUPPORT_COOKIE, "", new Date(0));
    response.setHeader("cache-control", "no-store");
    response.redirect(303, "/");
  };
}

/** Read by no script, sent to no other page; gone with the browser unless it has a time of its own. */
export function setCookie(response: Response, name: string, value: string, expires?: Date): void {
  const until = expires ? `; Expires=${expires.toUTCString()}` : "";
  response.append("set-cookie", `${name}=${value}; Path=/; HttpOnly; SameSite=Strict${until}`);
}

/** The value of a cookie; undefined when it is not sent. */
export function readCookie(request: Request, name: string): string | undefined {
  const parts = (request.headers.cookie ?? "").split(";").map((part) => part.trim());
  return parts.find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1);
}

// Is this request from a program on this computer? Whatever comes through a tunnel also arrives from the loopback
// address, so every trace of a proxy, another host name or a browser page says no.
import type { Request } from "express";

const LOOPBACK = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);
const LOCAL_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;
const PROXY_HEADERS = new Set([
  "forwarded",
  "via",
  "x-real-ip",
  "cf-connecting-ip",
  "cf-ray",
  "cdn-loop",
  "true-client-ip",
  "ngrok-skip-browser-warning",
  "x-original-host",
]);

export const isLoopbackAddress = (address: string): boolean => LOOPBACK.has(address);

export function isLocalProgram(request: Request): boolean {
  const fromHere = isLoopbackAddress(request.socket.remoteAddress ?? "");
  const proxied = Object.keys(request.headers).some(
    (name) => name.startsWith("x-forwarded-") || PROXY_HEADERS.has(name),
  );
  // A web page open on this computer must not start outreach: browsers name themselves.
  const browser = request.headers.origin !== undefined || request.headers["sec-fetch-site"] !== undefined;
  return fromHere && !proxied && !browser && LOCAL_HOST.test(request.headers.host ?? "");
}

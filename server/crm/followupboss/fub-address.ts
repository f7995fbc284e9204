// Where Follow Up Boss is, and whether a request really goes there. Asked by the client before a key is attached.
import { GatewayError } from "../../base/errors.ts";
import { notFubData } from "./errors.ts";

/**
 * Origin and path every request starts with. An address without a path means version 1 of the API
 * (FUB docs: getting started). Throws not_ready when it is no http(s) address.
 */
export function resolveBaseUrl(configured: string): string {
  const url = URL.canParse(configured.trim()) ? new URL(configured.trim()) : undefined;
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw new GatewayError("not_ready", {
      sentence:
        "FUB_API_BASE_URL is not an address the gateway can use. Leave it empty for Follow Up Boss itself.",
    });
  }
  const path = url.pathname.replace(/\/+$/, "");
  return `${url.origin}${path === "" ? "/v1" : path}`;
}

/** Throws when `path`, read the way a URL is read, would leave the origin or the folder of `baseUrl`. */
export function assertStaysAtFub(baseUrl: string, path: string): void {
  const base = new URL(baseUrl);
  const url = new URL(baseUrl + path);
  if (path.startsWith("/") && url.origin === base.origin && url.pathname.startsWith(`${base.pathname}/`))
    return;
  throw notFubData(
    "The gateway refused to send a Follow Up Boss key to an address that is not Follow Up Boss.",
  );
}

/** `/people?phone=…` with every value escaped; undefined values are left out. */
export function withQuery(path: string, query: Readonly<Record<string, string | undefined>> = {}): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}

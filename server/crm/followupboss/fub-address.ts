// Where Follow Up Boss is, and whether a request really goes there. Asked by the client before a key is attached.
import { GatewayError } from "../../base/errors.ts";
import { baseAddress, staysAt } from "../request-address.ts";
import { FUB_ERRORS } from "./errors.ts";

/**
 * Origin and path every request starts with. An address without a path means version 1 of the API
 * (FUB docs: getting started). Throws not_ready when it is no http(s) address.
 */
export function resolveBaseUrl(configured: string): string {
  const address = baseAddress(configured, "/v1");
  if (address !== undefined) return address;
  throw new GatewayError("not_ready", {
    sentence:
      "FUB_API_BASE_URL is not an address the gateway can use. Leave it empty for Follow Up Boss itself.",
  });
}

/** Throws when `path`, read the way a URL is read, would leave the origin or the folder of `baseUrl`. */
export function assertStaysAtFub(baseUrl: string, path: string): void {
  if (staysAt(baseUrl, path)) return;
  throw FUB_ERRORS.refusedHere(
    "The gateway refused to send a Follow Up Boss key to an address that is not Follow Up Boss.",
  );
}

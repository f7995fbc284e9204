// What came of one try, in words for the console. Pure.
import { AddressRefused } from "./guarded-lookup.ts";

export function sayStatus(status: number): string {
  if (status >= 200 && status < 300) return `It was accepted (${status}).`;
  if (status >= 300 && status < 400)
    return `It answered with a redirect (${status}), which is not followed. Give the address it leads to.`;
  if (status === 410) return "It answered that it is gone for good (410).";
  if (status === 401 || status === 403)
    return `It refused the event (${status}); perhaps the secret is not the same.`;
  return `It answered ${status}.`;
}

const CODES: Readonly<Record<string, string>> = {
  ENOTFOUND: "Its name could not be found.",
  EAI_AGAIN: "Its name could not be looked up right now.",
  ECONNREFUSED: "Nothing answers at its address (connection refused).",
  ECONNRESET: "It closed the connection without an answer.",
  EHOSTUNREACH: "Its network could not be reached.",
  ENETUNREACH: "Its network could not be reached.",
  ETIMEDOUT: "Its address did not answer.",
  EPIPE: "It closed the connection without an answer.",
};

const CERTIFICATE = /CERT|SELF_SIGNED|ALTNAME|ISSUER|SIGNATURE|ERR_SSL|ERR_TLS|EPROTO/;

/** `limitMs`: the time that ran out, if it did. */
export function sayFailure(error: unknown, limitMs: number | undefined): string {
  if (limitMs !== undefined) return `It did not answer within ${limitMs / 1000} seconds.`;
  const refused = refusalIn(error);
  if (refused) return refused.message;
  const code = codeOf(error);
  const known = CODES[code];
  if (known !== undefined) return known;
  if (CERTIFICATE.test(code)) return "Its certificate was not accepted, or it does not speak https.";
  if (code.startsWith("HPE_")) return "What it answered is not HTTP.";
  return "It could not be reached.";
}

/** Where a name has several addresses, node gathers what became of each. */
function refusalIn(error: unknown): AddressRefused | undefined {
  if (error instanceof AddressRefused) return error;
  return error instanceof AggregateError ? error.errors.map(refusalIn).find(Boolean) : undefined;
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";

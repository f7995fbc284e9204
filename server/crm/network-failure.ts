// No usable answer came: was the CRM never reached, or lost on the way? Asked by the exchange.
import { type GatewayError, RETRY_LATER } from "../base/errors.ts";
import { type Asked, type CrmErrors, isWrite } from "./crm-errors.ts";

/** Failures before a connection stood: nothing of the request can have arrived. */
const NEVER_CONNECTED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EAI_FAIL",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EHOSTDOWN",
  "EADDRNOTAVAIL",
  "EPROTO",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "HOSTNAME_MISMATCH",
]);

export interface NetworkFailure {
  readonly error: GatewayError;
  /** The request certainly never reached the CRM. */
  readonly neverSent: boolean;
}

/**
 * `thrown` is what axios rejected with. It is not kept as the cause: its config carries the key.
 * A reset after connecting is "unavailable" with an unknown fate, since the request may have been read.
 */
export function networkFailure(errors: CrmErrors, asked: Asked, thrown: unknown): NetworkFailure {
  const { code, syscall, text } = readCodes(thrown);
  if (text.startsWith("maxContentLength")) {
    return { error: errors.badAnswer(asked, "the answer is larger than 10 MB"), neverSent: false };
  }
  const neverSent =
    NEVER_CONNECTED.has(code) || /^(CERT_|ERR_TLS_|ERR_SSL_)/.test(code) || syscall === "connect";
  return {
    neverSent,
    error: errors.crmError(neverSent ? "crm_unreachable" : "crm_unavailable", {
      fate: neverSent || !isWrite(asked) ? "not_stored" : "unknown",
      retry: RETRY_LATER,
      logMessage: `${asked.method} ${asked.path}: ${code || "network failure"} ${text}`.trim(),
    }),
  };
}

function readCodes(thrown: unknown): { code: string; syscall: string; text: string } {
  if (!(thrown instanceof Error)) return { code: "", syscall: "", text: String(thrown) };
  // Several addresses were tried (IPv6, IPv4): they failed alike, the first one speaks for all.
  const inner = thrown.cause instanceof AggregateError ? thrown.cause.errors[0] : thrown.cause;
  return {
    code: textAt(thrown, "code") || textAt(inner, "code"),
    syscall: textAt(thrown, "syscall") || textAt(inner, "syscall"),
    text: thrown.message,
  };
}

function textAt(value: unknown, key: "code" | "syscall"): string {
  if (typeof value !== "object" || value === null) return "";
  const found = (value as Record<string, unknown>)[key];
  return typeof found === "string" ? found : "";
}

// Turns whatever came back (or did not) from the gateway into a value or a failure people can read.
import { readField, readText } from "./read-field.ts";

export interface Failure {
  /** A code of shared/error-codes.ts, or `unreachable` where no answer of the gateway came. */
  readonly code: string;
  readonly message: string;
  /** HTTP status; 0 where there was none. */
  readonly status: number;
  /** What the gateway told beside the sentence, of unknown shape. */
  readonly details?: unknown;
}
export type Answer<T> = { readonly value: T } | { readonly failure: Failure };

export const UNREACHABLE: Failure = {
  code: "unreachable",
  message: "The gateway did not answer. Check your internet connection and try again.",
  status: 0,
};

/**
 * Sends a request and reads its JSON (or what `read` makes of a good answer). Never throws; an abort or time-out is
 * `unreachable`, as is a tunnel's page.
 */
export async function readAnswer(
  send: () => Promise<Response>,
  read: (response: Response) => Promise<unknown> = (response) => response.json(),
): Promise<Answer<unknown>> {
  try {
    const response = await send();
    const body: unknown = await (response.ok ? read(response) : response.json()).catch(() => null);
    if (response.ok && body !== null) return { value: body };
    const error = readField(body, "error");
    const code = readText(error, "code");
    const message = readText(error, "message");
    if (code === null || message === null) return { failure: { ...UNREACHABLE, status: response.status } };
    const details = readField(error, "details");
    const failure = { code, message, status: response.status };
    return { failure: details === undefined ? failure : { ...failure, details } };
  } catch {
    return { failure: UNREACHABLE };
  }
}

/** What helps: wait and press again, reload the app, speak to the admin, choose something else, or nothing beyond the sentence. */
export type Remedy = "retry" | "reload" | "admin" | "choose" | "none";

const RETRY = [
  "unreachable",
  "rate_limited",
  "shutting_down",
  "crm_rate_limited",
  "crm_unavailable",
  "crm_unreachable",
  "provider_unavailable",
  "cool_down",
];
const CHOOSE = [
  "no_phone",
  "no_email",
  "invalid_phone",
  "invalid_email",
  "relationship_phone",
  "landline",
  "invalid_request",
  "campaign_empty",
  "smart_list_not_found",
];

/** Contact rules that are about the person, and states: no button or number changes them. */
const SETTLED = [
  "opted_out",
  "do_not_call",
  "no_consent",
  "contact_cap",
  "outside_hours",
  "reached_elsewhere",
  "wrong_state",
];

export function remedyFor(code: string): Remedy {
  if (code === "session_expired" || code === "unauthorized") return "reload";
  if (RETRY.includes(code)) return "retry";
  if (SETTLED.includes(code)) return "none";
  return CHOOSE.includes(code) ? "choose" : "admin";
}

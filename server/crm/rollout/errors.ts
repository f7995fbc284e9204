// What Rollout's statuses mean, in sentences that say Rollout. Used by the client and the resource files.
import { GatewayError, RETRY_LATER, RETRY_NEVER, retryAfter } from "../../base/errors.ts";
import { type CrmErrors, createCrmErrors } from "../crm-errors.ts";
import type { CrmFailureDetails } from "../write-fate.ts";

/** Rollout docs: until a new account's first sync is through, everything answers 409; wait 30 to 60 seconds. */
const SYNCING_MS = 30_000;

export const ROLLOUT_ERRORS: CrmErrors = createCrmErrors({
  // Rollout docs: making API requests.
  statusRules: {
    401: { code: "crm_unauthorized", retry: RETRY_NEVER },
    403: { code: "crm_forbidden", retry: RETRY_NEVER, quote: true },
    404: { code: "crm_not_found", retry: RETRY_NEVER },
    // 407 comes from a proxy on the way, 408 from a server that did not get the whole request.
    407: { code: "crm_unreachable", retry: RETRY_LATER },
    408: { code: "crm_unavailable", retry: RETRY_LATER },
    409: { code: "crm_syncing", retry: retryAfter(SYNCING_MS) },
  },
  // The first is documented; the vendor's own programs look at the others as well.
  wordsIn: ["errorMessage", "error", "message"],
  // No Retry-After is documented: back off.
  slowDown: RETRY_LATER,
  sentences: {
    crm_unauthorized: "Rollout did not accept the gateway's client ID or client secret.",
    crm_forbidden:
      "Rollout does not accept the connected account (credential id) for this brokerage. Connect it again, or check rollout_credential_id and rollout_consumer_key.",
    crm_not_found: "Rollout could not find what was asked for.",
    crm_invalid: "Rollout refused the data it was given.",
    crm_rate_limited: "Rollout asked the gateway to slow down.",
    crm_unavailable: "Rollout did not answer in time or is having trouble.",
    crm_unreachable: "The gateway could not reach Rollout.",
    crm_bad_answer: "Rollout answered with something the gateway does not understand.",
    crm_syncing: "Rollout is still reading the CRM's data for the first time. This takes a minute or so.",
    crm_unsupported: "The brokerage's CRM is reached through Rollout, and Rollout cannot do this.",
  },
});

/** Something the port offers and Rollout has no way to do. */
export function unsupported(sentence: string): GatewayError {
  return ROLLOUT_ERRORS.crmError("crm_unsupported", { fate: "not_stored", retry: RETRY_NEVER, sentence });
}

/** Something is not set up; nothing was sent. */
export function notReady(sentence: string): GatewayError {
  const details: CrmFailureDetails = { fate: "not_stored" };
  return new GatewayError("not_ready", { sentence, details });
}

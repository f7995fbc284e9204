// What Follow Up Boss's statuses mean, and where its own words are. Used by the client and the resource files.
import { RETRY_LATER, RETRY_NEVER, retryAfter } from "../../base/errors.ts";
import { type CrmErrors, createCrmErrors } from "../crm-errors.ts";

/** Sentences are those of the codes themselves: they are written for Follow Up Boss. */
export const FUB_ERRORS: CrmErrors = createCrmErrors({
  // FUB docs: error responses. 403 is also an expired account, so it is never called a bad key (docs: authentication).
  statusRules: {
    401: { code: "crm_unauthorized", retry: RETRY_NEVER },
    402: { code: "crm_forbidden", retry: RETRY_NEVER, quote: true },
    403: { code: "crm_forbidden", retry: RETRY_NEVER, quote: true },
    404: { code: "crm_not_found", retry: RETRY_NEVER },
    // 407 comes from a proxy on the way, 408 from a server that did not get the whole request.
    407: { code: "crm_unreachable", retry: RETRY_LATER },
    408: { code: "crm_unavailable", retry: RETRY_LATER },
  },
  // For some endpoints `error` (facts recorded on the wire).
  wordsIn: ["errorMessage", "error"],
  sentences: {},
  // Not met: the rate headers always name a time (read-rate-facts).
  slowDown: retryAfter(0),
});

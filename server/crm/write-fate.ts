// After a write failed: may the CRM have stored it all the same? Asked by whoever would write again (sync, engagements).
import { GatewayError } from "../base/errors.ts";

/** `unknown`: sent, and no answer that settles it. `not_stored`: never sent, refused, or only a read. */
export type WriteFate = "unknown" | "not_stored";

/** What every crm_* error carries in `details`. `status` is the CRM's HTTP status where there was one. */
export interface CrmFailureDetails {
  readonly fate: WriteFate;
  readonly status?: number;
}

/**
 * True when the thing must be looked for (findNote, findCall, findPerson) before it is written again.
 * A failure that is no GatewayError is a bug at an unknown place, so it counts as "perhaps stored".
 */
export function mayHaveBeenStored(error: unknown): boolean {
  if (!(error instanceof GatewayError)) return true;
  const { details } = error;
  return typeof details === "object" && details !== null && "fate" in details && details.fate === "unknown";
}

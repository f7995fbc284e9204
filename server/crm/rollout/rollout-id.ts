// Ids on their way to Rollout: opaque texts (UUIDs, as far as seen). Used by the resource files.
import { RETRY_NEVER } from "../../base/errors.ts";
import { ROLLOUT_ERRORS } from "./errors.ts";

/** An id for a path. What could steer the path cannot be one: crm_not_found. */
export function pathId(id: string): string {
  if (isRolloutId(id)) return encodeURIComponent(id);
  throw ROLLOUT_ERRORS.crmError("crm_not_found", {
    fate: "not_stored",
    retry: RETRY_NEVER,
    logMessage: "not an id of Rollout",
  });
}

/** An id for a body. */
export function bodyId(id: string): string {
  if (isRolloutId(id)) return id;
  throw ROLLOUT_ERRORS.refusedHere("The id is not one of Rollout.");
}

export const isRolloutId = (id: string): boolean => /^(?!\.+$)[\w.:~-]{1,200}$/.test(id);

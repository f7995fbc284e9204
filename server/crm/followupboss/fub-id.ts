// Ids on their way to Follow Up Boss: whole numbers and nothing else. Used by the resource files.

import { RETRY_NEVER } from "../../base/errors.ts";
import { FUB_ERRORS } from "./errors.ts";

/** An id for a path. Anything but digits cannot exist there, and must not steer the path: crm_not_found. */
export function pathId(id: string): string {
  if (isFubId(id)) return id;
  throw FUB_ERRORS.crmError("crm_not_found", {
    fate: "not_stored",
    retry: RETRY_NEVER,
    logMessage: "not a Follow Up Boss id",
  });
}

/** An id for a body, where FUB wants a number. */
export function bodyId(id: string): number {
  if (isFubId(id)) return Number(id);
  throw FUB_ERRORS.refusedHere("The id is not one of Follow Up Boss: it must be a whole number.");
}

export const isFubId = (id: string): boolean => /^[1-9]\d{0,14}$/.test(id);

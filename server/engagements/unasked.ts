// An outreach nobody started: the contact wrote first. Nobody is introduced to the CRM for it; whoever is known there gets a
// note, so that a wrong number or advertising makes no person.
import type { EngagementRow } from "./engagement.store.ts";

/** `source` of such a row. */
export const UNASKED = "inbound";

export const isUnasked = ({ source }: Pick<EngagementRow, "source">): boolean => source === UNASKED;

// Whom a journal entry about an engagement is about.
import type { EngagementRow } from "./engagement.store.ts";

/** The journal's columns of an engagement. */
export function about(row: EngagementRow) {
  return {
    tenant: row.tenant,
    userId: row.user_id,
    personId: row.person_id,
    engagementId: row.id,
    channel: row.channel,
  };
}

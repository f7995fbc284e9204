// A row of the list of whom not to contact, as the console shows it.
import type { Suppression } from "../../../shared/console/contact-rules.schema.ts";
import { isoTime } from "../../base/clock.ts";
import type { SuppressionRow } from "../../contact/suppression.store.ts";

export const showSuppression = (row: SuppressionRow): Suppression => ({
  id: row.id,
  tenant: row.tenant,
  kind: row.kind,
  contact: row.contact,
  person_id: row.person_id,
  scope: row.scope,
  source: row.source,
  said: row.said,
  engagement_id: row.engagement_id,
  created_by: row.created_by,
  created_at: isoTime(row.created_at),
  ended_at: row.ended_at === null ? null : isoTime(row.ended_at),
  ended_by: row.ended_by,
});

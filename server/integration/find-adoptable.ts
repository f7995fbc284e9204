// Which of our outreaches a notice of the Hub is about when its id is new to us. Asked by hub-notice.
import { CHANNELS, type EngagementStatus, isTerminal } from "../../shared/values.ts";
import { toE164 } from "../base/phone-numbers.ts";
import { BULK_REFERENCES } from "../channels/hub/bulk-reference.ts";
import type { HubPayload } from "../channels/hub/parse-hub-snapshot.ts";
import type { DbOrTrx } from "../db/schema.ts";
import type { EngagementRow } from "../engagements/engagement.store.ts";

/** How far the Hub's clock may be behind ours. */
const CLOCKS_APART_MS = 5 * 60_000;
/** More than these for one contact, and no notice could be told apart from another anyway. */
const MOST_WAITING = 50;

/**
 * Two kinds wait to be named: one whose start got no clear answer, and one handed over in a batch, which stands under the
 * batch's id until now. The Hub's own word about an outbound outreach to the same contact settles it, if exactly one fits;
 * one that goes on here goes before one that was ended here meanwhile.
 */
export async function findAdoptable(
  db: DbOrTrx,
  tenants: readonly string[],
  payload: HubPayload,
): Promise<EngagementRow | undefined> {
  if (payload.contact_identifier == null || payload.direction?.toLowerCase() === "inbound") return undefined;
  const waiting = await waitingFor(db, tenants, payload, payload.contact_identifier);
  const fits = waiting.filter((row) => isAbout(row, payload));
  const open = fits.filter((row) => !isTerminal(row.status as EngagementStatus));
  const [only, ...others] = open.length > 0 ? open : fits;
  return others.length === 0 ? only : undefined;
}

// Tenant, channel and contact are an index: in a campaign of thousands every first notice comes through here.
function waitingFor(
  db: DbOrTrx,
  tenants: readonly string[],
  payload: HubPayload,
  contact: string,
): Promise<EngagementRow[]> {
  const channel = payload.channel?.toLowerCase();
  return db
    .selectFrom("engagements")
    .selectAll()
    .where("tenant", "in", [...tenants])
    .where("channel", "in", channel === undefined ? [...CHANNELS] : [channel])
    .where("contact", "in", [toE164(contact) ?? contact, contact.toLowerCase()])
    .where("provider", "=", "hub")
    .where((where) =>
      where.or([
        where.and([where("provider_ref", "is", null), where("launch_state", "=", "launching")]),
        where.and([
          where("provider_ref", ">=", BULK_REFERENCES.from),
          where("provider_ref", "<", BULK_REFERENCES.below),
        ]),
      ]),
    )
    .orderBy("created_at", "desc")
    .limit(MOST_WAITING)
    .execute();
}

/** Somebody else's outreach to the same contact must not be taken for ours: person and time have to agree as well. */
function isAbout(row: EngagementRow, payload: HubPayload): boolean {
  const person = payload.person_id == null || row.person_id === null || payload.person_id === row.person_id;
  const startedAt = Date.parse(payload.started_at ?? "");
  return person && !(startedAt < row.created_at - CLOCKS_APART_MS);
}

// "Activity not in FUB": syncing is off, the connection does not work, or a record was given up.
import { isoTime } from "../../base/clock.ts";
import { PLACES } from "../console-places.ts";
import { type Detector, found, ok, unknown } from "./problem-facts.ts";

export const findActivityMissing: Detector = async (deps, { tenant, last }) => {
  const slug = tenant.domain_name;
  if (tenant.crm_sync_provider === "followup_boss" && !tenant.fub_sync_contacts) {
    return found({
      sentence: "“Sync contacts” is off, so nothing is written to Follow Up Boss.",
      remedy: "Switch on “Sync contacts” (fub_sync_contacts).",
      action: PLACES.setup(slug),
    });
  }
  const stuck = await deps.db
    .selectFrom("activities")
    .select(["engagement_id", "state", "last_error", "updated_at"])
    .where("tenant", "=", slug)
    .where((where) =>
      where.or([
        where("state", "=", "dead"),
        where.and([where("state", "!=", "written"), where("last_error", "is not", null)]),
      ]),
    )
    .orderBy("updated_at", "desc")
    .limit(1)
    .executeTakeFirst();
  if (stuck) {
    return found({
      sentence: `A record could not be written to Follow Up Boss: ${stuck.last_error ?? "the reason was not kept"}`,
      remedy: "Test the connection, mend the cause, then write the records of the outreach again.",
      action: PLACES.outreach(stuck.engagement_id),
      evidence: { journal_seq: null, engagement_id: stuck.engagement_id, at: isoTime(stuck.updated_at) },
      said: stuck.state === "dead",
    });
  }
  const lost = await last("person.unresolved");
  const written = await last("activity.written");
  if (lost && (written === null || lost.seq > written.seq)) {
    const remedy = "The person needs a phone or e-mail Follow Up Boss knows; test the connection as well.";
    return found({ sentence: lost.message, remedy, action: PLACES.setup(slug), entry: lost });
  }
  return written ? ok("Records are written to Follow Up Boss.") : unknown("Nothing was to be written yet.");
};

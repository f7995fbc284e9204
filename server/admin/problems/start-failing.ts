// "Embed start fails internally": outreach does not reach whoever carries it, often since its address leads nowhere.
import { isoTime } from "../../base/clock.ts";
import { pointsAtItself } from "../../settings/points-at-itself.ts";
import { PLACES } from "../console-places.ts";
import { type Detector, found, ok, unknown } from "./problem-facts.ts";

const NOT_STARTED = "It could not be started:";

export const findStartFailing: Detector = async (deps, { tenant, since }) => {
  const platform = deps.settings.platform();
  const address = platform.INTERNAL_START_URL;
  const remedy =
    "Leave INTERNAL_START_URL empty to let this gateway run outreach itself, or give the address at which this computer reaches the Aventora Engagement Hub. SERVER_URL is for addresses the outside uses.";
  if (address && pointsAtItself(address, platform)) {
    const sentence =
      "INTERNAL_START_URL leads back to this gateway, so outreach would go around in a circle.";
    return found({ sentence, remedy, action: PLACES.settings() });
  }
  const last = await deps.db
    .selectFrom("engagements")
    .select(["id", "status", "outcome", "launch_state", "parked_reason", "updated_at", "provider"])
    .where("tenant", "=", tenant.domain_name)
    .where("created_at", ">=", since)
    .where("rule", "is", null)
    .where("launch_attempts", ">", 0)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!last) return unknown("Nothing was started lately.");
  const trouble = last.parked_reason ?? (await troubleOf(deps, last));
  if (trouble === null) return ok("The last outreach was handed over.");
  return found({
    sentence: trouble,
    remedy: last.provider === "hub" ? remedy : "See what the provider says, then start it again.",
    action: PLACES.outreach(last.id),
    evidence: { journal_seq: null, engagement_id: last.id, at: isoTime(last.updated_at) },
    said: last.parked_reason !== null,
  });
};

type Deps = Parameters<Detector>[0];

/** While it is still tried, the reason stands with its job; afterwards in its history. */
async function troubleOf(
  deps: Deps,
  last: { readonly id: string; readonly status: string; readonly launch_state: string },
): Promise<string | null> {
  if (last.status === "failed") {
    const line = await deps.db
      .selectFrom("engagement_events")
      .select("detail")
      .where("engagement_id", "=", last.id)
      .where("event", "=", "failed")
      .orderBy("id", "desc")
      .executeTakeFirst();
    return line?.detail.startsWith(NOT_STARTED) ? line.detail : null;
  }
  if (last.launch_state === "launched") return null;
  const job = await deps.db
    .selectFrom("jobs")
    .select("last_error")
    .where("dedupe_key", "=", `launch:${last.id}`)
    .executeTakeFirst();
  return job?.last_error ? `${NOT_STARTED} ${job.last_error}` : null;
}

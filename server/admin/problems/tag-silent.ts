// "Tag webhook does not start calls": no tag, no webhook at the right address, no system key, or deliveries are refused.
import { isoTime } from "../../base/clock.ts";
import type { Db } from "../../db/schema.ts";
import { PLACES } from "../console-places.ts";
import { type Detector, found, ok, unknown } from "./problem-facts.ts";

export const findTagSilent: Detector = async (deps, { tenant, since }) => {
  const slug = tenant.domain_name;
  const tags = [tenant.fub_start_call_tag, ...tenant.tag_starts.map(({ tag }) => tag)].filter(
    (tag) => tag !== "",
  );
  if (tags.length === 0) return unknown("No start tag is set, so tags start nothing.");
  if (!deps.settings.secret("platform/FUB_SYSTEM_KEY")) {
    const sentence = "FUB_SYSTEM_KEY is not set, so no webhook of Follow Up Boss can be verified.";
    return found({
      sentence,
      remedy: "Enter the system key from the registration at Follow Up Boss.",
      action: PLACES.settings(),
    });
  }
  const url = deps.settings.publicAddress();
  if (!url) {
    const sentence = "The gateway has no public address, so Follow Up Boss has none for its webhooks.";
    return found({
      sentence,
      remedy: "Choose in the settings how it is reached: an own https address (SERVER_URL), or a tunnel.",
      action: PLACES.settings(),
    });
  }
  const action = PLACES.webhooks(slug);
  const address = `${url}/integration/followupboss/webhook/${slug}`;
  const slots = await deps.db.selectFrom("webhook_slots").selectAll().where("tenant", "=", slug).execute();
  const tagSlots = slots.filter(({ event }) => event === "peopleTagsCreated");
  const broken = tagSlots.find(({ result }) => result === "failed" || result === "full");
  if (tagSlots.length === 0 || broken) {
    return found({
      sentence: broken
        ? (broken.sentence ??
          `Both places for ${broken.event} at Follow Up Boss are taken by other addresses.`)
        : `No webhook for added tags is registered at Follow Up Boss for ${address}.`,
      remedy: "Run the connection test with webhook registration, with the key of the account's owner.",
      action,
    });
  }
  const refused = await newestOf(deps.db, "rejected_deliveries", slug, since);
  const good = await newestOf(deps.db, "deliveries", slug, since);
  if (refused && (good === undefined || refused.received_at > good.received_at)) {
    const evidence = { journal_seq: null, engagement_id: null, at: isoTime(refused.received_at) };
    const remedy =
      "Compare FUB_SYSTEM_KEY with the system's registration at Follow Up Boss, then replay or tag again.";
    const sentence = `Follow Up Boss's last webhook was refused: ${refused.sentence ?? ""}`.trim();
    return found({ sentence, remedy, action, evidence });
  }
  return good
    ? ok("Webhooks arrive and are verified.")
    : unknown("The webhook is registered; no tag was added yet.");
};

async function newestOf(db: Db, table: "deliveries" | "rejected_deliveries", tenant: string, since: number) {
  const sentence = table === "rejected_deliveries" ? "sentence" : "result";
  const row = await db
    .selectFrom(table)
    .select(["received_at", `${sentence} as sentence` as never])
    .where("tenant", "=", tenant)
    .where("received_at", ">=", since)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row as { received_at: number; sentence: string | null } | undefined;
}

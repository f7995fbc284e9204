// "Wrong caller ID or shared identity": agents without a phone, several users who are taken for one agent, or who are not
// recognised when they open the app.
import type { Db } from "../../db/schema.ts";
import { agentNumber } from "../../engagements/from-number.ts";
import { PLACES } from "../console-places.ts";
import { type Detector, found, isNewer, ok, unknown } from "./problem-facts.ts";

const REMEDY =
  "Give each agent the phone of their own Follow Up Boss profile as outreach phone; they open the app signed in as themselves.";

export const findWrongIdentity: Detector = async (deps, { tenant, last }) => {
  const action = PLACES.agents(tenant.domain_name);
  const shared = await sharedBy(deps.db, tenant.domain_name);
  if (shared) {
    const agent = tenant.users.find(({ id }) => id === shared.user_id);
    const sentence = `${shared.n} different Follow Up Boss users open the app as ${agent?.name || shared.user_id}, so what they start shows the same number.`;
    return found({ sentence, remedy: REMEDY, action });
  }
  const unknownUser = await last("embed.user_not_found");
  const opened = await last("embed.opened");
  if (isNewer(unknownUser, opened))
    return found({ sentence: unknownUser.message, remedy: REMEDY, action, entry: unknownUser });
  const unmatched = await last("embed.opened", { severity: "warn" });
  const matched = opened?.seq === unmatched?.seq ? null : opened;
  if (isNewer(unmatched, matched)) {
    const sentence = `${unmatched.message}: what they start goes out with the brokerage's number and key.`;
    return found({ sentence, remedy: REMEDY, action, entry: unmatched });
  }
  const without = tenant.users.filter((user) => !agentNumber(user)).map((user) => user.name || user.id);
  if (without.length > 0) {
    const sentence = `No outreach phone is set for ${without.join(", ")}.`;
    return found({ sentence, remedy: REMEDY, action });
  }
  if (tenant.users.length === 0) return unknown("No agents are set up yet.");
  return opened ? ok("Whoever opened the app was recognised.") : unknown("No agent opened the app yet.");
};

/** An agent as whom more than one user of the same account was recognised. */
async function sharedBy(db: Db, tenant: string): Promise<{ user_id: string; n: number } | undefined> {
  const row = await db
    .selectFrom("user_links")
    .select((select) => ["user_id", select.fn.countAll<number>().as("n")])
    .where("tenant", "=", tenant)
    .groupBy(["account_id", "user_id"])
    .having((select) => select.fn.countAll<number>(), ">", 1)
    .limit(1)
    .executeTakeFirst();
  return row && { user_id: row.user_id, n: Number(row.n) };
}

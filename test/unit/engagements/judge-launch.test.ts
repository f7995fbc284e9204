// The rules right before something goes out, at their narrowest: two to the same person at once, somebody who cancels while
// they are asked, and a start that got lost in the evening and is found not to have happened at night.
import { expect, test } from "vitest";
import type { ChannelProvider } from "../../../server/channels/channel.ts";
import { controlEngagement } from "../../../server/engagements/control-engagement.ts";
import { findEngagement, updateEngagement } from "../../../server/engagements/engagement.store.ts";
import { launchEngagement } from "../../../server/engagements/launch-engagement.ts";
import type { ReadKnowledge } from "../../../server/engagements/read-knowledge.ts";
import type { TenantSettings } from "../../../shared/settings.schema.ts";
import { type EngagementWorld, openEngagements } from "./open-engagements.ts";

const HOUR = 3_600_000;

/** A carrier that reaches people, and what it was asked to start. */
async function openCarrier(changes: Partial<TenantSettings> = {}, lost: null | "unknown" = "unknown") {
  const started: string[] = [];
  const answer = async () => ({ reference: "call-1", snapshot: null, nextPollAt: null });
  const carrier: ChannelProvider = {
    name: "twilio",
    startIsIdempotent: false,
    reachesPeople: true,
    start: ({ engagementId }) => {
      started.push(engagementId);
      return answer();
    },
    poll: answer,
    pause: answer,
    resume: answer,
    cancel: answer,
    ...(lost === null && { findStart: async () => null }),
  };
  const world = await openEngagements({ channels: { phone: "twilio" }, ...changes }, [carrier]);
  return { world, started };
}

const decisions = async ({ db }: EngagementWorld, id: string): Promise<string[]> =>
  (
    await db.selectFrom("contact_ledger").selectAll().where("engagement_id", "=", id).orderBy("id").execute()
  ).map(({ stage, decision, rule }) => `${stage} ${decision} ${rule ?? ""}`.trim());

test.each([
  ["a cap", { contact_caps: { calls: { per_day: 1 } } }, "contact_cap"],
  ["a cool-down", { cool_down_minutes: 30 }, "cool_down"],
] as const)("%s lets one of two go that are launched in the same moment", async (_what, changes, rule) => {
  const { world, started } = await openCarrier({ ...changes, cool_down_minutes: 0 });
  const ids = [await world.start(), await world.start()];
  const strict = await openCarrier(changes);
  const tenant = strict.world.settings.tenant;
  const deps = {
    ...world,
    settings: { ...world.settings, tenant },
    rules: { ...world.rules, tenant },
  };
  await Promise.all(ids.map((id) => launchEngagement(deps, id)));
  expect(started).toHaveLength(1);
  const rows = await Promise.all(ids.map((id) => findEngagement(world.db, id)));
  expect(rows.map((row) => row?.launch_state).toSorted()).toEqual(["launched", "none"]);
  expect(rows.map((row) => row?.outcome)).toContain(rule);
  const told = await Promise.all(ids.map((id) => decisions(world, id)));
  expect(told.toSorted()).toEqual([
    ["queue allowed", "launch allowed"],
    ["queue allowed", `launch refused ${rule}`],
  ]);
});

test.each(["cancel", "pause"] as const)(
  "%s, while the CRM is asked at night, is not undone",
  async (control) => {
    const { world, started } = await openCarrier();
    const id = await world.start();
    await world.clock.advance(12 * HOUR);
    const readKnowledge: ReadKnowledge = async () => {
      await controlEngagement(world, id, control, "Ann");
      return undefined;
    };
    expect(await launchEngagement({ ...world, readKnowledge }, id)).toBe("settled");
    expect(await findEngagement(world.db, id)).toMatchObject({
      status: control === "cancel" ? "canceled" : "paused",
      scheduled_at: null,
    });
    expect(started).toEqual([]);
    expect(await decisions(world, id)).toEqual(["queue allowed"]);
  },
);

test("what got lost on its way out and did not happen is not dialled at night", async () => {
  const { world, started } = await openCarrier({}, null);
  const id = await world.start();
  await updateEngagement(world.db, id, { launch_state: "launching", launch_attempts: 1 }, world.clock.now());
  await world.clock.advance(12 * HOUR);
  // 10 pm in Toronto; from 9 am.
  expect(await launchEngagement(world, id)).toBe(Date.parse("2026-03-03T14:00:00Z"));
  expect(started).toEqual([]);
  expect(await findEngagement(world.db, id)).toMatchObject({ status: "queued", launch_state: "none" });
  await world.clock.advance(11 * HOUR);
  expect(await launchEngagement(world, id)).toBe("settled");
  expect(started).toEqual([id]);
  expect(await findEngagement(world.db, id)).toMatchObject({ launch_state: "launched", launch_attempts: 2 });
  expect(await decisions(world, id)).toEqual([
    "queue allowed",
    "launch held outside_hours",
    "launch allowed",
  ]);
});

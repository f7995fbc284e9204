// When an outreach's rows go out to the CRM, and which budget the job waits for.
import { describe, expect, test } from "vitest";
import type { ProviderSnapshot } from "../../../server/channels/channel.ts";
import { endEngagement } from "../../../server/engagements/end-engagement.ts";
import { updateEngagement } from "../../../server/engagements/engagement.store.ts";
import { crmLane } from "../../../server/engagements/queue-activities.ts";
import { recordSnapshot } from "../../../server/engagements/record-snapshot.ts";
import type { StartRequest } from "../../../server/engagements/start-request.ts";
import { FAKE_START } from "../../helpers/fake-clock.ts";
import { type EngagementWorld, openEngagements } from "./open-engagements.ts";

const SYNCED = { fub_sync_contacts: true, crm_sync_provider: "followup_boss" } as const;

async function startText(world: EngagementWorld, campaign: boolean, more: Partial<StartRequest> = {}) {
  const id = await world.start({ channel: "sms", ...more });
  if (campaign) {
    const change = { campaign_id: "bat_1", campaign_state: "released" } as const;
    await updateEngagement(world.db, id, change, world.clock.now());
  }
  return id;
}

/** The conversation has so many rows now. */
async function say(world: EngagementWorld, id: string, rows: number, over = false): Promise<void> {
  const now = world.clock.now();
  const snapshot: ProviderSnapshot = {
    status: over ? "completed" : "in_progress",
    outcome: over ? "connected" : null,
    summary: null,
    startedAt: FAKE_START,
    completedAt: over ? now : null,
    duration: over ? 0 : null,
    transcript: Array.from({ length: rows }, (_, index) => ({
      at: FAKE_START + index,
      direction: index % 2 === 0 ? "outbound" : "inbound",
      text: `row ${index}`,
    })),
    history: [],
    seenAt: now,
  };
  await recordSnapshot(world, id, { snapshot });
}

const syncJobs = async (world: EngagementWorld) =>
  (await world.db.selectFrom("jobs").selectAll().where("kind", "=", "sync-activity").execute()).map(
    ({ run_at, lane_key }) => ({ seconds: (run_at - FAKE_START) / 1_000, lane_key }),
  );

describe("rows of one conversation", () => {
  test.each([
    ["wait 3 s for each other, since somebody may be looking", false, 3],
    ["of a campaign wait for its end, two minutes at the most", true, 120],
  ])("%s", async (_what, campaign, seconds) => {
    const world = await openEngagements(SYNCED);
    const id = await startText(world, campaign);
    await say(world, id, 1);
    await world.clock.advance(2_000);
    await say(world, id, 2);
    // From the first row on, however many follow.
    expect(await syncJobs(world)).toEqual([{ seconds, lane_key: "notes:1" }]);
  });

  test.each([
    ["with its last row", 3],
    ["without another row", 2],
  ])("go out at once when the conversation ends %s, as one note", async (_what, rows) => {
    const world = await openEngagements(SYNCED);
    const id = await startText(world, true);
    await say(world, id, 2);
    await world.clock.advance(40_000);
    await say(world, id, rows, true);
    expect(await syncJobs(world)).toEqual([{ seconds: 40, lane_key: "notes:1" }]);
    expect(await world.db.selectFrom("activities").select("kind").execute()).toEqual([{ kind: "note" }]);
  });
});

test("a call's record waits for the account's calls", async () => {
  const world = await openEngagements(SYNCED);
  const id = await world.start({ channel: "phone" });
  await say(world, id, 2, true);
  expect(await syncJobs(world)).toEqual([{ seconds: 0, lane_key: "calls:1" }]);
});

test.each(["do_not_call", "contact_cap", "outside_hours", "canceled"])(
  "what ended with %s before it was handed over is no call",
  async (outcome) => {
    const world = await openEngagements(SYNCED);
    const id = await world.start({ channel: "phone" });
    await endEngagement(world, id, { status: "failed", outcome, detail: "Not at this hour" });
    expect(await syncJobs(world)).toEqual([]);
  },
);

test("while the account is not known, the key that acts stands for it", () => {
  const row = { tenant: "acme", crm_account_id: null, acts_with: "user:u1" };
  expect(crmLane(row, "note")).toBe("notes:acme/user:u1");
  expect(crmLane({ ...row, crm_account_id: "7001" }, "person")).toBe("people:7001");
});

// The rules right before something goes out, at their narrowest: two to the same person at once, somebody who cancels while
// they are asked, and a start that got lost in the evening and is found not to have happened at night.
import { describe, expect, test } from "vitest";
import { GatewayError, RETRY_LATER } from "../../../server/base/errors.ts";
import { handOverChunk } from "../../../server/campaigns/hand-over-chunk.ts";
import { chunkReference } from "../../../server/campaigns/launch-rows.ts";
import { type NewCampaign, openCampaignRow } from "../../../server/campaigns/open-campaign-row.ts";
import type { BulkOrder, ChannelProvider } from "../../../server/channels/channel.ts";
import { controlEngagement } from "../../../server/engagements/control-engagement.ts";
import {
  type EngagementRow,
  findEngagement,
  updateEngagement,
} from "../../../server/engagements/engagement.store.ts";
import { carrierReading } from "../../../server/engagements/hear-first.ts";
import { launchEngagement } from "../../../server/engagements/launch-engagement.ts";
import type { ReadKnowledge } from "../../../server/engagements/read-knowledge.ts";
import { enqueue } from "../../../server/queue/enqueue.ts";
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
  return { world, started, carrier };
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

test("an outreach is set aside for a person where the CRM refuses to tell of its contact, and goes out once that is mended", async () => {
  const { world, started } = await openCarrier({ contact_hours: "never" });
  const id = await world.start();
  const dead: ReadKnowledge = () => Promise.reject(new GatewayError("crm_unauthorized"));
  expect(await launchEngagement({ ...world, readKnowledge: dead }, id)).toBe("settled");
  const parked = await findEngagement(world.db, id);
  expect(parked).toMatchObject({ status: "paused", launch_state: "none" });
  expect(parked?.parked_reason).toContain("could not be looked up in the CRM: Follow Up Boss did not accept");
  expect(started).toEqual([]);
  await controlEngagement(world, id, "resume", "Ann");
  expect(await launchEngagement({ ...world, readKnowledge: async () => undefined }, id)).toBe("settled");
  expect(started).toEqual([id]);
});

describe("a chunk of a campaign", () => {
  /** Two to the same person, and one to somebody who did not agree, in one chunk; who of them was handed over. */
  async function openChunk(changes: Partial<TenantSettings>) {
    const taken: string[][] = [];
    const { carrier } = await openCarrier();
    const start = async ({ orders }: BulkOrder) => {
      taken.push(orders.map(({ contact }) => contact));
      return { batchReference: "b1", refused: [], queued: orders.length };
    };
    const bulk = { ...carrier, bulk: { most: 1_000, start } };
    const world = await openEngagements(
      { channels: { phone: "twilio" }, contact_hours: "never", ...changes },
      [bulk],
    );
    const now = world.clock.now();
    const campaign = openCampaignRow(CAMPAIGN, now);
    await world.db.insertInto("campaigns").values(campaign).execute();
    for (const [position, [id, value]] of IN_CHUNK.entries()) {
      const own = { value, isPrimary: true, isLandline: null, relationshipId: null };
      const started = await world.start({ person: { id, name: id }, phones: [own] });
      const place = { campaign_id: campaign.id, campaign_position: position, campaign_state: "released" };
      await world.db
        .updateTable("engagements")
        .set({ ...place, provider_ref: chunkReference("c1") } as Partial<EngagementRow>)
        .where("id", "=", started)
        .execute();
    }
    const readKnowledge: ReadKnowledge = async ({ person_id }) => ({
      consent: { phone: person_id !== "no" },
    });
    return { world: { ...world, readKnowledge }, campaign, taken };
  }

  test("holds a person once where they may be called once, and nobody who did not agree", async () => {
    const { world, campaign, taken } = await openChunk({ contact_caps: { calls: { per_day: 1 } } });
    expect(await handOverChunk(world, campaign.id, "c1")).toBe("settled");
    expect(taken).toEqual([["+14165550120"]]);
    const rows = await world.db.selectFrom("engagements").selectAll().orderBy("campaign_position").execute();
    expect(rows.map(({ launch_state, outcome }) => [launch_state, outcome])).toEqual([
      ["launched", null],
      ["none", "contact_cap"],
      ["none", "no_consent"],
    ]);
  });

  test("waits until what contacts wrote was read, and leaves nothing half taken when the CRM does not answer", async () => {
    const { world, campaign, taken } = await openChunk({});
    const now = world.clock.now();
    const dedupeKey = carrierReading("acme");
    await enqueue(world.db, "read-inbound", { tenant: "acme" }, { now, dedupeKey });
    expect(await handOverChunk(world, campaign.id, "c1")).toBeGreaterThan(now);
    await world.db.deleteFrom("jobs").where("dedupe_key", "=", dedupeKey).execute();
    const silent: ReadKnowledge = async ({ person_id }) => {
      if (person_id === "no") throw new GatewayError("crm_unavailable", { retry: RETRY_LATER });
      return undefined;
    };
    await expect(handOverChunk({ ...world, readKnowledge: silent }, campaign.id, "c1")).rejects.toMatchObject(
      { code: "crm_unavailable" },
    );
    expect(taken).toEqual([]);
    expect(await handOverChunk(world, campaign.id, "c1")).toBe("settled");
    expect(taken).toEqual([["+14165550120", "+14165550121"]]);
  });
});

const IN_CHUNK = [
  ["twice", "+14165550120"],
  ["twice", "+14165550121"],
  ["no", "+14165550122"],
] as const;

const CAMPAIGN: NewCampaign = {
  ...{ tenant: "acme", crmAccountId: "1", key: "bulk/1", requestHash: "same", source: "bulk" },
  ...{ smartListId: null, name: "Batch", channel: "phone", type: "conversational", instruction: "" },
  actor: { userId: null, name: null, crmUserId: null, actsWith: "tenant", fromNumber: null },
  ...{ provider: null, status: "running", stage: "queued", pace: undefined, retry: undefined },
};

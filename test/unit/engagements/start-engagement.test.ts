import { describe, expect, test } from "vitest";
import { controlEngagement } from "../../../server/engagements/control-engagement.ts";
import { endEngagement } from "../../../server/engagements/end-engagement.ts";
import { findEngagement } from "../../../server/engagements/engagement.store.ts";
import { launchEngagement } from "../../../server/engagements/launch-engagement.ts";
import { openEngagements } from "./open-engagements.ts";

const LANDLINE = { value: "+14165550111", isPrimary: true, isLandline: true, relationshipId: null };

describe("one start", () => {
  test("leaves its row, its job and its line in the journal together; asked twice it is the same start", async () => {
    const world = await openEngagements();
    const first = await world.start({ startKey: "click-a" });
    expect(await world.start({ startKey: "click-a" })).toBe(first);
    await expect(world.start({ startKey: "click-a", requestHash: "other" })).rejects.toMatchObject({
      code: "idempotency_key_reused",
    });
    expect(await world.db.selectFrom("engagements").select("status").execute()).toEqual([
      { status: "accepted" },
    ]);
    expect(await world.db.selectFrom("jobs").select("kind").execute()).toEqual([
      { kind: "launch-engagement" },
    ]);
    expect(await world.db.selectFrom("journal").select("event").execute()).toEqual([
      { event: "engagement.accepted" },
    ]);
  });

  test("that a rule refuses leaves its row with the rule and no job", async () => {
    const world = await openEngagements();
    const id = await world.start({ channel: "sms", phones: [LANDLINE] });
    expect(await findEngagement(world.db, id)).toMatchObject({
      status: "failed",
      outcome: "landline",
      rule: "landline",
    });
    expect(await world.db.selectFrom("jobs").select("kind").execute()).toEqual([]);
  });
});

describe("a cool-down", () => {
  test("refuses the same person or number on the same channel, and ends with its time", async () => {
    const world = await openEngagements({ cool_down_minutes: 30 });
    const ruleOf = async (id: string) => (await findEngagement(world.db, id))?.rule;
    expect(await ruleOf(await world.start())).toBeNull();
    expect(await ruleOf(await world.start())).toBe("cool_down");
    expect(await ruleOf(await world.start({ channel: "sms" }))).toBeNull();
    const elsewhere = { value: "+14165550199", isPrimary: true, isLandline: null, relationshipId: null };
    expect(await ruleOf(await world.start({ phones: [elsewhere] }))).toBe("cool_down");
    expect(await ruleOf(await world.start({ phones: [elsewhere], crmAccountId: "2" }))).toBeNull();
    await world.clock.advance(30 * 60_000);
    // A refused one does not prolong it.
    expect(await ruleOf(await world.start())).toBeNull();
  });

  test("does not count what ended before it went out: canceled, or refused at the last moment", async () => {
    const world = await openEngagements({ cool_down_minutes: 30 });
    const ruleOf = async (id: string) => (await findEngagement(world.db, id))?.rule;
    const ways = [
      (id: string) => controlEngagement(world, id, "cancel", "Ann"),
      (id: string) =>
        endEngagement(world, id, { status: "failed", outcome: "do_not_call", detail: "On the list" }),
    ];
    for (const end of ways) {
      const id = await world.start();
      expect(await ruleOf(id)).toBeNull();
      await end(id);
    }
    expect(await ruleOf(await world.start())).toBeNull();
  });

  test("is looked at again when a scheduled one is launched", async () => {
    const world = await openEngagements({ cool_down_minutes: 30 });
    const later = await world.start({ scheduledAt: world.clock.now() + 45 * 60_000 });
    await world.clock.advance(31 * 60_000);
    const between = await world.start();
    await launchEngagement(world, between);
    await world.clock.advance(14 * 60_000);
    await launchEngagement(world, later);
    expect(await findEngagement(world.db, later)).toMatchObject({ status: "failed", outcome: "cool_down" });
  });
});

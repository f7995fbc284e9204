import { describe, expect, it } from "vitest";
import { pruneDeliveries } from "../../../server/webhooks/prune-deliveries.ts";
import { openTestDatabase } from "../../helpers/open-test-database.ts";

const DAY = 24 * 3_600_000;
const NOW = 400 * DAY;

describe("deliveries that were kept long enough", () => {
  it("go, but for those that still wait and those Follow Up Boss may repeat", async () => {
    const db = await openTestDatabase();
    const row = (event_id: string, days: number, state: "done" | "waiting" | "stored") => ({
      tenant: "t",
      source: "followup_boss",
      account: "",
      event_id,
      event: "peopleUpdated",
      event_created: null,
      received_at: NOW - days * DAY,
      signature: "official",
      headers: "{}",
      body: "{}",
      state,
      result: null,
      processed_at: null,
      replays: 0,
      recovered: 0,
    });
    await db
      .insertInto("deliveries")
      .values([
        row("old", 91, "done"),
        row("waits", 91, "waiting"),
        row("fresh", 3, "stored"),
        row("week", 6, "done"),
      ])
      .execute();
    expect(await pruneDeliveries(db, { now: NOW, days: 90 })).toBe(1);
    expect(await pruneDeliveries(db, { now: NOW, days: 1 })).toBe(0);
    const left = await db.selectFrom("deliveries").select("event_id").orderBy("id").execute();
    expect(left.map(({ event_id }) => event_id)).toEqual(["waits", "fresh", "week"]);
  });
});

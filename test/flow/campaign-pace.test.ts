// How fast campaigns go, and who goes first: the pace of a channel and of a campaign is kept, a short campaign and a
// single start are not kept waiting by a long one.
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, describe, expect, it } from "vitest";
import { growList } from "../../server/sandbox/grow-list.ts";
import type { Pace } from "../../shared/pace.schema.ts";
import { expectAddsUp, isOver, storedOutreaches } from "../helpers/campaign-checks.ts";
import { type CampaignClient, campaignClient, campaignQuery } from "../helpers/campaign-client.ts";
import { openSigned, startOn, untilEnded } from "../helpers/embed-client.ts";
import { createFastClock } from "../helpers/fast-clock.ts";
import { startTestWorld, type TestWorld, type TestWorldOptions } from "../helpers/start-gateway.ts";

let world: TestWorld;
let ann: CampaignClient;
afterEach(() => world.close());

const account = () => world.sandbox.fub.account("fub-test");

async function open(options: TestWorldOptions, pace?: Pace): Promise<void> {
  world = await startTestWorld({
    ...options,
    setup: (setup) => ({
      ...setup,
      tenants: (setup.tenants ?? []).map((tenant) => (pace ? { ...tenant, pace: { phone: pace } } : tenant)),
    }),
  });
  world.sandbox.fub.options.limits.global = { registered: 20_000, unregistered: 20_000 };
  ann = await campaignClient(world.url, campaignQuery({ account: account(), userId: 2 }));
}

const grow = (count: number, listName: string): string =>
  String(growList(account(), { count, listName, assignedTo: [2] }).list.id);

/** When each outreach of a campaign was begun by its provider, on the gateway's clock, in order. */
function begunAt(campaignId: string): number[] {
  const database = new DatabaseSync(join(world.dataDir, "gateway.db"), { readOnly: true });
  const rows = database
    .prepare(
      "SELECT started_at FROM engagements WHERE campaign_id = ? AND started_at IS NOT NULL ORDER BY started_at",
    )
    .all(campaignId) as { started_at: number }[];
  database.close();
  return rows.map(({ started_at }) => started_at);
}

/** Most that went on at once, by the times they began and ended. */
function mostAtOnce(campaignIds: readonly string[]): number {
  const database = new DatabaseSync(join(world.dataDir, "gateway.db"), { readOnly: true });
  const marks = campaignIds.flatMap((id) =>
    (
      database.prepare("SELECT started_at, completed_at FROM engagements WHERE campaign_id = ?").all(id) as {
        started_at: number;
        completed_at: number;
      }[]
    ).flatMap(({ started_at, completed_at }) => [
      { at: started_at, step: 1 },
      { at: completed_at, step: -1 },
    ]),
  );
  database.close();
  let [now, most] = [0, 0];
  for (const { step } of marks.toSorted((a, b) => a.at - b.at || a.step - b.step)) {
    now += step;
    most = Math.max(most, now);
  }
  return most;
}

/** Starts per minute between the first and the last of them. */
function rateOf(times: readonly number[]): number {
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
  return ((times.length - 1) / span) * 60_000;
}

describe("fair", () => {
  it("a campaign of 30 is over long before one of 2,000, and a single start goes at once", async () => {
    await open({ environment: { SIMULATOR_SPEED: "0.02" } });
    const [long, short] = [grow(2_000, "Long"), grow(30, "Short")];
    const single = async (): Promise<number> => {
      const began = performance.now();
      const page = await openSigned(world.url, { account: account(), userId: 2, personId: 107 });
      const { body } = await startOn(world.url, page.model.session, {});
      await untilEnded(world.url, page.model.session, body.engagement_id ?? "");
      return performance.now() - began;
    };
    const idleMs = await single();
    const { body: first } = await ann.start({ smart_list_id: long });
    await ann.until(first.batch_id, ({ done, status }) => status === "running" && done > 50, 30_000);
    const singleMs = await single();
    const { body: second } = await ann.start({ smart_list_id: short });
    const began = performance.now();
    expectAddsUp(await ann.until(second.batch_id, isOver, 60_000));
    const shortMs = performance.now() - began;
    const rest = await ann.read(first.batch_id);
    expect(rest.status).toBe("running");
    // Taken in turn it would have waited for all 2,000.
    expect(rest.done).toBeLessThan(1_800);
    // All places of campaigns were taken; whoever asked for one person needed none of them and was through before.
    process.stdout.write(
      `one person: ${Math.round(idleMs)} ms idle, ${Math.round(singleMs)} ms beside 2,000; 30 people: ${Math.round(shortMs)} ms\n`,
    );
    await ann.control(first.batch_id, "cancel");
  });
});

describe("a pace", () => {
  it("of a channel and of a campaign: never more at once than both allow", async () => {
    await open({ environment: { SIMULATOR_SPEED: "0.005" } }, { at_once: 12 });
    const ids: string[] = [];
    for (const [count, at_once] of [
      [80, 5],
      [80, undefined],
    ] as const) {
      const pace = at_once === undefined ? {} : { pace: { at_once } };
      const { body } = await ann.start({ smart_list_id: grow(count, `Of ${at_once}`), ...pace });
      ids.push(body.batch_id);
    }
    for (const id of ids) {
      let most = 0;
      await ann.until(
        id,
        (campaign) => {
          most = Math.max(most, campaign.active);
          return isOver(campaign);
        },
        20_000,
      );
      expect(most).toBeLessThanOrEqual(12);
    }
    expect(mostAtOnce(ids.slice(0, 1))).toBeLessThanOrEqual(5);
    expect(mostAtOnce(ids)).toBeLessThanOrEqual(12);
    expect(mostAtOnce(ids)).toBeGreaterThan(8);
  });

  it.each([
    ["a channel's", { per_minute: 60 }, undefined, 60],
    ["a campaign's", undefined, { per_minute: 60 }, 60],
    ["the slower of both", { per_minute: 240 }, { per_minute: 60 }, 60],
    ["the slower of both", { per_minute: 60 }, { per_minute: 240 }, 60],
  ])("per minute, %s (%o, %o), is kept within a tenth", async (_whose, channel, own, expected) => {
    await open({ clock: createFastClock(8), environment: { SIMULATOR_SPEED: "0.01" } }, channel);
    const { body } = await ann.start({ smart_list_id: grow(24, "Paced"), ...(own ? { pace: own } : {}) });
    expectAddsUp(await ann.until(body.batch_id, isOver, 20_000));
    const rate = rateOf(begunAt(body.batch_id));
    expect(rate).toBeGreaterThan(expected * 0.9);
    expect(rate).toBeLessThan(expected * 1.1);
  });

  it("of 1,200 per minute is kept on the real clock, shared by two campaigns", async () => {
    await open({ environment: { SIMULATOR_SPEED: "0" } }, { per_minute: 1_200 });
    const ids: string[] = [];
    for (const name of ["One", "Two"])
      ids.push((await ann.start({ smart_list_id: grow(40, name) })).body.batch_id);
    for (const id of ids) await ann.until(id, isOver, 20_000);
    const rate = rateOf(ids.flatMap(begunAt).toSorted((a, b) => a - b));
    expect(rate).toBeGreaterThan(1_080);
    expect(rate).toBeLessThan(1_320);
    expect(storedOutreaches(world.dataDir, ids[0] ?? "")).toHaveLength(40);
  });
});

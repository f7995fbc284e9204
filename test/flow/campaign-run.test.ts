// A Smart List campaign from the page to the records in Follow Up Boss: review, start, results, control.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { growList } from "../../server/sandbox/grow-list.ts";
import { campaignClient, campaignQuery } from "../helpers/campaign-client.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";

const ENDED = ["completed", "failed", "canceled"];

describe("a Smart List campaign", () => {
  let at: TestWorld;
  beforeEach(async () => {
    at = await startTestWorld();
  });
  afterEach(() => at.close());

  const account = () => at.sandbox.fub.account("fub-test");
  const asAnn = () => campaignClient(at.url, campaignQuery({ account: account(), userId: 2 }));

  it("opens without a person, with the lists of the acting agent's key", async () => {
    const { model } = await asAnn();
    expect(model.state).toBe("ready");
    expect(model.smart_lists?.map(({ name }) => name)).toContain("Ann's own list");
    expect(model.agent).toMatchObject({ name: "Ann One", from: "+14165550111", matched: "matched by phone" });
    const sizes = await (await (await asAnn()).get("/lists/sizes?ids=23,24")).json();
    expect(sizes).toEqual({ sizes: { 23: 7, 24: 0 } });
  });

  it("runs exactly what was reviewed and writes one call for each person", async () => {
    const ann = await asAnn();
    // A click id is any text; what is null was left out.
    const body = { smart_list_id: "23", click_id: "1 / é", instruction: null, pace: null };
    const review = await ann.preflight(body);
    expect(review.status).toBe(200);
    expect(review.body).toMatchObject({ status: "checked", total: 7 });
    expect(review.body.will_queue + sum(review.body.skipped)).toBe(7);
    const started = await ann.start(body);
    expect(started.status).toBe(202);
    expect(started.body.queued_calls).toBe(review.body.will_queue);
    expect(started.body.batch_id).toBe(review.body.batch_id);
    const over = await ann.until(started.body.batch_id, ({ status }) => ENDED.includes(status));
    expect(over).toMatchObject({
      status: "completed",
      done: over.queued_calls,
      skipped: review.body.skipped,
    });
    expect(sum(over.outcomes)).toBe(over.done);
    const again = await ann.start(body);
    expect(again.body.batch_id).toBe(started.body.batch_id);
    await waitFor("all calls", () => (account().calls.length === over.done ? true : undefined));
    expect(new Set(account().calls.map(({ userId }) => userId))).toEqual(new Set([2]));
  });

  it("queues a list of several pages without a review", async () => {
    const { list } = growList(account(), { count: 350, listName: "Three hundred and fifty" });
    const ann = await asAnn();
    const started = await ann.start({ smart_list_id: String(list.id), channel: "sms" });
    expect(started.status).toBe(202);
    expect(started.body.queued_calls).toBeGreaterThanOrEqual(100);
    const over = await ann.until(started.body.batch_id, ({ status }) => ENDED.includes(status), 60_000);
    expect(over).toMatchObject({ status: "completed", total: 350, queued_calls: 350, done: 350 });
    const people = await ann.people(started.body.batch_id, "?limit=500");
    expect(new Set(people.people.map(({ person_id }) => person_id)).size).toBe(350);
  });
});

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, n) => total + n, 0);

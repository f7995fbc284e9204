// Batches as integrators find them again: whose they are, in which order, and how large they may be.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { askBulk, type Batch, readBatch, submitBatch } from "../helpers/bulk-client.ts";
import { campaignClient, campaignQuery } from "../helpers/campaign-client.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";
import { integratorKey } from "../helpers/talk-to-gateway.ts";

let world: TestWorld;
beforeEach(async () => {
  world = await startTestWorld();
});
afterEach(() => world.close());

const fub = () => world.sandbox.fub.account("fub-test");
const row = (n: number) => ({ phone_number: `+1905555${n}`, instruction: "Invite to the open house" });
const refused = (status: number, code: string) => ({ status, body: { error: { code } } });

describe("keys and lists", () => {
  test("another brokerage's key starts nothing and sees nothing", async () => {
    const theirs = integratorKey(world, "fub-solo");
    const { body } = await submitBatch(world, [row(2600)]);
    expect(await submitBatch(world, [row(2601)], {}, { key: theirs })).toMatchObject(
      refused(403, "forbidden"),
    );
    expect(await submitBatch(world, [row(2601)], { domain_name: "nobody" })).toMatchObject(
      refused(404, "tenant_not_found"),
    );
    for (const key of ["avt_wrong", null]) {
      expect(await submitBatch(world, [row(2601)], {}, { key })).toMatchObject(refused(401, "unauthorized"));
      for (const path of ["/batches", `/batches/${body.batch_id}`])
        expect(await askBulk(world, path, undefined, { key })).toMatchObject(refused(401, "unauthorized"));
    }
    expect(await askBulk(world, `/batches/${body.batch_id}`, undefined, { key: theirs })).toMatchObject(
      refused(404, "campaign_not_found"),
    );
    for (const id of ["nothing", "%00", "..%2F..", "x".repeat(500)])
      expect(await askBulk(world, `/batches/${id}`)).toMatchObject({
        status: expect.toSatisfy((status) => [400, 404].includes(status)),
      });
  });

  test("batches come newest first, page by page, campaigns of the app among them", async () => {
    const ann = await campaignClient(world.url, campaignQuery({ account: fub(), userId: 2 }));
    for (const n of [2610, 2611, 2612]) await submitBatch(world, [row(n)]);
    const theirs = integratorKey(world, "fub-solo");
    await submitBatch(world, [row(2613)], { domain_name: "fub-solo" }, { key: theirs });
    const campaign = (await ann.start({ smart_list_id: "23" })).body.batch_id;
    await ann.preflight({ smart_list_id: "22" });
    const whole = (await askBulk<{ batches: Batch[]; next: string | null }>(world, "/batches?limit=100"))
      .body;
    expect(whole.next).toBeNull();
    expect(whole.batches[0]).toMatchObject({
      batch_id: campaign,
      source: "smart_list",
      domain_name: "fub-test",
    });
    const ids: string[] = [];
    for (let before: string | null = ""; before !== null; ) {
      const more: string = before === "" ? "" : `&before=${before}`;
      const page = (
        await askBulk<{ batches: Batch[]; next: string | null }>(world, `/batches?limit=2${more}`)
      ).body;
      ids.push(...page.batches.map(({ batch_id }) => batch_id));
      before = page.next;
    }
    expect(ids).toEqual(whole.batches.map(({ batch_id }) => batch_id));
    expect(await readBatch(world, campaign)).toMatchObject({ source: "smart_list", errors: [] });
    const cara = (
      await askBulk<{ batches: Batch[] }>(world, "/batches", undefined, {
        key: integratorKey(world, "fub-solo"),
      })
    ).body;
    for (const { domain_name } of cara.batches) expect(domain_name).toBe("fub-solo");
    for (const query of [
      "limit=0",
      "limit=101",
      "limit=x",
      "before=nothing",
      `before=${cara.batches[0]?.batch_id}`,
    ])
      expect(await askBulk(world, `/batches?${query}`)).toMatchObject(refused(400, "invalid_request"));
  });
});

test("a batch of 1,000 rows is taken in one answer; of 1,001 or none not at all", async () => {
  const rows = Array.from({ length: 1_000 }, (_, n) => ({ ...row(0), phone_number: `+1647555${1000 + n}` }));
  const began = performance.now();
  const answer = await submitBatch(world, rows, { call_type: "informational" });
  const tookMs = Math.round(performance.now() - began);
  process.stdout.write(`1,000 rows were in line after ${tookMs} ms\n`);
  expect(answer).toMatchObject({ status: 200, body: { queued_calls: 1_000, errors: [] } });
  expect((await readBatch(world, answer.body.batch_id)).total).toBe(1_000);
  const before = (await askBulk<{ batches: Batch[] }>(world, "/batches")).body.batches.length;
  for (const [wrong, says] of [
    [[...rows, row(2003)], "rows: may have at most 1000 rows"],
    [[], "rows: must have at least one row"],
    [undefined, "rows: is missing"],
    ["x", "rows: must be a list"],
  ])
    expect(await submitBatch(world, wrong)).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_request", message: says } },
    });
  expect((await askBulk<{ batches: Batch[] }>(world, "/batches")).body.batches.length).toBe(before);
});

// Campaigns at the console: all of a brokerage's, one with its way from the list to the outcomes, and its controls.
import { afterEach, beforeEach, expect, it } from "vitest";
import { growList } from "../../server/sandbox/grow-list.ts";
import { peoplePageSchema } from "../../shared/campaign.schema.ts";
import { campaignOf, campaignsOf, homeOf } from "../helpers/ask-console.ts";
import { campaignClient, campaignQuery } from "../helpers/campaign-client.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";
import { admin, journalOf } from "../helpers/talk-to-gateway.ts";

let at: TestWorld;
beforeEach(async () => {
  at = await startTestWorld();
});
afterEach(() => at.close());

const account = () => at.sandbox.fub.account("fub-test");
const asAnn = () => campaignClient(at.url, campaignQuery({ account: account(), userId: 2 }));
const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((a, b) => a + b, 0);

it("shows a campaign from the list to the outcomes", async () => {
  const ann = await asAnn();
  await ann.preflight({ smart_list_id: "23", channel: "sms" });
  expect((await campaignsOf(at)).campaigns).toEqual([]);
  const started = await ann.start({ smart_list_id: "23" });
  const id = started.body.batch_id;
  await ann.until(id, ({ status }) => status === "completed");
  const { campaign, funnel, left_out, chart } = await campaignOf(at, id);
  expect(campaign).toMatchObject({
    domain_name: "fub-test",
    by: "Ann One",
    source: "smart_list",
    status: "completed",
  });
  expect(funnel.map(({ n }) => n)).toEqual(funnel.map(({ n }) => n).toSorted((a, b) => b - a));
  expect(funnel[0]?.n).toBe(7);
  expect(funnel[2]?.n).toBe(campaign.done);
  expect(left_out.map(({ reason, n }) => [reason, n])).toEqual(
    expect.arrayContaining(Object.entries(campaign.skipped)),
  );
  for (const { label } of left_out) expect(label).toMatch(/\.$/);
  expect(chart.steps.length).toBeGreaterThan(0);
  expect(chart.steps.reduce((all, { outcomes }) => all + sum(outcomes), 0)).toBe(campaign.done);
  const people = peoplePageSchema.parse(
    (await admin<unknown>(at, "GET", `/campaigns/${id}/people?state=done`)).body,
  );
  expect(people.people).toHaveLength(campaign.done);
  expect(await journalOf(at, "q=campaign%20completed&channel=phone")).toMatchObject([
    { event: "campaign.completed" },
  ]);
});

it("lists them page by page, those that go on apart, and pauses, resumes and cancels", async () => {
  const { list } = growList(account(), { count: 30, listName: "Thirty" });
  const ann = await asAnn();
  const ids: string[] = [];
  for (let nth = 0; nth < 3; nth++) {
    const started = await ann.start({
      smart_list_id: String(list.id),
      channel: "email",
      pace: { per_minute: 1 },
    });
    ids.unshift(started.body.batch_id);
    await ann.until(started.body.batch_id, ({ status }) => status === "running");
  }
  const first = await campaignsOf(at, { limit: "2", tenant: "fub-test" });
  expect(first.campaigns.map(({ batch_id }) => batch_id)).toEqual(ids.slice(0, 2));
  const second = await campaignsOf(at, { limit: "2", before: first.next ?? "" });
  expect([second.campaigns.map(({ batch_id }) => batch_id), second.next]).toEqual([ids.slice(2), null]);
  expect((await campaignsOf(at, { tenant: "fub-solo" })).campaigns).toEqual([]);
  const [newest = ""] = ids;
  expect(await admin(at, "POST", `/campaigns/${newest}/pause`)).toMatchObject({
    body: { campaign: { status: "paused" } },
  });
  expect(await admin(at, "POST", `/campaigns/${newest}/resume`)).toMatchObject({
    body: { campaign: { status: "running" } },
  });
  for (const id of ids) await admin(at, "POST", `/campaigns/${id}/cancel`);
  await waitFor("none to go on", async () =>
    (await campaignsOf(at, { show: "open" })).campaigns.length === 0 ? true : undefined,
  );
  expect((await admin(at, "POST", `/campaigns/${newest}/resume`)).status).toBe(409);
  for (const path of ["/campaigns/nobody", "/campaigns/nobody/people"])
    expect((await admin(at, "GET", path)).status).toBe(404);
  expect((await admin(at, "GET", "/campaigns?limit=0")).status).toBe(400);
  const entries = await journalOf(at, "event=campaign.cancel");
  expect(entries[0]?.message).toMatch(/^Somebody at the console asked to cancel/);
});

it("one that stopped with people left waits for a person on the start page", async () => {
  const { list } = growList(account(), { count: 30, listName: "Stops" });
  const ann = await asAnn();
  at.sandbox.fub.faults.add({ method: "POST", path: "/notes", kind: "status", status: 401, times: 3 });
  at.sandbox.fub.faults.add({ method: "GET", path: "/identity", kind: "status", status: 401, times: 1 });
  const pace = { per_minute: 1 };
  const started = await ann.start({ smart_list_id: String(list.id), channel: "sms", pace });
  const id = started.body.batch_id;
  await ann.until(id, ({ status }) => status === "failed");
  expect((await homeOf(at)).needs_you.find((need) => need.id === `campaign/${id}`)).toMatchObject({
    sentence: expect.stringContaining("“Stops” stopped with people still to reach"),
    action: { to: `/outreach/c/${id}` },
  });
  await admin(at, "POST", `/campaigns/${id}/resume`);
  expect((await homeOf(at)).needs_you.map((need) => need.id)).not.toContain(`campaign/${id}`);
});

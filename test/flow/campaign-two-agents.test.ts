// Two agents of Track B with accounts of their own run campaigns at the same time: own key, own number, own budget, and
// results where they belong although both accounts count their people from one.
import { afterEach, beforeEach, expect, it } from "vitest";
import { normalizePhone } from "../../server/sandbox/fub/normalize-phone.ts";
import { type GrownList, growList } from "../../server/sandbox/grow-list.ts";
import type { Pace } from "../../shared/pace.schema.ts";
import { expectAddsUp, expectOneCallEach, isOver, storedOutreaches } from "../helpers/campaign-checks.ts";
import { type CampaignClient, campaignClient, campaignQuery } from "../helpers/campaign-client.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";

let world: TestWorld;
beforeEach(async () => {
  world = await startTestWorld();
});
afterEach(() => world.close());

type Agent = "cara" | "dev";
const account = (agent: Agent) => world.sandbox.fub.account(`solo-${agent}`);
const NUMBER: Readonly<Record<Agent, string>> = { cara: "+14165550133", dev: "+16475550144" };

const open = (agent: Agent): Promise<CampaignClient> =>
  campaignClient(world.url, campaignQuery({ account: account(agent), userId: 1, domainName: "fub-solo" }));

const start = async (client: CampaignClient, { list }: GrownList, pace?: Pace): Promise<string> => {
  const { status, body } = await client.start({ smart_list_id: String(list.id), ...(pace ? { pace } : {}) });
  expect(status, JSON.stringify(body)).toBe(202);
  return body.batch_id;
};

it("each is reached from the agent's own number and recorded with the agent's own key", async () => {
  const grown = {
    cara: growList(account("cara"), { count: 60, listName: "Both", telling: 0.1 }),
    dev: growList(account("dev"), { count: 60, listName: "Both", telling: 0.1 }),
  };
  expect(grown.cara.people.map(({ id }) => id)).toEqual(grown.dev.people.map(({ id }) => id));
  const clients = { cara: await open("cara"), dev: await open("dev") };
  const before = world.sandbox.fub.requests.length;
  const [cara, dev] = await Promise.all([start(clients.cara, grown.cara), start(clients.dev, grown.dev)]);
  const ids = { cara, dev };
  for (const agent of ["cara", "dev"] as const) {
    const { calls, id: accountId } = account(agent);
    const over = await clients[agent].until(ids[agent], isOver, 30_000);
    expect(over).toMatchObject({ status: "completed", queued_calls: 60, from: NUMBER[agent] });
    expectAddsUp(over);
    await waitFor("the records", () => calls.length >= 60 || undefined, 20_000);
    expectOneCallEach(account(agent), grown[agent].people);
    const phones = new Map(grown[agent].people.map(({ id, phones: [phone] }) => [id, phone?.normalized]));
    for (const call of calls) {
      expect(normalizePhone(call.phone)).toBe(phones.get(call.personId));
      expect(normalizePhone(call.fromNumber ?? "")).toBe(normalizePhone(NUMBER[agent]));
    }
    for (const row of storedOutreaches(world.dataDir, ids[agent]))
      expect(row).toMatchObject({
        from_number: NUMBER[agent],
        acts_with: `user:${agent}`,
        crm_account_id: String(accountId),
        dialled: 1,
      });
  }
  const domains = new Set(world.sandbox.fub.requests.slice(before).map(({ domain }) => domain));
  expect(domains).toEqual(new Set(["solo-cara", "solo-dev"]));
  // Neither sees the other's campaign.
  expect((await clients.cara.get(`/${ids.dev}`)).status).toBe(404);
  expect((await clients.dev.control(ids.cara, "cancel")).status).toBe(404);
});

it("one account that is busy, limited or dead does not delay the other", async () => {
  const { fub } = world.sandbox;
  fub.options.limits.global = { registered: 100, unregistered: 100 };
  const cara = await open("cara");
  const dev = await open("dev");
  let runs = 0;
  /** From the click to the last record in Follow Up Boss. */
  const run = async (): Promise<void> => {
    runs += 1;
    const grown = growList(account("cara"), { count: 10, listName: `Run ${runs}` });
    const id = await start(cara, grown);
    const wanted = runs * 10;
    await waitFor("the records", () => account("cara").calls.length >= wanted || undefined, 45_000);
    expectAddsUp(await cara.until(id, isOver));
  };
  const ofDev = () => fub.requests.filter(({ domain }) => domain === "solo-dev");
  const limited = (): number => ofDev().filter(({ status }) => status === 429).length;

  const grown = growList(account("dev"), { count: 600, listName: "Large" });
  // Twice what the account's limit takes.
  const id = await start(dev, grown, { per_minute: 1_200 });
  await waitFor("the other's budget to be used up", () => ofDev().length > 90 || undefined, 45_000);
  await run();
  expect((await dev.read(id)).status, "the busy one is far from through").toBe("running");

  fub.penalties.set(account("dev").id, Date.now() + 4_000);
  await waitFor("the other to be limited", () => limited() > 0 || undefined, 45_000);
  await run();
  fub.penalties.clear();

  account("dev").expired = true;
  await run();
  const stopped = await dev.until(id, isOver, 45_000);
  expect(stopped).toMatchObject({ status: "failed", can_resume: true });
  expect(new Set(account("cara").calls.map(({ personId }) => personId)).size).toBe(runs * 10);
  const ofCara = fub.requests.filter(({ domain }) => domain === "solo-cara");
  expect(ofCara.filter(({ status }) => status === 429)).toEqual([]);
});

// A campaign stops by itself when the agent's account or key dies, and goes on once that is mended; a single record
// refused, or Follow Up Boss being away for a while, stops nothing.
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type GrownList, growList } from "../../server/sandbox/grow-list.ts";
import { expectAddsUp, expectOneCallEach, isOver, storedOutreaches } from "../helpers/campaign-checks.ts";
import { type CampaignClient, campaignClient, campaignQuery } from "../helpers/campaign-client.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";
import { journalOf } from "../helpers/talk-to-gateway.ts";

let world: TestWorld;
let ann: CampaignClient;
let grown: GrownList;
beforeEach(async () => {
  world = await startTestWorld({ environment: { SIMULATOR_SPEED: "0.005" } });
  world.sandbox.fub.options.limits.global = { registered: 20_000, unregistered: 20_000 };
  grown = growList(account(), { count: 120, listName: "Stops", assignedTo: [2] });
  ann = await campaignClient(world.url, campaignQuery({ account: account(), userId: 2 }));
});
afterEach(() => world.close());

const account = () => world.sandbox.fub.account("fub-test");
const body = () => ({ smart_list_id: String(grown.list.id), pace: { at_once: 20 } });
const launched = (id: string): number =>
  storedOutreaches(world.dataDir, id).filter(({ launch_attempts }) => launch_attempts > 0).length;

interface Death {
  readonly kill: () => void;
  readonly mend: () => void;
  readonly code: string;
}
const DEATHS: Readonly<Record<string, () => Death>> = {
  "the account expires": () => ({
    kill: () => {
      account().expired = true;
    },
    mend: () => {
      account().expired = false;
    },
    code: "crm_forbidden",
  }),
  "the agent's key dies": () => {
    const user = account().users.find(({ id }) => id === 2);
    if (!user) throw new Error("no Ann");
    const key = user.apiKey;
    return {
      kill: () => {
        user.apiKey = "fka_another";
      },
      mend: () => {
        user.apiKey = key;
      },
      code: "crm_unauthorized",
    };
  },
};

describe.each(Object.keys(DEATHS))("when %s", (name) => {
  const deathOf = (): Death => DEATHS[name]?.() ?? { kill: () => {}, mend: () => {}, code: "" };

  it("while the list is reviewed: the review says so, and nobody is contacted", async () => {
    const death = deathOf();
    world.sandbox.fub.onListPage = (page) => page === 1 && death.kill();
    const answer = await ann.preflight(body());
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.body.error).toMatchObject({ code: death.code, message: expect.stringMatching(/\.$/) });
    expect(account().calls).toEqual([]);
  });

  it("while it is read and running: it stops, and goes on where it was", async () => {
    const death = deathOf();
    world.sandbox.fub.onListPage = (page) => page === 1 && death.kill();
    const { body: started } = await ann.start(body());
    const id = started.batch_id;
    await expectStopped(id);
    expect((await ann.read(id)).checked).toBe(100);
    world.sandbox.fub.onListPage = null;
    death.mend();
    await goOn(id);
  });

  it("while it is running: it stops, and goes on where it was", async () => {
    const death = deathOf();
    // Slow enough that it is not over before a record tells of the key's death.
    const { body: started } = await ann.start({ ...body(), pace: { per_minute: 1_500 } });
    const id = started.batch_id;
    await ann.until(id, ({ done, status }) => status === "running" && done > 15);
    death.kill();
    await expectStopped(id);
    expect(launched(id)).toBeLessThan(110);
    expect((await ann.control(id, "pause")).status).toBe(409);
    death.mend();
    await goOn(id);
  });
});

async function expectStopped(id: string): Promise<void> {
  const stopped = await ann.until(id, isOver);
  expect(stopped).toMatchObject({ status: "failed", can_resume: true });
  expect(stopped.message).toMatch(/Follow Up Boss.*\. The campaign was stopped\.$/);
  const [entry] = await journalOf(world, "event=campaign.failed");
  expect(entry?.message).toContain("stopped: ");
  const before = launched(id);
  await delay(400);
  expect(launched(id)).toBe(before);
}

/** Resumed, everybody is reached once, those before the stop included. */
async function goOn(id: string): Promise<void> {
  expect((await ann.control(id, "resume")).status).toBe(200);
  const over = await ann.until(id, isOver, 20_000);
  expect(over).toMatchObject({ status: "completed", total: 120, message: null });
  expectAddsUp(over);
  const stored = storedOutreaches(world.dataDir, id);
  expect(stored).toHaveLength(120);
  expect(new Set(stored.map(({ person_id }) => person_id)).size).toBe(120);
  expect(stored.filter(({ dialled }) => dialled !== 1)).toEqual([]);
}

describe("it does not stop", () => {
  it("for a single record that is refused", async () => {
    world.sandbox.fub.faults.add({ method: "POST", path: "/calls", kind: "status", status: 403, times: 3 });
    const { body: started } = await ann.start(body());
    const over = await ann.until(started.batch_id, isOver, 20_000);
    expect(over).toMatchObject({ status: "completed", message: null });
    expectAddsUp(over);
    await waitFor("the other records", () => account().calls.length >= 117 || undefined);
    expect(account().calls).toHaveLength(117);
    expect(await journalOf(world, "event=campaign.failed")).toEqual([]);
  });

  it("when Follow Up Boss is away for a while, while it is read and while it runs", async () => {
    world.sandbox.fub.faults.add({ path: "/people", kind: "status", status: 503, times: 2 });
    const { body: started } = await ann.start(body());
    expect(started.batch_id).toBeDefined();
    world.sandbox.fub.faults.add({ kind: "status", status: 503, times: 40 });
    const over = await ann.until(started.batch_id, isOver, 20_000);
    expect(over).toMatchObject({ status: "completed", message: null });
    expectAddsUp(over);
    await waitFor("every record", () => account().calls.length >= 120 || undefined, 20_000);
    expectOneCallEach(account(), grown.people);
  });
});

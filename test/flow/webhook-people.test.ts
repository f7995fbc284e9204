// From a change in Follow Up Boss to what comes of it here, over webhooks the gateway registered itself: tags start
// outreach once whatever the road does to deliveries, deletions cancel what waits, changes bring it up to date.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildPerson, buildPhone } from "../../server/sandbox/build-account.ts";
import { campaignClient, campaignQuery } from "../helpers/campaign-client.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { deliveryBody, postWebhook } from "../helpers/post-webhook.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";
import { admin, readOutreach, startOutreach, untilOver, untilQuiet } from "../helpers/talk-to-gateway.ts";

interface Delivery {
  readonly id: number;
  readonly event: string;
  readonly state: string;
  readonly result: string | null;
  readonly recovered: boolean;
}

const TAG = "Aventora Call";
let at: TestWorld;

const account = () => at.sandbox.fub.account("fub-test");
const callsOf = (id: number) => account().calls.filter(({ personId }) => personId === id);
const deliveries = async (query = ""): Promise<Delivery[]> =>
  (await admin<{ deliveries: Delivery[] }>(at, "GET", `/deliveries?limit=200${query}`)).body.deliveries;
/** Everything Follow Up Boss had to say was said and worked on. */
const untilHandled = async (): Promise<Delivery[]> => {
  await at.sandbox.fub.dispatcher.settled();
  await waitFor(
    "the deliveries to be handled",
    async () => ((await deliveries("&state=waiting")).length === 0 ? true : undefined),
    60_000,
  );
  await untilQuiet(at, 60_000);
  return deliveries();
};
const register = async (): Promise<void> => {
  await at.gateway.apply({ platform: { SERVER_URL: at.url } });
  for (const tenant of ["fub-test", "fub-solo"])
    await admin(at, "POST", "/webhook-slots/reconcile", { tenant });
};

beforeEach(async () => {
  at = await startTestWorld();
  at.sandbox.fub.options.webhooks.retryMs = [50, 100, 200, 400, 800, 800, 800, 800];
});
afterEach(() => at.close());

describe("a tag added in Follow Up Boss", () => {
  beforeEach(register);

  it("becomes a call on the timeline, once, when each delivery comes twice and in the wrong order", async () => {
    Object.assign(at.sandbox.fub.options.webhooks, { twice: true, reverseWithinMs: 100, phpEscapes: true });
    at.sandbox.fub.addTag("fub-test", [107], [TAG, "Ünï/codé"]);
    at.sandbox.fub.addTag("fub-test", [116], TAG);
    at.sandbox.fub.setStage("fub-test", [107], "Active Client");
    await untilHandled();
    expect(callsOf(107)).toHaveLength(1);
    expect(callsOf(116)).toHaveLength(1);
    expect(account().calls).toHaveLength(2);
  });

  it("reaches all of a large change, which comes in batches of 250", async () => {
    at.sandbox.fub.options.webhooks.idsPerDelivery = 250;
    await at.gateway.apply({ tenants: [{ domain_name: "fub-test", fub_sync_contacts: false }] });
    const ids = Array.from({ length: 600 }, (_, index) => 80_001 + index);
    for (const id of ids) {
      const phones = [buildPhone(`+1416${4_000_050 + (id - 80_000) * 100}`)];
      account().people.push(buildPerson({ id, firstName: "Many", lastName: String(id), phones }));
    }
    at.sandbox.fub.addTag("fub-test", ids, TAG);
    const handled = await untilHandled();
    // Beside them the catch-up, which looks around whenever the public address changes, may have found the same people.
    const arrived = handled.filter(({ event, recovered }) => event === "peopleTagsCreated" && !recovered);
    const results = arrived.map(({ result }) => result);
    expect(results.sort()).toEqual(["100 started.", "250 started.", "250 started."]);
    const reads = at.sandbox.fub.requests.filter(
      ({ method, path, query }) => method === "GET" && path === "/people" && query.id !== undefined,
    );
    expect(reads.map(({ query }) => query.id?.split(",").length)).toEqual(expect.arrayContaining([100, 50]));
    expect(reads.every(({ query }) => (query.id?.split(",").length ?? 0) <= 100)).toBe(true);
  }, 90_000);

  it("starts what the table says for each tag, and the single tag besides", async () => {
    await at.gateway.apply({
      tenants: [
        {
          domain_name: "fub-test",
          tag_starts: [
            { tag: "Text me", channel: "sms", call_type: "confirmational", instruction: "Confirm it" },
            { tag: "Write  me", channel: "email", call_type: "informational", instruction: "" },
          ],
        },
      ],
    });
    at.sandbox.fub.addTag("fub-test", [107], ["TEXT ME", "write me ", TAG, "Buyer"]);
    const handled = await untilHandled();
    expect(handled.find(({ event }) => event === "peopleTagsCreated")?.result).toBe("3 started.");
    const id = handled.find(({ event }) => event === "peopleTagsCreated")?.id ?? 0;
    const { engagements } = (
      await admin<{ engagements: { engagement_id: string }[] }>(at, "GET", `/deliveries/${id}`)
    ).body;
    const started = await Promise.all(engagements.map((one) => readOutreach(at, one.engagement_id)));
    expect(started.map(({ channel, type }) => `${channel} ${type}`).sort()).toEqual([
      "email informational",
      "phone informational",
      "sms confirmational",
    ]);
    expect(started.every(({ user_id }) => user_id === null)).toBe(true);
  });

  it("is not started again by what the gateway itself writes", async () => {
    const hooks = ["notesCreated", "callsCreated", "callsUpdated", "notesUpdated", "peopleCreated"];
    for (const [index, event] of hooks.entries())
      at.sandbox.fub.webhooks.push({
        id: 9_000 + index,
        accountId: account().id,
        system: "Aventora",
        event,
        url: `${at.url}/integration/followupboss/webhook/fub-test`,
        status: "Active",
        failures: 0,
      });
    at.sandbox.fub.addTag("fub-test", [107], TAG);
    await untilHandled();
    const handled = await untilHandled();
    expect(handled.some(({ event, state }) => event === "callsCreated" && state === "stored")).toBe(true);
    expect(callsOf(107)).toHaveLength(1);
    const writes = at.sandbox.fub.requests.filter(({ method }) => method !== "GET").length;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(at.sandbox.fub.requests.filter(({ method }) => method !== "GET")).toHaveLength(writes);
    expect(await deliveries()).toHaveLength(handled.length);
  });

  it("starts once although Follow Up Boss is away while it is worked on", async () => {
    at.sandbox.fub.faults.add({ method: "GET", path: "/people", kind: "status", status: 503, times: 2 });
    at.sandbox.fub.faults.add({ method: "GET", path: "/people", kind: "429", retryAfter: 1, times: 1 });
    at.sandbox.fub.addTag("fub-test", [107], TAG);
    const handled = await untilHandled();
    expect(handled.find(({ event }) => event === "peopleTagsCreated")?.result).toBe("1 started.");
    expect(callsOf(107)).toHaveLength(1);
  });

  it("with a dead key fails in words, and runs when it is replayed with a good one", async () => {
    await at.gateway.apply({ tenants: [{ domain_name: "fub-test", fub_api_key: "fka_dead_key" }] });
    at.sandbox.fub.addTag("fub-test", [107], TAG);
    const failed = (await untilHandled()).find(({ event }) => event === "peopleTagsCreated");
    expect(failed).toMatchObject({ state: "failed", result: expect.stringMatching(/key/i) });
    expect(failed?.result).not.toContain("fka_dead_key");
    expect(await deliveries("&state=failed")).not.toEqual([]);
    await at.gateway.apply({
      tenants: [{ domain_name: "fub-test", fub_api_key: at.world.keys.fubTest.ownerKey }],
    });
    expect((await admin(at, "POST", `/deliveries/${failed?.id}/replay`)).body).toEqual({ replayed: 1 });
    await untilHandled();
    expect(callsOf(107)).toHaveLength(1);
  });

  it("arrives after the gateway was away, since Follow Up Boss tries again", async () => {
    for (const hook of at.sandbox.fub.webhooks) hook.url = hook.url.replace(at.url, "http://127.0.0.1:9");
    at.sandbox.fub.addTag("fub-test", [107], TAG);
    const sent = await waitFor("a try that failed", () =>
      at.sandbox.fub.deliveries.find(({ attempts }) => attempts.length > 0),
    );
    expect(sent.status).toBeNull();
    for (const one of at.sandbox.fub.deliveries) one.url = one.url.replace("http://127.0.0.1:9", at.url);
    await untilHandled();
    expect(callsOf(107)).toHaveLength(1);
  });
});

describe("outreach that waits", () => {
  beforeEach(register);
  const LATER = new Date(Date.now() + 3_600_000).toISOString();
  const waiting = (id: number, more: Readonly<Record<string, unknown>> = {}) =>
    startOutreach(at, {
      phone_number: "(416) 555-0143",
      source_system: "followupboss",
      source_record_id: id,
      scheduled_time: LATER,
      ...more,
    });
  const person = (id: number) => {
    const found = account().people.find((one) => one.id === id);
    if (!found) throw new Error(`no person ${id}`);
    return found;
  };
  const changed = async (id: number): Promise<Delivery | undefined> => {
    at.sandbox.fub.setStage("fub-test", [id], `Stage ${crypto.randomUUID()}`);
    return (await untilHandled()).find(({ event }) => event === "peopleUpdated");
  };

  it("is canceled when the person is deleted, in that account only", async () => {
    const own = await waiting(112);
    const solo = await startOutreach(
      at,
      {
        phone_number: "(905) 555-0127",
        source_system: "followupboss",
        source_record_id: 1,
        external_user_id: "cara",
        scheduled_time: LATER,
      },
      "fub-solo",
    );
    // The same number of a person, of another account.
    at.sandbox.fub.deletePeople("solo-dev", [1]);
    at.sandbox.fub.deletePeople("fub-test", [112]);
    await untilHandled();
    expect((await readOutreach(at, own)).status).toBe("canceled");
    expect((await readOutreach(at, solo, "fub-solo")).status).not.toBe("canceled");
    at.sandbox.fub.deletePeople("solo-cara", [1]);
    await untilHandled();
    expect((await readOutreach(at, solo, "fub-solo")).status).toBe("canceled");
  });

  it("is not canceled by a deletion that is not true of this account", async () => {
    const own = await waiting(112);
    await postWebhook(at.url, "fub-test", deliveryBody("peopleDeleted", [112], { uri: null }));
    const [handled] = await untilHandled();
    expect(handled?.result).toContain("1 kept, since those people still are in the account");
    expect((await readOutreach(at, own)).status).toBe("queued");
  });

  it("takes people of a campaign out who are deleted while they are held", async () => {
    await at.close();
    at = await startTestWorld({ environment: { SIMULATOR_SPEED: "0.05" } });
    await register();
    await at.gateway.apply({ tenants: [{ domain_name: "fub-test", pace: { phone: { at_once: 1 } } }] });
    const ann = await campaignClient(at.url, campaignQuery({ account: account(), userId: 2 }));
    const { body } = await ann.start({ smart_list_id: "23" });
    await ann.until(body.batch_id, ({ total }) => (total ?? 0) > 1);
    await ann.control(body.batch_id, "pause");
    at.sandbox.fub.deletePeople("fub-test", [101, 102, 103, 104, 105, 106, 107]);
    await untilHandled();
    await ann.control(body.batch_id, "resume");
    const over = await ann.until(body.batch_id, ({ status }) => status === "completed");
    expect(over.outcomes.canceled).toBeGreaterThanOrEqual(5);
  });

  it("is reached under the number the person has now, unless the chosen one still is theirs", async () => {
    const id = await waiting(112);
    person(112).phones = [buildPhone("(647) 555-0199"), buildPhone("(416) 555-0143", { isPrimary: 0 })];
    expect((await changed(112))?.result).toBe("What waits for them is still right.");
    expect((await readOutreach(at, id)).contact).toBe("+14165550143");
    person(112).phones = [buildPhone("(647) 555-0199")];
    expect((await changed(112))?.result).toBe("1 waiting for them were brought up to date.");
    expect((await readOutreach(at, id)).contact).toBe("+16475550199");
  });

  it("is refused in words when no number is left", async () => {
    const id = await waiting(112);
    person(112).phones = [];
    await changed(112);
    const over = await untilOver(at, id);
    expect(over).toMatchObject({ status: "failed", outcome: "no_phone" });
    expect(over.history.find(({ event }) => event === "failed")?.detail).toContain(
      "changed in Follow Up Boss",
    );
  });
});

// Tags whose webhook never came: the certainly missed are reached once, marked as recovered; the unclear ones are listed.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { waitFor } from "../helpers/embed-client.ts";
import { deliveryBody, postWebhook } from "../helpers/post-webhook.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";
import { admin } from "../helpers/talk-to-gateway.ts";

interface Delivery {
  readonly event: string;
  readonly state: string;
  readonly result: string | null;
  readonly recovered: boolean;
}

const TAG = "Aventora Call";

describe("catching up", () => {
  let at: TestWorld;
  beforeEach(async () => {
    at = await startTestWorld();
    // Whoever carries the tag when it is first looked at was not given it while the gateway was there.
    await sweep("webhook.sweep_begun", 1);
  });
  afterEach(() => at.close());

  const account = () => at.sandbox.fub.account("fub-test");
  const deliveries = async (): Promise<Delivery[]> =>
    (await admin<{ deliveries: Delivery[] }>(at, "GET", "/deliveries")).body.deliveries;
  const entries = async (event: string): Promise<{ message: string }[]> => {
    const { body } = await admin<{ entries: { event: string; message: string }[] }>(
      at,
      "GET",
      "/journal?limit=200",
    );
    return body.entries.filter((entry) => entry.event === event);
  };
  const sweep = (event: string, times: number) =>
    waitFor(`${event} (${times})`, async () => ((await entries(event)).length >= times ? true : undefined));
  const catchUp = () => admin(at, "POST", "/catch-up");
  const settled = () =>
    waitFor("all deliveries", async () => {
      const all = await deliveries();
      return all.length > 0 && all.every(({ state }) => state !== "waiting") ? all : undefined;
    });

  it("reaches once who was given the tag meanwhile, also when Follow Up Boss delivers it late", async () => {
    at.sandbox.fub.addTag("fub-test", [106, 107], TAG);
    await catchUp();
    await sweep("webhook.recovered", 1);
    expect(await settled()).toMatchObject([{ recovered: true, result: "2 started." }]);
    const late = deliveryBody("peopleTagsCreated", [106, 107], {
      eventCreated: new Date(Date.now() - 60_000).toISOString(),
      data: { tags: [TAG] },
    });
    await postWebhook(at.url, "fub-test", late);
    const [second] = await waitFor("the late one", async () => {
      const all = await settled();
      return all.length === 2 ? all : undefined;
    });
    expect(second).toMatchObject({ recovered: false, result: "2 had been started before." });
    await catchUp();
    await waitFor("both calls", () => (account().calls.length === 2 ? true : undefined));
    expect(await deliveries()).toHaveLength(2);
  });

  it("leaves alone whom a delivery has reached", async () => {
    at.sandbox.fub.addTag("fub-test", [107], TAG);
    await postWebhook(
      at.url,
      "fub-test",
      deliveryBody("peopleTagsCreated", [107], { data: { tags: [TAG] } }),
    );
    await settled();
    await catchUp();
    await waitFor("the call", () => (account().calls.length === 1 ? true : undefined));
    await admin(at, "POST", "/catch-up");
    expect(await deliveries()).toHaveLength(1);
    expect(await entries("webhook.recovered")).toEqual([]);
  });

  it("says that those who carried the tag from the beginning are not reached by it", async () => {
    await at.close();
    at = await startTestWorld({ setup: () => null });
    at.sandbox.fub.addTag("fub-test", [101, 102], TAG);
    await at.gateway.apply((await import("../../server/sandbox/demo/demo-setup.ts")).demoSetup(at.world));
    await catchUp();
    await sweep("webhook.sweep_begun", 1);
    const [told] = await entries("webhook.sweep_begun");
    expect(told?.message).toContain("2 people carry the tag");
    expect(account().calls).toEqual([]);
  });

  it("forwards what was recovered to the brokerage's own addresses, as what comes by itself", async () => {
    await admin(at, "POST", "/fan-out/fub-test", {
      id: "copy",
      url: "http://127.0.0.1:9/hooks",
      allow_private: true,
      events: ["peopleTagsCreated"],
    });
    at.sandbox.fub.addTag("fub-test", [107], TAG);
    await catchUp();
    await settled();
    const { body } = await admin<{ attempts: { event: string; target: string }[] }>(
      at,
      "GET",
      "/fan-out-attempts",
    );
    expect(body.attempts).toMatchObject([{ event: "peopleTagsCreated", target: "copy" }]);
  });

  it("fetches a single event that never came by its id", async () => {
    await at.gateway.apply({ platform: { SERVER_URL: at.url } });
    expect((await admin(at, "POST", "/webhook-slots/reconcile", { tenant: "fub-test" })).body).toMatchObject({
      registered: true,
    });
    at.sandbox.fub.dispatcher.hold();
    at.sandbox.fub.addTag("fub-test", [107], TAG);
    const event = at.sandbox.fub.webhookEvents.find((one) => one.event === "peopleTagsCreated");
    expect(event).toBeDefined();
    const asked = { tenant: "fub-test", event_id: event?.eventId ?? "" };
    const fetched = await admin<{ id: number; known: boolean }>(at, "POST", "/deliveries/fetch", asked);
    expect(fetched.body).toMatchObject({ known: false });
    expect(await settled()).toMatchObject([{ recovered: true, result: "1 started." }]);
    expect((await admin<{ known: boolean }>(at, "POST", "/deliveries/fetch", asked)).body.known).toBe(true);
    const unknown = await admin(at, "POST", "/deliveries/fetch", { tenant: "fub-test", event_id: "nothing" });
    expect(unknown.status).toBe(404);
  });
});

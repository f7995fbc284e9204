// The webhooks a brokerage has at Follow Up Boss are brought to what is wanted, whatever was there before, with no request
// too many; what cannot be mended is said in a sentence that tells what to do.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { waitFor } from "../helpers/embed-client.ts";
import { createShiftingClock, type ShiftingClock } from "../helpers/shifting-clock.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";
import { admin, integratorKey } from "../helpers/talk-to-gateway.ts";

const EVENTS = ["peopleTagsCreated", "peopleDeleted", "peopleUpdated"];
const PATH = "/integration/followupboss/webhook/fub-test";
const URL_NOW = `https://gateway.example${PATH}`;
const FOREIGN = ["https://one.example/hook", "https://two.example/hook"];

describe("webhooks at Follow Up Boss", () => {
  let at: TestWorld;
  let clock: ShiftingClock;
  beforeEach(async () => {
    clock = createShiftingClock();
    at = await startTestWorld({ clock });
    await at.gateway.apply({ platform: { SERVER_URL: "https://gateway.example" } });
  });
  afterEach(() => at.close());

  const reconcile = async (tenant = "fub-test") =>
    (
      await admin<{ registered: boolean; message: string }>(at, "POST", "/webhook-slots/reconcile", {
        tenant,
      })
    ).body;
  const put = (event: string, url: string, status: "Active" | "Disabled" = "Active", accountId = 7001) =>
    at.sandbox.fub.webhooks.push({
      id: at.sandbox.fub.nextId(at.sandbox.fub.webhooks) + 1000,
      accountId,
      system: "Aventora",
      event,
      url,
      status,
      failures: 0,
    });
  const present = (accountId = 7001) =>
    at.sandbox.fub.webhooks
      .filter((hook) => hook.accountId === accountId)
      .map(({ event, url, status }) => `${event} ${url} ${status}`)
      .sort();
  const right = (url = URL_NOW) => EVENTS.map((event) => `${event} ${url} Active`).sort();
  /** Requests that the work makes. */
  const during = async <T>(work: () => Promise<T>): Promise<[T, string[]]> => {
    const before = at.sandbox.fub.requests.length;
    const result = await work();
    return [result, at.sandbox.fub.requests.slice(before).map(({ method, path }) => `${method} ${path}`)];
  };

  it("are added where there are none; a second look costs one request", async () => {
    const first = await reconcile();
    expect(first).toMatchObject({ registered: true, message: expect.stringContaining("was added") });
    expect(present()).toEqual(right());
    const [second, requests] = await during(() => reconcile());
    expect(second).toEqual({ registered: true, message: "All webhooks are registered and active." });
    expect(requests).toEqual(["GET /webhooks"]);
  });

  it("leave foreign ones alone, and name them where they hold both places", async () => {
    for (const url of FOREIGN) put("peopleTagsCreated", url);
    put("peopleUpdated", FOREIGN[0] ?? "");
    const { registered, message } = await reconcile();
    expect(registered).toBe(false);
    expect(message).toContain("Both places for peopleTagsCreated are taken by");
    for (const url of FOREIGN) expect(message).toContain(url);
    expect(present()).toEqual(
      [
        `peopleDeleted ${URL_NOW} Active`,
        `peopleTagsCreated ${FOREIGN[0]} Active`,
        `peopleTagsCreated ${FOREIGN[1]} Active`,
        `peopleUpdated ${FOREIGN[0]} Active`,
        `peopleUpdated ${URL_NOW} Active`,
      ].sort(),
    );
    const slots = (
      await admin<{ slots: { event: string; result: string; holders: string[] }[] }>(
        at,
        "GET",
        "/webhook-slots",
      )
    ).body.slots;
    expect(slots.find(({ event }) => event === "peopleTagsCreated")).toMatchObject({
      result: "full",
      holders: FOREIGN,
    });
  });

  it("use the place of an own one under an old address, even where a foreign one holds the other", async () => {
    put("peopleTagsCreated", `https://old.example${PATH}`, "Disabled");
    put("peopleTagsCreated", FOREIGN[0] ?? "");
    const [{ registered }, requests] = await during(() => reconcile());
    expect(registered).toBe(true);
    expect(present()).toEqual([...right(), `peopleTagsCreated ${FOREIGN[0]} Active`].sort());
    expect(requests.filter((request) => request.startsWith("PUT"))).toHaveLength(1);
    expect(requests.filter((request) => request.startsWith("DELETE"))).toHaveLength(0);
  });

  it("follow a changed public address", async () => {
    await reconcile();
    await at.gateway.apply({ platform: { SERVER_URL: "https://moved.example" } });
    const { message } = await reconcile();
    expect(message).toContain("follows the new public address");
    expect(present()).toEqual(right(`https://moved.example${PATH}`));
  });

  it("are woken when Follow Up Boss had disabled them, by the periodic check alone", async () => {
    await reconcile();
    for (const hook of at.sandbox.fub.webhooks) hook.status = "Disabled";
    clock.shift(3_700_000);
    await waitFor("the webhooks to be active", () =>
      at.sandbox.fub.webhooks.every(({ status }) => status === "Active") ? true : undefined,
    );
    expect(present()).toEqual(right());
  });

  it("come back after somebody deleted them by hand; doubled own ones go", async () => {
    await reconcile();
    at.sandbox.fub.webhooks = at.sandbox.fub.webhooks.filter(({ event }) => event !== "peopleDeleted");
    put("peopleUpdated", `https://old.example${PATH}?fub_account=7001`);
    const [, requests] = await during(() => reconcile());
    expect(present()).toEqual(right());
    expect(requests.map((request) => request.split(" ")[0])).toEqual(["GET", "POST", "DELETE"]);
  });

  it("say whose key it is when it is not the owner's", async () => {
    await at.gateway.apply({
      tenants: [{ domain_name: "fub-test", fub_api_key: at.world.keys.fubTest.annKey }],
    });
    const { registered, message } = await reconcile();
    expect(registered).toBe(false);
    expect(message).toBe(
      "Follow Up Boss lets only the account's owner register webhooks, and this key belongs to Ann One. Enter the owner's API key.",
    );
    expect(present()).toEqual([]);
  });

  it("are asked for by the connection test", async () => {
    const test = async (fub_api_key?: string) => {
      const response = await fetch(`${at.url}/account-settings/test-crm-connection`, {
        method: "POST",
        headers: { authorization: `Bearer ${integratorKey(at)}`, "content-type": "application/json" },
        body: JSON.stringify({
          domain_name: "fub-test",
          crm_sync_provider: "followup_boss",
          register_fub_webhook: true,
          ...(fub_api_key === undefined ? {} : { fub_api_key }),
        }),
      });
      return (await response.json()) as {
        success: boolean;
        webhook: { registered: boolean; message: string };
      };
    };
    expect(await test(at.world.keys.fubTest.benKey)).toMatchObject({
      success: true,
      webhook: { registered: false, message: expect.stringContaining("belongs to Ben Two") },
    });
    expect(await test()).toMatchObject({ success: true, webhook: { registered: true } });
    expect(present()).toEqual(right());
  });

  it("are one set in each agent's own account in Track B; one agent's dead key is told beside the others", async () => {
    const url = (account: number) =>
      `https://gateway.example/integration/followupboss/webhook/fub-solo?fub_account=${account}`;
    expect(await reconcile("fub-solo")).toMatchObject({ registered: true });
    expect(present(7002)).toEqual(right(url(7002)));
    expect(present(7003)).toEqual(right(url(7003)));
    const [, requests] = await during(() => reconcile("fub-solo"));
    expect(requests).toEqual(["GET /webhooks", "GET /webhooks"]);
    at.sandbox.fub.webhooks = [];
    await at.gateway.apply({
      tenants: [{ domain_name: "fub-solo", users: [{ id: "cara", fub_api_key: "fka_nobody_has_this_key" }] }],
    });
    const { registered, message } = await reconcile("fub-solo");
    expect(registered).toBe(false);
    expect(message).toContain("Cara Chen: ");
    expect(message).toContain("Dev Patel: All webhooks are registered and active");
    expect(present(7003)).toEqual(right(url(7003)));
  });

  it("go when they are removed here; foreign ones stay, and nothing looks after them any more", async () => {
    put("peopleUpdated", FOREIGN[0] ?? "");
    await reconcile();
    const { body } = await admin<{ removed: number }>(at, "POST", "/webhook-slots/remove", {
      tenant: "fub-test",
    });
    expect(body.removed).toBe(3);
    expect(present()).toEqual([`peopleUpdated ${FOREIGN[0]} Active`]);
    const [, requests] = await during(async () => {
      clock.shift(3_700_000);
      await new Promise((resolve) => setTimeout(resolve, 1_500));
    });
    expect(requests.filter((request) => request.endsWith("/webhooks"))).toEqual([]);
  });

  it("need a public address first", async () => {
    await at.close();
    at = await startTestWorld();
    const answer = await admin<{ error: { message: string } }>(at, "POST", "/webhook-slots/reconcile", {
      tenant: "fub-test",
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.body.error.message).toContain("no public address yet");
  });
});

// The inspector answers "why did it not call?": what came, what was made of it, what was refused and why; and runs
// deliveries again. Nothing that opens anything, and nobody's number or address, is in what it answers.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  deliveryDetailSchema,
  deliveryPageSchema,
  rejectedPageSchema,
} from "../../shared/delivery.schema.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { deliveryBody, postWebhook, signBody } from "../helpers/post-webhook.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";
import { admin, untilQuiet } from "../helpers/talk-to-gateway.ts";

describe("the inspector of webhooks", () => {
  let at: TestWorld;
  beforeEach(async () => {
    at = await startTestWorld();
  });
  afterEach(() => at.close());

  const page = async (query = "") =>
    deliveryPageSchema.parse((await admin<unknown>(at, "GET", `/deliveries${query}`)).body);
  const detail = async (id: number) =>
    deliveryDetailSchema.parse((await admin<unknown>(at, "GET", `/deliveries/${id}`)).body);
  const rejected = async (query = "") =>
    rejectedPageSchema.parse((await admin<unknown>(at, "GET", `/rejected-deliveries${query}`)).body);
  const handled = async (): Promise<void> => {
    await waitFor("all to be handled", async () =>
      (await page("?state=waiting")).deliveries.length === 0 ? true : undefined,
    );
    await untilQuiet(at);
  };
  const post = async (body: string, tenant = "fub-test", query = ""): Promise<void> => {
    expect((await postWebhook(at.url, tenant, body, { query })).status).toBe(200);
  };
  const account = () => at.sandbox.fub.account("fub-test");
  const tag = (...ids: number[]) => {
    for (const person of account().people) if (ids.includes(person.id)) person.tags.push("Aventora Call");
  };
  const tagged = (ids: readonly number[], more: Readonly<Record<string, unknown>> = {}) =>
    deliveryBody("peopleTagsCreated", ids, { data: { tags: ["Aventora Call"] }, ...more });

  it("filters by brokerage, event and state, and pages without a gap", async () => {
    for (let n = 0; n < 25; n++)
      await post(deliveryBody(n % 5 === 0 ? "peopleUpdated" : "notesCreated", [n]));
    await post(deliveryBody("notesCreated", [1]), "fub-solo");
    await handled();
    expect((await page("?limit=200")).deliveries).toHaveLength(26);
    expect((await page("?event=peopleUpdated")).deliveries).toHaveLength(5);
    expect((await page("?tenant=fub-solo")).deliveries).toHaveLength(1);
    expect((await page("?tenant=fub-test&state=stored&event=notesCreated")).deliveries).toHaveLength(20);
    expect((await page("?state=done")).deliveries.every(({ result }) => result !== null)).toBe(true);
    const seen: number[] = [];
    let before = "";
    for (;;) {
      const { deliveries, next } = await page(`?limit=7&tenant=fub-test${before}`);
      seen.push(...deliveries.map(({ id }) => id));
      if (next === null) break;
      before = `&before=${next}`;
    }
    expect(seen).toHaveLength(25);
    expect(seen).toEqual(seen.toSorted((a, b) => b - a));
    expect(new Set(seen).size).toBe(25);
  });

  it("finds by event id, by what stands in the body and by the result; signs of patterns are plain text", async () => {
    await post(deliveryBody("notesCreated", [424_242], { eventId: "needle-in-hay" }));
    await post(deliveryBody("notesCreated", [2], { note: "100%_sure" }));
    await post(tagged([990_001]));
    await handled();
    expect((await page("?search=NEEDLE-in")).deliveries).toHaveLength(1);
    expect((await page("?search=424242")).deliveries).toHaveLength(1);
    expect((await page(`?search=${encodeURIComponent("100%_sure")}`)).deliveries).toHaveLength(1);
    expect((await page(`?search=${encodeURIComponent("10%sure")}`)).deliveries).toHaveLength(0);
    expect((await page(`?search=${encodeURIComponent("another account's")}`)).deliveries).toHaveLength(1);
    for (const bad of ["?limit=0", "?limit=abc", "?state=lost", "?before=-1"])
      expect((await admin(at, "GET", `/deliveries${bad}`)).status).toBe(400);
    for (const id of ["0", "999999", "x"])
      expect((await admin(at, "GET", `/deliveries/${id}`)).status).toBe(404);
  });

  it("shows headers and body without keys, numbers and addresses, and what it led to", async () => {
    tag(107);
    const key = "fka_0123456789abcdefghijkl";
    const body = tagged([107], { note: `call (416) 555-0199 or nadia@people.example with ${key}` });
    const headers = { "x-api-key": key, cookie: "a=b", "x-note": `nadia@people.example ${key}` };
    expect((await postWebhook(at.url, "fub-test", body, { headers })).status).toBe(200);
    await handled();
    const [{ id } = { id: 0 }] = (await page()).deliveries;
    const shown = await detail(id);
    const text = JSON.stringify(shown);
    expect(text).not.toMatch(/555-0199|nadia@people|0123456789abcdef/);
    expect(text).not.toContain(signBody(body));
    expect(shown.headers).toMatchObject({
      "fub-signature": "(left out)",
      "content-type": "application/json",
    });
    expect(shown.body).toContain('"event":"peopleTagsCreated"');
    expect(shown.engagements).toMatchObject([{ person_id: "107", status: "completed" }]);
    expect(shown).toMatchObject({ signature: "official", meaning: "Tags were added to people" });
  });

  it("keeps a genuine delivery of another brokerage's account, starts nothing, and says why", async () => {
    // An account of its own at Follow Up Boss, its people under ids that mean nothing here.
    await post(tagged([1, 2]), "fub-test");
    await post(tagged([1]), "fub-solo", "?fub_account=7001");
    await handled();
    const [solo, test] = (await page()).deliveries;
    expect(test).toMatchObject({ state: "done", result: expect.stringContaining("another account's") });
    expect(solo).toMatchObject({
      state: "done",
      result: expect.stringContaining("belongs to none of the keys of fub-solo"),
    });
    for (const { calls } of at.sandbox.fub.accounts) expect(calls).toEqual([]);
  });

  it("keeps refused ones apart, with the mistake, and only the newest few hundred", async () => {
    const wrong = (n: number) => {
      const body = deliveryBody("notesCreated", [n], { to: "nadia@people.example" });
      return postWebhook(at.url, "fub-test", body, { signature: signBody(body, `wrong ${n}`) });
    };
    const statuses: number[] = [];
    for (let n = 0; n < 1_000; n += 50) {
      const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => wrong(n + index)));
      statuses.push(...answers.map(({ status }) => status));
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    // After six hundred in a minute they are not looked into any more, and genuine ones still are taken.
    expect(statuses.filter((status) => status === 401)).toHaveLength(600);
    expect(statuses.filter((status) => status === 429)).toHaveLength(400);
    await post(deliveryBody("notesCreated", [1]));
    expect((await page()).deliveries).toHaveLength(1);
    const kept = await waitFor("the refused ones", async () => {
      const first = await rejected("?limit=200");
      return first.next === null ? undefined : first;
    });
    let count = 0;
    for (let next: number | null | undefined; next !== null; ) {
      const more = await rejected(`?limit=200${next ? `&before=${next}` : ""}`);
      count += more.rejected.length;
      next = more.next;
    }
    expect(count).toBeGreaterThan(400);
    expect(count).toBeLessThanOrEqual(500);
    expect(kept.rejected[0]).toMatchObject({ reason: "mismatch", domain_name: "fub-test" });
    expect(JSON.stringify(kept)).not.toContain("nadia@people");
  });

  it("names the usual mistakes", async () => {
    const body = deliveryBody("notesCreated", [1], { link: "https://x.example/a" });
    const reencoded = body.replaceAll("/", "\\/");
    await postWebhook(at.url, "fub-test", body, { signature: null });
    await postWebhook(at.url, "fub-test", body, { signature: "abc" });
    await postWebhook(at.url, "fub-test", body, { signature: signBody(reencoded) });
    await postWebhook(at.url, "fub-test", body, {
      signature: signBody(body, at.world.keys.fubTest.ownerKey),
    });
    // An agent's key of another brokerage.
    const foreign = signBody(body, at.world.keys.cara.ownerKey);
    await postWebhook(at.url, "fub-test", body, { signature: foreign });
    const { rejected: found } = await waitFor("five refused ones", async () => {
      const all = await rejected();
      return all.rejected.length === 5 ? all : undefined;
    });
    expect(found.map(({ reason }) => reason)).toEqual([
      ...["other_tenant", "api_key", "reencoded"],
      ...["malformed", "missing"],
    ]);
    expect(JSON.stringify(found[0])).not.toMatch(/fub-solo|cara/i);
  });

  it("runs many again: those that failed start now, those that had started do not start twice", async () => {
    tag(107, 116);
    await post(tagged([107]));
    await handled();
    const { ownerKey } = at.world.keys.fubTest;
    await at.gateway.apply({ tenants: [{ domain_name: "fub-test", fub_api_key: "fka_dead" }] });
    await post(tagged([116]));
    await post(deliveryBody("notesCreated", [1]));
    await handled();
    const failed = (await page("?state=failed")).deliveries;
    expect(failed).toHaveLength(1);
    await at.gateway.apply({ tenants: [{ domain_name: "fub-test", fub_api_key: ownerKey }] });
    const ids = (await page()).deliveries.map(({ id }) => id);
    const answer = await admin(at, "POST", "/deliveries/replay", { ids: [...ids, 4_711] });
    expect(answer.body).toEqual({ replayed: 2 });
    await handled();
    const results = (await page("?event=peopleTagsCreated")).deliveries;
    expect(results.map(({ result, replays }) => `${result} ${replays}`)).toEqual([
      "1 started. 1",
      "1 had been started before. 1",
    ]);
    await waitFor("both calls", () => (account().calls.length === 2 ? true : undefined));
    expect((await admin(at, "POST", "/deliveries/replay", { ids: [] })).status).toBe(400);
  });
});

// A start tag added in Follow Up Boss: the delivery is stored before it is acknowledged, and whoever really carries the
// tag is reached once, for the brokerage.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { errorBodySchema } from "../../shared/integration.schema.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { deliveryBody, postWebhook, signBody } from "../helpers/post-webhook.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";
import { admin } from "../helpers/talk-to-gateway.ts";

interface Delivery {
  readonly id: number;
  readonly event: string;
  readonly event_id: string;
  readonly state: string;
  readonly result: string | null;
}

describe("a webhook of Follow Up Boss", () => {
  let at: TestWorld;
  beforeEach(async () => {
    at = await startTestWorld();
  });
  afterEach(() => at.close());

  const account = () => at.sandbox.fub.account("fub-test");
  const deliveries = async (query = ""): Promise<Delivery[]> =>
    (await admin<{ deliveries: Delivery[] }>(at, "GET", `/deliveries${query}`)).body.deliveries;
  const settled = (event: string): Promise<Delivery> =>
    waitFor(`the end of ${event}`, async () =>
      (await deliveries()).find((one) => one.event === event && one.state !== "waiting"),
    );
  const tag = (...ids: number[]) => {
    for (const person of account().people) if (ids.includes(person.id)) person.tags.push("Aventora Call");
  };
  const tagged = (...ids: number[]) =>
    deliveryBody("peopleTagsCreated", ids, { data: { tags: [" aventora  call "] } });

  it("starts one outreach for each person who carries the tag, for the brokerage", async () => {
    tag(101, 102);
    const answer = await postWebhook(at.url, "fub-test", tagged(101, 102, 103));
    expect(answer).toEqual({ status: 200, text: "stored" });
    const done = await settled("peopleTagsCreated");
    expect(done.result).toBe("2 started, 1 did not carry the tag (any more).");
    await waitFor("two calls", () => (account().calls.length === 2 ? true : undefined));
    expect(new Set(account().calls.map(({ personId }) => personId))).toEqual(new Set([101, 102]));
    expect(account().calls.every(({ fromNumber }) => fromNumber === "+14165550100")).toBe(true);
  });

  it("takes fifty copies at once as one", async () => {
    tag(107);
    const body = tagged(107);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => postWebhook(at.url, "fub-test", body)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
    expect(answers.filter(({ text }) => text === "stored")).toHaveLength(1);
    await settled("peopleTagsCreated");
    expect(await deliveries()).toHaveLength(1);
    await waitFor("the call", () => (account().calls.length > 0 ? true : undefined));
    expect(account().calls).toHaveLength(1);
  });

  it("stores what it does not know, and what it cannot read", async () => {
    expect(await postWebhook(at.url, "fub-test", deliveryBody("somethingNew", [1]))).toMatchObject({
      status: 200,
    });
    expect(await postWebhook(at.url, "fub-test", "not json")).toMatchObject({ status: 200 });
    expect((await deliveries()).map(({ event, state }) => [event, state])).toEqual([
      ["unreadable", "stored"],
      ["somethingNew", "stored"],
    ]);
  });

  it("refuses a wrong signature with 401 and the documented error, and keeps it apart with the reason", async () => {
    const body = tagged(101);
    const wrong = await postWebhook(at.url, "fub-test", body, { signature: signBody(body, "another key") });
    expect(wrong.status).toBe(401);
    expect(errorBodySchema.parse(JSON.parse(wrong.text)).error.code).toBe("unauthorized");
    expect(await postWebhook(at.url, "fub-test", body, { signature: null })).toMatchObject({ status: 401 });
    const nobody = await postWebhook(at.url, "nobody", body);
    expect([nobody.status, JSON.parse(nobody.text)]).toMatchObject([
      404,
      { error: { code: "tenant_not_found" } },
    ]);
    const got = await fetch(`${at.url}/integration/followupboss/webhook/fub-test`);
    expect([got.status, got.headers.get("allow")]).toEqual([405, "POST"]);
    expect(await got.json()).toMatchObject({ error: { code: "method_not_allowed" } });
    const rejected = await waitFor("the rejected ones", async () => {
      const { body: page } = await admin<{ rejected: { reason: string }[] }>(
        at,
        "GET",
        "/rejected-deliveries",
      );
      return page.rejected.length === 2 ? page.rejected : undefined;
    });
    expect(rejected.map(({ reason }) => reason)).toEqual(["missing", "mismatch"]);
    expect(await deliveries()).toEqual([]);
  });

  it("takes any content type, and says 413 to what is far too large", async () => {
    const body = deliveryBody("notesCreated", [1]);
    for (const type of ["text/plain", "application/json; charset=latin1", "x/y"])
      expect(
        await postWebhook(at.url, "fub-test", body, { headers: { "content-type": type } }),
      ).toMatchObject({
        status: 200,
      });
    const large = `{"x":"${"a".repeat(3_000_000)}"}`;
    expect(await postWebhook(at.url, "fub-test", large)).toMatchObject({ status: 413 });
  });

  it("starts nothing from another account's delivery, and says why", async () => {
    const answer = await postWebhook(at.url, "fub-test", tagged(990_001));
    expect(answer.status).toBe(200);
    expect((await settled("peopleTagsCreated")).result).toContain("another account's");
    expect(account().calls).toEqual([]);
  });

  it("runs as the agent whose account the address names, in that account only", async () => {
    const solo = at.sandbox.fub.account("solo-cara");
    const person = solo.people.find(({ id }) => id === 1);
    person?.tags.push("Call me");
    await at.gateway.apply({
      tenants: [
        {
          domain_name: "fub-solo",
          tag_starts: [
            { tag: "Call Me", channel: "phone", call_type: "informational", instruction: "Say hello" },
          ],
        },
      ],
    });
    const body = deliveryBody("peopleTagsCreated", [1], { data: { tags: ["Call me"] } });
    await postWebhook(at.url, "fub-solo", body, { query: `?fub_account=${solo.id}` });
    expect((await settled("peopleTagsCreated")).result).toBe("1 started.");
    await waitFor("the call", () => (solo.calls.length === 1 ? true : undefined));
    expect(at.sandbox.fub.account("solo-dev").calls).toEqual([]);
    expect(solo.calls[0]?.fromNumber).toBe("+14165550133");
  });

  it("runs a delivery again when a person asks for it, without starting anybody twice", async () => {
    tag(107);
    await postWebhook(at.url, "fub-test", tagged(107));
    const first = await settled("peopleTagsCreated");
    await admin(at, "POST", `/deliveries/${first.id}/replay`);
    const again = await waitFor("the replay", async () =>
      (await deliveries()).find(({ result }) => result?.includes("before")),
    );
    expect(again.result).toBe("1 had been started before.");
  });
});

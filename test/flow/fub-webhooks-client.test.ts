import { afterEach, describe, expect, it } from "vitest";
import type { CrmCallOptions } from "../../server/crm/crm.ts";
import type { HttpScriptLine } from "../helpers/scripted-http.ts";
import { AS_SYNC, type FubSetup, failureOf, startFubClient } from "../helpers/start-fub-client.ts";
import { openSandbox } from "../unit/sandbox/open-sandbox.ts";

let setup: FubSetup | undefined;
async function start(): Promise<FubSetup> {
  setup = await startFubClient();
  return setup;
}
afterEach(async () => {
  await setup?.fub.close();
  setup = undefined;
});

const hook = (id: number, given: object = {}) => ({
  id,
  event: "peopleTagsCreated",
  status: "Active",
  url: `https://gateway.example/${id}`,
  ...given,
});
const page = (webhooks: unknown[], next: string | null = null): HttpScriptLine => ({
  body: { _metadata: { collection: "webhooks", next, total: 3 }, webhooks },
});
const people = (list: object[], metadata: object = {}): HttpScriptLine => ({
  body: { _metadata: { collection: "people", ...metadata }, people: list },
});
const NOT_FOUND = { status: 404, body: { errorMessage: "Requested resource was not found." } };

describe("webhooks", () => {
  it("are read to the last page, with their status in lower case whatever it is", async () => {
    const { fub, crm } = await start();
    fub.say(
      page([hook(1001), hook(1002, { status: "Disabled" })], "more"),
      page([hook(1003, { status: "Paused" })]),
    );
    expect(await crm.webhooks(AS_SYNC)).toEqual([
      { id: "1001", event: "peopleTagsCreated", status: "active", url: "https://gateway.example/1001" },
      { id: "1002", event: "peopleTagsCreated", status: "disabled", url: "https://gateway.example/1002" },
      { id: "1003", event: "peopleTagsCreated", status: "paused", url: "https://gateway.example/1003" },
    ]);
    expect(fub.requests.map(({ url }) => url)).toEqual([
      "/v1/webhooks?limit=100",
      "/v1/webhooks?limit=100&next=more",
    ]);
  });

  it("are added with event and address and nothing else; an answer of its id alone is enough", async () => {
    const { fub, crm } = await start();
    fub.say({ status: 201, body: { id: 1004 } });
    const wanted = { event: "peopleDeleted", url: "https://gateway.example/hook?fub_account=7" };
    expect(await crm.addWebhook(wanted, AS_SYNC)).toEqual({ id: "1004", status: "active", ...wanted });
    expect(fub.requests[0]).toMatchObject({ method: "POST", url: "/v1/webhooks", json: wanted });
  });

  it("are moved and woken in Follow Up Boss's words, whatever 2xx is answered", async () => {
    const { fub, crm } = await start();
    fub.say({ body: hook(1001) }, { status: 204 });
    await crm.updateWebhook("1001", { url: "https://new.example/", status: "active" }, AS_SYNC);
    await crm.updateWebhook("1001", { status: "disabled" }, AS_SYNC);
    expect(fub.requests.map(({ method, url, json }) => [method, url, json])).toEqual([
      ["PUT", "/v1/webhooks/1001", { url: "https://new.example/", status: "Active" }],
      ["PUT", "/v1/webhooks/1001", { status: "Disabled" }],
    ]);
  });

  it("are removed by any 2xx, and are as good as removed when they are gone already", async () => {
    const { fub, crm } = await start();
    fub.say({ body: {} }, { status: 204 }, NOT_FOUND);
    for (const id of ["1001", "1002", "1003"]) await crm.removeWebhook(id, AS_SYNC);
    expect(fub.requests.map(({ method, url, text }) => [method, url, text])).toEqual(
      ["1001", "1002", "1003"].map((id) => ["DELETE", `/v1/webhooks/${id}`, ""]),
    );
    fub.say({ status: 503 });
    expect(await failureOf(crm.removeWebhook("1001", AS_SYNC))).toMatchObject({ code: "crm_unavailable" });
  });

  it("of a key that is not the owner's are refused as forbidden, in Follow Up Boss's words", async () => {
    const { fub, crm } = await start();
    fub.otherwise(() => ({ status: 403, body: { errorMessage: "You do not have access to webhooks." } }));
    for (const call of [
      crm.webhooks(AS_SYNC),
      crm.addWebhook({ event: "peopleDeleted", url: "https://a.example" }, AS_SYNC),
      crm.updateWebhook("1", { status: "active" }, AS_SYNC),
      crm.removeWebhook("1", AS_SYNC),
    ])
      expect(await failureOf(call)).toMatchObject({
        code: "crm_forbidden",
        sentence: expect.stringContaining("You do not have access to webhooks."),
      });
  });

  it("with an id that is no number never reach the network", async () => {
    const { fub, crm } = await start();
    await crm.removeWebhook("../people/7", AS_SYNC);
    expect(await failureOf(crm.updateWebhook("1?x=", { status: "active" }, AS_SYNC))).toMatchObject({
      code: "crm_not_found",
    });
    expect(fub.requests).toEqual([]);
  });
});

describe("an event", () => {
  const EVENT_ID = "DB36048A-6B06-D80E-7F9D-3440233AE915";

  it("is looked up without the dashes of its id; where it leads is not followed", async () => {
    const { fub, crm } = await start();
    const body = {
      id: "db36048a6b06d80e7f9d3440233ae915",
      eventCreated: "2016-12-12T18:36:26Z",
      event: "peopleUpdated",
      resourceIds: [1234, 3422],
      uri: `${fub.origin}/v1/people?id=1234,3422`,
    };
    fub.say({ body }, { body: { ...body, eventCreated: "soon", data: { tags: ["Call now"] } } });
    expect(await crm.webhookEvent(EVENT_ID, AS_SYNC)).toEqual({
      eventId: EVENT_ID,
      event: "peopleUpdated",
      createdAt: Date.parse("2016-12-12T18:36:26Z"),
      resourceIds: ["1234", "3422"],
      tags: [],
    });
    expect(await crm.webhookEvent(EVENT_ID, AS_SYNC)).toMatchObject({ createdAt: null, tags: ["Call now"] });
    expect(fub.requests.map(({ url }) => url)).toEqual(
      Array(2).fill("/v1/webhookEvents/db36048a6b06d80e7f9d3440233ae915"),
    );
  });

  it("that is unknown is null, and an id that cannot be one is not even asked for", async () => {
    const { fub, crm } = await start();
    fub.say(NOT_FOUND);
    expect(await crm.webhookEvent(EVENT_ID, AS_SYNC)).toBeNull();
    for (const id of ["", "1234", `${EVENT_ID}0`, "../../people"])
      expect(await crm.webhookEvent(id, AS_SYNC)).toBeNull();
    expect(fub.requests).toHaveLength(1);
    fub.say({ body: { id: 1 } });
    expect(await failureOf(crm.webhookEvent(EVENT_ID, AS_SYNC))).toMatchObject({ code: "crm_bad_answer" });
  });
});

describe("people by their ids", () => {
  it("are asked for in hundreds, each id once, and only those asked for come back", async () => {
    const { fub, crm } = await start();
    fub.otherwise(({ query }) =>
      people([...(query.get("id") ?? "").split(","), "999999"].map((id) => ({ id: Number(id) }))),
    );
    const ids = Array.from({ length: 250 }, (_, index) => String(index + 1));
    const found = await crm.peopleByIds([...ids, "7", "no number", "0", "1,2"], AS_SYNC);
    expect(found.map(({ id }) => id)).toEqual(ids);
    expect(fub.requests.map(({ query }) => query.get("id")?.split(",").length)).toEqual([100, 100, 50]);
    expect(fub.requests[0]?.query.get("limit")).toBe("100");
  });

  it("nobody is asked for by no ids", async () => {
    const { fub, crm } = await start();
    expect(await crm.peopleByIds([], AS_SYNC)).toEqual([]);
    expect(await crm.peopleByIds(["x"], AS_SYNC)).toEqual([]);
    expect(fub.requests).toEqual([]);
  });

  it("come from a second page too where Follow Up Boss cuts the first short", async () => {
    const { fub, crm } = await start();
    fub.say(people([{ id: 1 }, { id: 2 }], { next: "token" }), people([{ id: 3 }]));
    const found = await crm.peopleByIds(["1", "2", "3"], AS_SYNC);
    expect(found.map(({ id }) => id)).toEqual(["1", "2", "3"]);
    expect(fub.requests[1]?.query.get("next")).toBe("token");
  });

  it("a server that ignores the ids is not read to its end", async () => {
    const { fub, crm } = await start();
    let id = 1000;
    fub.otherwise(() => people([{ id: id++ }], { next: `t${id}` }));
    expect(await crm.peopleByIds(["1", "2", "3"], AS_SYNC)).toEqual([]);
    expect(fub.requests).toHaveLength(3);
  });
});

describe("people with a tag", () => {
  it("are those who carry it, last changed first, from a second before the given time", async () => {
    const { fub, crm } = await start();
    fub.say(
      people(
        [
          { id: 1, tags: ["Aventora  Call"] },
          { id: 2, tags: ["Aventora", "Call"] },
          { id: 3, tags: [{ name: "aventora call" }] },
        ],
        { next: "token", total: 240 },
      ),
    );
    const since = Date.parse("2026-05-04T12:00:00.900Z");
    const found = await crm.peopleWithTag("Aventora Call", since, null, AS_SYNC);
    expect(found).toMatchObject({ people: [{ id: "1" }, { id: "3" }], next: "token", total: 240 });
    expect(Object.fromEntries(fub.requests[0]?.query ?? [])).toEqual({
      tags: "Aventora Call",
      sort: "-updated",
      updatedAfter: "2026-05-04T11:59:59Z",
      limit: "100",
    });
  });

  it("go on at the given place, with the same question; without a time everybody is asked for", async () => {
    const { fub, crm } = await start();
    fub.say(people([]));
    expect(await crm.peopleWithTag("Call", null, "token", AS_SYNC)).toEqual({
      people: [],
      next: null,
      total: null,
    });
    expect(fub.requests[0]?.url).toBe("/v1/people?tags=Call&sort=-updated&limit=100&next=token");
  });
});

it("does all of it with the practice Follow Up Boss", async () => {
  const { sandbox, url, keys, time } = await openSandbox();
  setup = await startFubClient({ baseUrl: `${url}/v1`, systemKey: "sandbox-system-key" });
  const { crm } = setup;
  const as: CrmCallOptions = { access: { id: "owner", key: keys.fubTest.ownerKey }, priority: "sync" };
  const wanted = { event: "peopleTagsCreated", url: "https://gateway.example/hook?fub_account=7001" };
  const { id } = await crm.addWebhook(wanted, as);
  expect(await failureOf(crm.addWebhook(wanted, as))).toMatchObject({ code: "crm_invalid" });
  await crm.updateWebhook(id, { status: "disabled", url: "https://new.example/" }, as);
  expect(await crm.webhooks(as)).toEqual([
    { ...wanted, id, status: "disabled", url: "https://new.example/" },
  ]);
  time.now += 60_000;
  const since = time.now;
  sandbox.fub.addTag("fub-test", [103, 101], "Aventora Call");
  sandbox.fub.deletePeople("fub-test", [103]);
  const eventId = sandbox.fub.webhookEvents[0]?.eventId ?? "";
  const event = {
    eventId,
    event: "peopleTagsCreated",
    createdAt: since,
    resourceIds: ["103", "101"],
    tags: [],
  };
  expect(await crm.webhookEvent(eventId, as)).toEqual(event);
  expect((await crm.peopleByIds(event.resourceIds, as)).map((person) => person.id)).toEqual(["101"]);
  const tagged = await crm.peopleWithTag("aventora call", since, null, as);
  expect(tagged.people.map((person) => person.id)).toEqual(["101"]);
  expect((await crm.peopleWithTag("aventora call", since + 60_000, null, as)).people).toEqual([]);
  await crm.removeWebhook(id, as);
  await crm.removeWebhook(id, as);
  expect(await crm.webhooks(as)).toEqual([]);
  const agent = { ...as, access: { id: "ann", key: keys.fubTest.annKey } };
  expect(await failureOf(crm.webhooks(agent))).toMatchObject({ code: "crm_forbidden" });
});

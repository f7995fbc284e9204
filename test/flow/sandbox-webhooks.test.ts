import { expect, onTestFinished, test, vi } from "vitest";
import { verifyWebhook } from "../../server/crm/followupboss/verify-webhook.ts";
import type { WebhookOptions } from "../../server/sandbox/webhooks/webhook-types.ts";
import { type HttpScriptLine, type ScriptedHttp, startScriptedHttp } from "../helpers/scripted-http.ts";
import { type OpenSandbox, openSandbox, send } from "../unit/sandbox/open-sandbox.ts";

interface Setup extends OpenSandbox {
  hook: ScriptedHttp;
  owner: string;
  subscribe(event: string, path?: string): Promise<number>;
  got(): Record<string, unknown>[];
}

async function open(webhooks: Partial<WebhookOptions> = {}, answer: HttpScriptLine = {}): Promise<Setup> {
  const opened = await openSandbox({ webhooks: { retryMs: [], ...webhooks } });
  const hook = await startScriptedHttp();
  onTestFinished(() => hook.close());
  hook.otherwise(() => answer);
  const owner = opened.keys.fubTest.ownerKey;
  return {
    ...opened,
    hook,
    owner,
    subscribe: async (event, path = "/hook") => {
      const made = await opened.call(owner, "POST", "/webhooks", { event, url: `${hook.origin}${path}` });
      expect(made.status, JSON.stringify(made.body)).toBe(201);
      return made.body.id;
    },
    got: () => hook.requests.map(({ json }) => json as Record<string, unknown>),
  };
}

test("a tag added on the practice CRM's page is told as Follow Up Boss tells it, signed", async () => {
  const { url, subscribe, sandbox, hook, got } = await open();
  await subscribe("peopleTagsCreated", "/hook?fub_account=7001");
  const form = { "content-type": "application/x-www-form-urlencoded" };
  await send(`${url}/crm/fub-test/people/107/tags?as=2`, "POST", "tag=Aventora+Call", form);
  await sandbox.fub.dispatcher.settled();
  const eventId = sandbox.fub.deliveries[0]?.eventId;
  expect(eventId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  const [request] = hook.requests;
  expect(request?.text).toBe(
    `{"eventId":"${eventId}","eventCreated":"2026-05-04T12:00:00+00:00","event":"peopleTagsCreated","resourceIds":[107],"uri":"https://api.followupboss.com/v1/people?id=107","data":{"tags":["Aventora Call"]}}`,
  );
  expect([request?.method, request?.url]).toEqual(["POST", "/hook?fub_account=7001"]);
  expect(request?.headers["content-type"]).toBe("application/json");
  const signature = String(request?.headers["fub-signature"]);
  const body = Buffer.from(request?.text ?? "");
  expect(verifyWebhook({ body, signature, systemKey: "sandbox-system-key" }).ok).toBe(true);
  await send(`${url}/crm/fub-test/people/107/tags?as=2`, "POST", "tag=Aventora+Call", form);
  await sandbox.fub.dispatcher.settled();
  expect(got()).toHaveLength(1);
});

test("each change made through the API is told by its event; deletions have no address", async () => {
  const { call, owner, subscribe, sandbox, got } = await open();
  const events = ["people", "notes", "calls"].flatMap((what) => [`${what}Created`, `${what}Updated`]);
  for (const event of [...events, "peopleTagsCreated", "peopleStageUpdated", "peopleDeleted", "notesDeleted"])
    await subscribe(event);
  await subscribe("eventsCreated");
  const take = async (method: string, path: string, body?: unknown): Promise<unknown[]> => {
    const before = got().length;
    expect((await call(owner, method, path, body)).status).toBeLessThan(300);
    await sandbox.fub.dispatcher.settled();
    const told = got()
      .slice(before)
      .map(({ event, resourceIds, uri, data }) => [event, resourceIds, uri, data]);
    return told.toSorted((a, b) => String(a[0]).localeCompare(String(b[0])));
  };
  const api = "https://api.followupboss.com/v1";
  const people = (id: number) => `${api}/people?id=${id}`;
  expect(await take("PUT", "/people/107", { tags: ["Open House", "A", "B"], stage: "Closed" })).toEqual([
    ["peopleStageUpdated", [107], people(107), { stage: "Closed" }],
    ["peopleTagsCreated", [107], people(107), { tags: ["A", "B"] }],
    ["peopleUpdated", [107], people(107), undefined],
  ]);
  expect(await take("PUT", "/people/107", { tags: ["A"] })).toEqual([
    ["peopleUpdated", [107], people(107), undefined],
  ]);
  const id = sandbox.fub.nextId(sandbox.fub.account("fub-test").people);
  const newcomer = { firstName: "New", phones: [{ value: "4165550177" }], tags: ["A"] };
  expect(await take("POST", "/events", { person: newcomer })).toEqual([
    ["eventsCreated", [1], `${api}/events/1`, undefined],
    ["peopleCreated", [id], people(id), undefined],
    ["peopleTagsCreated", [id], people(id), { tags: ["A"] }],
  ]);
  expect(await take("POST", "/notes", { personId: 107 })).toEqual([
    ["notesCreated", [1], `${api}/notes/1`, undefined],
  ]);
  expect(await take("PUT", "/notes/1", { body: "x" })).toEqual([
    ["notesUpdated", [1], `${api}/notes/1`, undefined],
  ]);
  expect(await take("DELETE", "/notes/1")).toEqual([["notesDeleted", [1], null, undefined]]);
  const made = { personId: 107, phone: "4165550107", isIncoming: false };
  expect(await take("POST", "/calls", made)).toEqual([["callsCreated", [1], `${api}/calls/1`, undefined]]);
  expect(await take("PUT", "/calls/1", { note: "x" })).toEqual([
    ["callsUpdated", [1], `${api}/calls/1`, undefined],
  ]);
  expect(await take("DELETE", "/people/107")).toEqual([["peopleDeleted", [107], null, undefined]]);
});

test("a tag for many people is one event, or several where they are many; only those who lacked it are named", async () => {
  const { subscribe, sandbox, got } = await open({ idsPerDelivery: 3 });
  await subscribe("peopleTagsCreated");
  sandbox.fub.addTag("fub-test", [102, 103], ["Old", "New"]);
  sandbox.fub.removeTag("fub-test", [102], "New");
  sandbox.fub.addTag("fub-test", [101, 102, 103, 104, 105], "New");
  await sandbox.fub.dispatcher.settled();
  const told = got().map(({ resourceIds, data }) => [resourceIds, data]);
  expect(told).toHaveLength(3);
  expect(told).toEqual(
    expect.arrayContaining([
      [[102, 103], { tags: ["Old", "New"] }],
      [[101, 102, 104], { tags: ["New"] }],
      [[105], { tags: ["New"] }],
    ]),
  );
  expect(new Set(got().map(({ eventId }) => eventId)).size).toBe(3);
  sandbox.fub.setStage("fub-test", [101], "Closed");
  sandbox.fub.deletePeople("fub-test", [101]);
  expect(sandbox.fub.account("fub-test").people.find(({ id }) => id === 101)).toMatchObject({
    stage: "Closed",
    trashed: true,
  });
});

test("webhooks are the owner's, per system, two to an event, at secure addresses, with strict bodies", async () => {
  const { call, keys, owner, sandbox } = await open();
  sandbox.fub.options.systems.push({ name: "Other", key: "other-key" });
  const other = { "X-System": "Other", "X-System-Key": "other-key" };
  const add = async (body: object, key = owner, headers?: Record<string, string>) =>
    (await call(key, "POST", "/webhooks", body, headers)).status;
  const hook = (n: number, event = "peopleUpdated") => ({ event, url: `https://a.example/${n}` });
  expect(await add(hook(1), keys.fubTest.annKey)).toBe(403);
  expect(await add(hook(1), owner, { "X-System-Key": "sandbox-system-key" })).toBe(400);
  expect(await add(hook(1), owner, { "X-System": "Aventora" })).toBe(403);
  expect(await add(hook(1), owner, { "X-System": "Aventora", "X-System-Key": "other-key" })).toBe(403);
  for (const body of [
    { event: "peopleUpdated" },
    hook(1, "peopleTagsDeleted"),
    { ...hook(1), secret: "x" },
    { event: "peopleUpdated", url: "http://a.example/" },
    { event: "peopleUpdated", url: "a.example" },
  ])
    expect(await add(body), JSON.stringify(body)).toBe(400);
  expect([await add(hook(1)), await add(hook(1)), await add(hook(2)), await add(hook(3))]).toEqual([
    201, 400, 201, 400,
  ]);
  expect([await add(hook(3), owner, other), await add(hook(1), keys.cara.ownerKey)]).toEqual([201, 201]);
  const { body } = await call(owner, "GET", "/webhooks?event=peopleUpdated&limit=1");
  expect(body._metadata).toMatchObject({ collection: "webhooks", total: 2, limit: 1 });
  expect(body.webhooks).toEqual([{ id: 1001, status: "Active", ...hook(1) }]);
  const seen = await call(owner, "GET", "/webhooks", undefined, other);
  expect(seen.body.webhooks.map(({ id }: { id: number }) => id)).toEqual([1003]);
  expect((await call(owner, "GET", "/webhooks/1003")).status).toBe(404);
  expect((await call(owner, "PUT", "/webhooks/1002", { url: "https://a.example/1" })).status).toBe(400);
  expect((await call(owner, "PUT", "/webhooks/1002", { status: "Off" })).status).toBe(400);
  const put = await call(owner, "PUT", "/webhooks/1002", { status: "Disabled" });
  expect([put.status, put.body]).toEqual([200, { id: 1002, ...hook(2), status: "Disabled" }]);
  expect((await call(owner, "DELETE", "/webhooks/1001")).status).toBe(200);
  expect((await call(owner, "GET", "/webhooks/1001")).status).toBe(404);
});

test("what is not taken is tried again until it is, and given up at the end of the list", async () => {
  const { subscribe, sandbox, hook } = await open({ retryMs: [5, 5], timeoutMs: 60 });
  await subscribe("peopleTagsCreated");
  hook.say({ status: 500 }, { hang: true }, { status: 204 });
  sandbox.fub.addTag("fub-test", [101], "A");
  await sandbox.fub.dispatcher.settled();
  hook.say({ status: 302, headers: { Location: `${hook.origin}/x` } }, { reset: true }, { status: 401 });
  sandbox.fub.addTag("fub-test", [101], "B");
  await sandbox.fub.dispatcher.settled();
  const told = sandbox.fub.deliveries.map(({ attempts, state }) => [
    state,
    attempts.map(({ status }) => status),
  ]);
  expect(told).toEqual([
    ["delivered", [500, null, 204]],
    ["given_up", [302, null, 401]],
  ]);
  expect(new Set(hook.requests.slice(0, 3).map(({ text }) => text)).size).toBe(1);
  expect(hook.requests).toHaveLength(6);
});

test("406 and 410 remove a webhook; failing again and again disables it until it is set active", async () => {
  const { call, owner, subscribe, sandbox, hook } = await open({ disableAfter: 2 }, { status: 503 });
  const [tags, gone] = [await subscribe("peopleTagsCreated"), await subscribe("peopleUpdated", "/gone")];
  hook.otherwise(({ path }) => ({ status: path === "/gone" ? 410 : 503 }));
  const tag = async (name: string) => {
    sandbox.fub.addTag("fub-test", [101], name);
    await sandbox.fub.dispatcher.settled();
  };
  await tag("A");
  expect((await call(owner, "GET", `/webhooks/${gone}`)).status).toBe(404);
  expect((await call(owner, "GET", `/webhooks/${tags}`)).body.status).toBe("Active");
  await tag("B");
  expect((await call(owner, "GET", `/webhooks/${tags}`)).body.status).toBe("Disabled");
  await tag("C");
  expect(sandbox.fub.deliveries.map(({ state }) => state)).toEqual(["refused", "given_up", "given_up"]);
  hook.otherwise(() => ({ status: 200 }));
  await call(owner, "PUT", `/webhooks/${tags}`, { status: "Active" });
  await tag("D");
  expect(sandbox.fub.deliveries.at(-1)?.state).toBe("delivered");
});

test("a missed event can be looked up by owner and system, with its id's digits alone", async () => {
  const { call, keys, owner, subscribe, sandbox } = await open({ drop: true });
  await subscribe("peopleTagsCreated");
  sandbox.fub.options.systems.push({ name: "Other", key: "other-key" });
  sandbox.fub.addTag("fub-test", [101], "A");
  const [delivery] = sandbox.fub.deliveries;
  expect([delivery?.state, delivery?.attempts]).toEqual(["dropped", []]);
  const path = `/webhookEvents/${delivery?.eventId.replaceAll("-", "")}`;
  expect((await call(owner, "GET", path)).body).toEqual({
    id: delivery?.eventId.replaceAll("-", ""),
    eventCreated: "2026-05-04T12:00:00Z",
    event: "peopleTagsCreated",
    resourceIds: [101],
    uri: "https://api.followupboss.com/v1/people?id=101",
  });
  const other = { "X-System": "Other", "X-System-Key": "other-key" };
  expect((await call(owner, "GET", path, undefined, other)).status).toBe(404);
  expect((await call(keys.cara.ownerKey, "GET", path)).status).toBe(404);
  expect((await call(keys.fubTest.benKey, "GET", path)).status).toBe(403);
  expect((await call(owner, "GET", `/webhookEvents/${delivery?.eventId}`)).status).toBe(404);
});

test("deliveries can come twice, newest first, badly signed, spelled like PHP, or be held back", async () => {
  const { subscribe, sandbox, hook, got } = await open();
  await subscribe("peopleTagsCreated");
  const { fub } = sandbox;
  const tags = (from: number) =>
    got()
      .slice(from)
      .map(({ data }) => (data as { tags: string[] }).tags[0]);
  const passes = (index: number): boolean => {
    const request = hook.requests[index];
    const signature = String(request?.headers["fub-signature"]);
    const body = Buffer.from(request?.text ?? "");
    return verifyWebhook({ body, signature, systemKey: "sandbox-system-key" }).ok;
  };
  fub.options.webhooks.twice = true;
  fub.addTag("fub-test", [101], "twice");
  await fub.dispatcher.settled();
  expect(new Set(hook.requests.map(({ text }) => text)).size).toBe(1);
  expect(hook.requests).toHaveLength(2);
  Object.assign(fub.options.webhooks, { twice: false, reverseWithinMs: 20 });
  for (const tag of ["1", "2", "3"]) fub.addTag("fub-test", [101], tag);
  await fub.dispatcher.settled();
  expect(tags(2)).toEqual(["3", "2", "1"]);
  Object.assign(fub.options.webhooks, { reverseWithinMs: 0, phpEscapes: true });
  fub.addTag("fub-test", [101], "Café/Bar");
  await fub.dispatcher.settled();
  expect(hook.requests[5]?.text).toContain(
    '"uri":"https:\\/\\/api.followupboss.com\\/v1\\/people?id=101","data":{"tags":["Caf\\u00e9\\/Bar"]}',
  );
  expect([passes(5), tags(5)]).toEqual([true, ["Café/Bar"]]);
  fub.options.webhooks.wrongSignature = true;
  fub.addTag("fub-test", [101], "forged");
  await fub.dispatcher.settled();
  expect(passes(6)).toBe(false);
  fub.dispatcher.hold();
  fub.addTag("fub-test", [101], "held");
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect([hook.requests.length, fub.deliveries.at(-1)?.state]).toEqual([7, "waiting"]);
  fub.dispatcher.release();
  await fub.dispatcher.settled();
  expect(tags(7)).toEqual(["held"]);
});

test("closing ends what is on its way and what waits to be tried again", async () => {
  const { subscribe, sandbox, hook } = await open({ retryMs: [60_000] });
  await subscribe("peopleTagsCreated");
  hook.say({ status: 500 }, { hang: true });
  sandbox.fub.addTag("fub-test", [101], "A");
  await vi.waitFor(() => expect(sandbox.fub.deliveries[0]?.attempts).toHaveLength(1));
  sandbox.fub.addTag("fub-test", [101], "B");
  await vi.waitFor(() => expect(hook.requests).toHaveLength(2));
  await sandbox.close();
  await sandbox.fub.dispatcher.settled();
  expect(sandbox.fub.deliveries.map(({ state }) => state)).toEqual(["waiting", "waiting"]);
  expect(hook.requests).toHaveLength(2);
});

test("another process may set options, hold deliveries back and add tags", async () => {
  const { url, subscribe, sandbox, hook } = await open();
  await subscribe("peopleTagsCreated");
  const control = (body: object) => send(`${url}/__control/webhooks`, "POST", body);
  const addTag = { domain: "fub-test", personIds: [101, 4242], tag: "A" };
  expect((await control({ options: { twice: true }, held: true, addTag })).body).toEqual({ deliveries: 2 });
  expect(hook.requests).toEqual([]);
  await control({ held: false });
  await sandbox.fub.dispatcher.settled();
  expect(hook.requests).toHaveLength(2);
  for (const body of [{ options: { colour: 1 } }, { addTag: { ...addTag, domain: "nowhere" } }])
    expect((await control(body)).status).toBe(400);
  expect((await send(`${url}/__control/webhooks`, "GET")).body.deliveries[0].state).toBe("delivered");
});

import { createHmac } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import type { RolloutOptions } from "../../server/sandbox/rollout/rollout-types.ts";
import { type OpenRollout, openRolloutSandbox } from "../helpers/open-rollout-sandbox.ts";
import { type HttpScriptLine, type ScriptedHttp, startScriptedHttp } from "../helpers/scripted-http.ts";
import { send } from "../unit/sandbox/open-sandbox.ts";

const SECRET = "rollout-secret-0123456789abcdef";
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface Setup extends OpenRollout {
  hook: ScriptedHttp;
  /** Id of the new webhook. */
  subscribe(event: string, path?: string): Promise<string>;
  /** Bodies that came since the last time one looked, without ids and times, once all are settled. */
  told(): Promise<unknown[]>;
}

async function open(options: RolloutOptions = {}, answer: HttpScriptLine = {}): Promise<Setup> {
  const opened = await openRolloutSandbox(options);
  const hook = await startScriptedHttp();
  onTestFinished(() => hook.close());
  hook.otherwise(() => answer);
  let looked = 0;
  return {
    ...opened,
    hook,
    subscribe: async (event, path = "/hook") => {
      const made = await opened.call("POST", "/webhooks", { event, url: `${hook.origin}${path}` });
      expect(made.status, JSON.stringify(made.body)).toBe(201);
      return made.body.id;
    },
    told: async () => {
      await opened.rollout.dispatcher.settled();
      const fresh = hook.requests.slice(looked);
      looked = hook.requests.length;
      return fresh
        .map(({ json }) => {
          const { eventId, eventCreated, ...rest } = json as Record<string, string>;
          expect([eventId, eventCreated]).toEqual([expect.stringMatching(UUID), "2026-05-04T12:00:00.000Z"]);
          return rest;
        })
        .toSorted((a, b) => String(a.event).localeCompare(String(b.event)));
    },
  };
}

const hmac = (text: string): string => createHmac("sha256", SECRET).update(text).digest("hex");
const uri = (collection: string, ...ids: string[]): string =>
  `https://crm.universal.rollout.com/${collection}?ids=${ids.join(",")}`;

test("a tag added in the CRM is told to its account's webhook, signed over the body's base64", async () => {
  const { demo, rollout, subscribe, hook } = await open();
  await subscribe("peopleTagsCreated", "/hook/fub-test?token=abc");
  rollout.addTag(demo.credentialId, demo.people.nivia, "Aventora Çall");
  await rollout.dispatcher.settled();
  const [request] = hook.requests;
  expect([request?.method, request?.url]).toEqual(["POST", "/hook/fub-test?token=abc"]);
  expect(request?.headers["content-type"]).toBe("application/json");
  const id = demo.people.nivia;
  expect(request?.text).toBe(
    `{"eventId":"${rollout.deliveries[0]?.eventId}","eventCreated":"2026-05-04T12:00:00.000Z","event":"peopleTagsCreated","resourceIds":["${id}"],"uri":"${uri("people", id)}"}`,
  );
  const base64 = Buffer.from(request?.text ?? "").toString("base64");
  expect(request?.headers["x-rollout-signature"]).toBe(hmac(base64));
  rollout.addTag(demo.credentialId, demo.people.nivia, "Aventora Çall");
  await rollout.dispatcher.settled();
  expect(hook.requests).toHaveLength(1);
});

test("in its older form the body itself is signed; tags are named where that is asked for", async () => {
  const { demo, rollout, subscribe, hook } = await open({ signature: "raw", webhookTags: true });
  await subscribe("peopleTagsCreated");
  rollout.addTag(demo.credentialId, [demo.people.sam, demo.people.busy], ["Ünïcode", "VIP"]);
  await rollout.dispatcher.settled();
  const bodies = hook.requests.map(({ json }) => json as { resourceIds: string[]; data: unknown });
  expect(bodies.map(({ resourceIds, data }) => [resourceIds, data])).toEqual(
    expect.arrayContaining([
      [[demo.people.sam], { tags: ["Ünïcode"] }],
      [[demo.people.busy], { tags: ["Ünïcode", "VIP"] }],
    ]),
  );
  for (const { headers, text } of hook.requests) expect(headers["x-rollout-signature"]).toBe(hmac(text));
});

test("another secret may sign what is sent", async () => {
  const { demo, rollout, subscribe, hook } = await open({ signature: "raw", webhookSecret: "other" });
  await subscribe("peopleUpdated");
  rollout.updatePerson(demo.credentialId, demo.people.sam, { stage: "Closed" });
  await rollout.dispatcher.settled();
  const [request] = hook.requests;
  const expected = createHmac("sha256", "other")
    .update(request?.text ?? "")
    .digest("hex");
  expect(request?.headers["x-rollout-signature"]).toBe(expected);
});

test("each change is told by its event, whoever makes it, and what changes nothing is not", async () => {
  const { call, demo, rollout, subscribe, told } = await open();
  const { credentialId, people } = demo;
  for (const entity of ["people", "notes", "calls"])
    for (const what of ["Created", "Updated", "Deleted"]) await subscribe(`${entity}${what}`);
  await subscribe("peopleTagsCreated");
  const event = (name: string, id: string, collection = "people") => ({
    event: name,
    resourceIds: [id],
    uri: name.endsWith("Deleted") ? null : uri(collection, id),
  });
  const { nivia } = people;
  await call("PUT", `/people/${nivia}`, { tags: ["A"], stage: "Closed" });
  expect(await told()).toEqual([event("peopleTagsCreated", nivia), event("peopleUpdated", nivia)]);
  await call("PUT", `/people/${nivia}`, { tags: ["A"] });
  await call("POST", `/people/${nivia}/tags/apply`, { tags: ["A"] });
  expect(await told()).toEqual([]);
  await call("POST", `/people/${nivia}/tags/apply`, { tags: ["B"] });
  expect(await told()).toEqual([event("peopleTagsCreated", nivia), event("peopleUpdated", nivia)]);
  rollout.removeTag(credentialId, nivia, "A");
  expect(await told()).toEqual([event("peopleUpdated", nivia)]);
  const { body: made } = await call("POST", "/people", { firstName: "N", lastName: "", tags: ["A"] });
  expect(await told()).toEqual([event("peopleCreated", made.id), event("peopleTagsCreated", made.id)]);
  const { id } = rollout.addPerson(credentialId, { firstName: "Imported" });
  expect(await told()).toEqual([event("peopleCreated", id)]);
  const note = (await call("POST", "/notes", { personId: nivia })).body.id;
  await call("PUT", `/notes/${note}`, { body: "x" });
  await call("DELETE", `/notes/${note}`);
  const log = { personId: nivia, phone: "1", isIncoming: true };
  const logged = (await call("POST", "/calls", log)).body.id;
  await call("PUT", `/calls/${logged}`, { note: "x" });
  expect(await told()).toEqual([
    event("callsCreated", logged, "calls"),
    event("callsUpdated", logged, "calls"),
    event("notesCreated", note, "notes"),
    event("notesDeleted", note, "notes"),
    event("notesUpdated", note, "notes"),
  ]);
  rollout.credential(credentialId).entities.calls = false;
  await call("POST", "/calls", log);
  expect(await told()).toEqual([]);
  rollout.deletePeople(credentialId, [nivia, people.sam]);
  expect(await told()).toEqual([{ ...event("peopleDeleted", nivia), resourceIds: [nivia, people.sam] }]);
  expect(() => rollout.addTag(credentialId, nivia, "A")).toThrow(nivia);
});

test("a webhook is for one event, changeable and removable, and cannot be read by itself", async () => {
  const { call } = await openRolloutSandbox();
  const hook = { event: "peopleUpdated", url: "https://a.example/1" };
  for (const body of [
    { event: "peopleUpdated" },
    { url: hook.url },
    { ...hook, event: "peopleStageUpdated" },
    { ...hook, event: "peopleTagsDeleted" },
    { ...hook, url: "a.example" },
    { ...hook, status: "Active" },
    { ...hook, filters: { a: "b" } },
  ])
    expect((await call("POST", "/webhooks", body)).status, JSON.stringify(body)).toBe(400);
  const made = await call("POST", "/webhooks", hook);
  expect(made.body).toEqual({ id: expect.stringMatching(UUID), status: "Active", ...hook, filters: {} });
  for (let i = 0; i < 3; i++) expect((await call("POST", "/webhooks", hook)).status).toBe(201);
  const at = `/webhooks/${made.body.id}`;
  expect((await call("GET", at)).status).toBe(404);
  const url = "https://a.example/2";
  expect((await call("PUT", at, { url })).body).toEqual({ ...made.body, url });
  expect((await call("PUT", at, { status: "Disabled" })).status).toBe(400);
  expect((await call("GET", "/webhooks")).body).toMatchObject({
    _metadata: { collection: "webhooks", total: 4 },
    webhooks: [{ ...made.body, url }, hook, hook, hook],
  });
  expect((await call("DELETE", at)).body).toEqual([]);
  expect(await call("DELETE", at)).toMatchObject({
    status: 404,
    body: { errorMessage: "Requested resource was not found." },
  });
  expect((await call("PUT", at, { url })).status).toBe(404);
});

test("what is not taken is tried again until it is, and given up at the end of the list", async () => {
  const { demo, rollout, subscribe, hook } = await open({ retryMs: [5, 5], timeoutMs: 60 });
  await subscribe("peopleTagsCreated");
  hook.say({ status: 500 }, { hang: true }, { status: 204 });
  rollout.addTag(demo.credentialId, demo.people.sam, "A");
  await rollout.dispatcher.settled();
  hook.say({ status: 302, headers: { Location: `${hook.origin}/x` } }, { reset: true }, { status: 410 });
  rollout.addTag(demo.credentialId, demo.people.sam, "B");
  await rollout.dispatcher.settled();
  expect(
    rollout.deliveries.map(({ state, attempts }) => [state, attempts.map(({ status }) => status)]),
  ).toEqual([
    ["delivered", [500, null, 204]],
    ["given_up", [302, null, 410]],
  ]);
  expect(new Set(hook.requests.slice(0, 3).map(({ text }) => text)).size).toBe(1);
  expect(hook.requests).toHaveLength(6);
});

test("a disabled webhook gets nothing; others get what is held back or sent twice", async () => {
  const { demo, rollout, subscribe, hook, told } = await open();
  const { credentialId, people } = demo;
  const off = await subscribe("peopleTagsCreated", "/off");
  await subscribe("peopleTagsCreated", "/on");
  rollout.dispatcher.hold();
  rollout.addTag(credentialId, people.sam, "A");
  const webhook = rollout.credential(credentialId).webhooks.find(({ id }) => id === off);
  if (webhook) webhook.status = "Disabled";
  rollout.addTag(credentialId, people.sam, "B");
  await wait(40);
  expect(hook.requests).toEqual([]);
  rollout.dispatcher.release();
  expect(await told()).toHaveLength(2);
  expect(hook.requests.map(({ path }) => path)).toEqual(["/on", "/on"]);
  expect(rollout.deliveries.map(({ state }) => state).toSorted()).toEqual([
    "delivered",
    "delivered",
    "ended",
  ]);
  rollout.options.twice = true;
  rollout.addTag(credentialId, people.sam, "C");
  expect(await told()).toHaveLength(2);
  expect(new Set(hook.requests.slice(2).map(({ text }) => text)).size).toBe(1);
});

test("the end of a first sync is told in a body of its own, signed, until it is taken", async () => {
  const { demo, rollout, hook } = await open({ retryMs: [5] });
  hook.say({ status: 503 });
  const delivery = rollout.completeSync(demo.credentialId, `${hook.origin}/done`);
  await rollout.dispatcher.settled();
  expect([delivery.state, delivery.attempts.length]).toEqual(["delivered", 2]);
  const [, request] = hook.requests;
  expect(request?.json).toEqual({
    credential: { id: demo.credentialId, appKey: "followupboss" },
    consumers: [{ id: expect.stringMatching(UUID), consumerKey: "fub-test" }],
  });
  const base64 = Buffer.from(request?.text ?? "").toString("base64");
  expect(request?.headers["x-rollout-signature"]).toBe(hmac(base64));
});

test("stopping ends what is on its way and what waits to be tried again", async () => {
  const { demo, rollout, subscribe, hook } = await open({ retryMs: [60_000] });
  await subscribe("peopleTagsCreated");
  hook.say({ status: 500 }, { hang: true });
  rollout.addTag(demo.credentialId, demo.people.sam, "A");
  await vi.waitFor(() => expect(rollout.deliveries[0]?.attempts).toHaveLength(1));
  rollout.addTag(demo.credentialId, demo.people.sam, "B");
  await vi.waitFor(() => expect(hook.requests).toHaveLength(2));
  rollout.dispatcher.stop();
  await rollout.dispatcher.settled();
  expect(rollout.deliveries.map(({ state }) => state)).toEqual(["waiting", "waiting"]);
});

test("another process may look, add tags, end a sync, make requests fail and reset", async () => {
  const { url, call, demo, rollout, subscribe, hook } = await open();
  const { credentialId, people } = demo;
  const control = (body: object) => send(`${url}/__control/rollout`, "POST", body);
  await subscribe("peopleTagsCreated");
  expect((await control({ ready: { credentialId, ready: false } })).status).toBe(200);
  expect((await call("GET", "/people")).status).toBe(409);
  const completeSync = { credentialId, callbackUrl: `${hook.origin}/done` };
  const addTag = { credentialId, personIds: [people.sam], tag: "A" };
  expect((await control({ held: true, addTag, completeSync })).body).toEqual({ deliveries: 2 });
  expect(hook.requests).toEqual([]);
  await control({ held: false, fail: { times: 1, status: 500 } });
  await rollout.dispatcher.settled();
  expect(hook.requests.map(({ path }) => path).toSorted()).toEqual(["/done", "/hook"]);
  expect([(await call("GET", "/people")).status, (await call("GET", "/people")).status]).toEqual([500, 200]);
  const state = await send(`${url}/__control/rollout`, "GET");
  expect(state.body.credentials[0]).toMatchObject({ id: credentialId, ready: true });
  expect(state.body.deliveries[0].state).toBe("delivered");
  expect(JSON.stringify(state.body)).not.toContain(SECRET);
  for (const body of [
    { colour: 1 },
    { addTag: { ...addTag, credentialId: "nowhere" } },
    { addTag: { ...addTag, personIds: ["nobody"] } },
  ])
    expect((await control(body)).status).toBe(400);
  await send(`${url}/__control/reset`, "POST");
  expect(rollout.deliveries).toEqual([]);
  expect(rollout.credential(credentialId).webhooks).toEqual([]);
});

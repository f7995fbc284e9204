// What the gateway asks of Rollout against Rollout's own OpenAPI, and whether it understands every answer that allows.
// The document is not part of this project: ROLLOUT_OPENAPI names the file. Without it the tests are skipped and say so.
import { afterEach, describe, expect, it } from "vitest";
import type { Crm } from "../../server/crm/crm.ts";
import type { RecordedRequest } from "../helpers/scripted-http.ts";
import { failureOf } from "../helpers/start-fub-client.ts";
import {
  type RolloutOpenApi,
  readRolloutOpenApi,
  type SampleKind,
} from "../unit/crm/read-rollout-openapi.ts";
import {
  AS_SYNC,
  CREDENTIAL,
  type RolloutSetup,
  startRolloutClient,
} from "../unit/crm/start-rollout-client.ts";

const file = process.env.ROLLOUT_OPENAPI ?? "";
if (file === "")
  process.stderr.write(
    "Not checked against Rollout's OpenAPI: requests, bodies and answers of server/crm/rollout (set ROLLOUT_OPENAPI to the file).\n",
  );

let setup: RolloutSetup | undefined;
afterEach(async () => {
  await setup?.rollout.close();
  setup = undefined;
});

/** A Rollout that answers what the schemas allow: two pages of everything. */
async function start(api: RolloutOpenApi, kind: SampleKind, status?: number): Promise<RolloutSetup> {
  setup = await startRolloutClient();
  setup.rollout.otherwise((request) => {
    const made = api.answerTo(request, kind, status) ?? api.answerTo(request, kind);
    if (!made) return { status: 404 };
    return { status: made.status, body: endPaging(made.body, request) };
  });
  return setup;
}

function endPaging(body: unknown, { query }: RecordedRequest): unknown {
  if (typeof body !== "object" || body === null || !("_metadata" in body)) return body;
  const next = query.has("next") ? null : "cursor-2";
  return { ...body, _metadata: { ...(body._metadata as object), next, nextLink: null } };
}

const CALL = {
  ...{ personId: "p-1", phone: "+14165550100", fromNumber: "+14165550111", toNumber: "+14165550100" },
  ...{ isIncoming: false, outcome: "Interested", duration: 61, note: "Talked", userId: "u-1" },
};
const NEW = { name: "Ana Silva", phone: "+14165550100", email: "ana@example.com", message: "Call from us" };
const HOOK = { event: "peopleTagsCreated", url: "https://gw.example.com/webhooks/rollout/x" };
const BY = { phone: "+14165550123", email: "Ana@Example.com" };

/** Every method that asks something, in each of its shapes. */
const CALLS: readonly (readonly [name: string, ask: (crm: Crm) => Promise<unknown>])[] = [
  ["identity", (crm) => crm.identity(AS_SYNC)],
  ["user", (crm) => crm.user("u-1", AS_SYNC)],
  ["users", (crm) => crm.users(AS_SYNC)],
  ["person", (crm) => crm.person("p-1", AS_SYNC)],
  ["findPerson", (crm) => crm.findPerson(BY, AS_SYNC)],
  ["introducePerson", (crm) => crm.introducePerson(NEW, AS_SYNC)],
  ["introducePerson unnamed", (crm) => crm.introducePerson({ ...NEW, name: null, phone: null }, AS_SYNC)],
  ["addNote", (crm) => crm.addNote({ personId: "p-1", subject: "SMS", body: "Hello" }, AS_SYNC)],
  ["findNote", (crm) => crm.findNote("p-1", "a marker", AS_SYNC)],
  ["addCall", (crm) => crm.addCall(CALL, AS_SYNC)],
  [
    "addCall of little",
    (crm) => crm.addCall({ ...CALL, outcome: null, userId: null, fromNumber: null, toNumber: null }, AS_SYNC),
  ],
  ["updateCall", (crm) => crm.updateCall("c-1", CALL, AS_SYNC)],
  ["findCall", (crm) => crm.findCall("p-1", "a marker", AS_SYNC)],
  ["updateCall recorded", (crm) => crm.updateCall("c-1", { ...CALL, recordingUrl: HOOK.url }, AS_SYNC)],
  ["setTag", (crm) => crm.setTag("p-1", { tag: "Do Not Contact", on: true }, AS_SYNC)],
  ["setTag off", (crm) => crm.setTag("p-1", { tag: "Do Not Contact", on: false }, AS_SYNC)],
  ["peopleByIds", (crm) => crm.peopleByIds(["p-1", "p-2"], AS_SYNC)],
  ["peopleWithTag", (crm) => crm.peopleWithTag("tags-1", 1, "cursor-1", AS_SYNC)],
  ["webhooks", (crm) => crm.webhooks(AS_SYNC)],
  ["addWebhook", (crm) => crm.addWebhook(HOOK, AS_SYNC)],
  ["updateWebhook", (crm) => crm.updateWebhook("w-1", { url: HOOK.url }, AS_SYNC)],
  ["updateWebhook back on", (crm) => crm.updateWebhook("id-1", { status: "active" }, AS_SYNC)],
  ["removeWebhook", (crm) => crm.removeWebhook("w-1", AS_SYNC)],
];

describe.skipIf(file === "")("against Rollout's OpenAPI", () => {
  const api = file === "" ? undefined : readRolloutOpenApi(file);
  const judge = (): RolloutOpenApi => {
    if (!api) throw new Error("no OpenAPI");
    return api;
  };

  describe.each(["full", "nulls"] as const)("with %s answers", (kind) => {
    it.each(CALLS)("%s asks what is declared and understands the answer", async (_name, ask) => {
      const { rollout, crm } = await start(judge(), kind);
      await ask(crm);
      expect(rollout.requests.length).toBeGreaterThan(0);
      expect(rollout.requests.flatMap((request) => judge().problemsOf(request))).toEqual([]);
    });
  });

  it("reads what it needs out of full answers", async () => {
    const { crm } = await start(judge(), "full");
    expect(await crm.person("p-1", AS_SYNC)).toMatchObject({
      ...{
        id: "id-1",
        name: "name-1",
        stage: "stage-1",
        tags: ["tags-1"],
        assignedUserId: "assignedUserId-1",
      },
      phones: [{ e164: "+14165550100", type: "type-1", isPrimary: true }],
      emails: [{ type: "type-1", isPrimary: true }],
      consent: { phone: true, text: true, email: true },
    });
    expect(await crm.user("u-1", AS_SYNC)).toEqual({
      ...{
        id: "id-1",
        name: "firstName-1 lastName-1",
        email: "pat@example.com",
        phone: "4165550100",
        role: "role-1",
      },
    });
    expect(await crm.findPerson({ phone: "+14165550100", email: null }, AS_SYNC)).toMatchObject({
      id: "id-1",
    });
    expect(await crm.peopleWithTag("tags-1", null, null, AS_SYNC)).toMatchObject({
      next: "cursor-2",
      total: 7,
    });
    expect(await crm.findNote("personId-1", "body-1", AS_SYNC)).toEqual({ id: "id-1" });
    expect(await crm.findCall("personId-1", "note-1", AS_SYNC)).toEqual({ id: "id-1" });
    expect(await crm.webhooks(AS_SYNC)).toMatchObject([{ id: "id-1", event: "event-1", status: "active" }]);
    expect(await crm.identity(AS_SYNC)).toMatchObject({ accountId: CREDENTIAL });
  });

  it.each([
    [400, "crm_invalid"],
    [404, "crm_not_found"],
    [409, "crm_syncing"],
  ])("%i as declared is %s", async (status, code) => {
    const { crm } = await start(judge(), "full", status);
    const settled = await failureOf(crm.updateCall("c-1", CALL, AS_SYNC));
    expect(settled).toMatchObject({ code, details: { fate: "not_stored", status } });
  });

  it("the judge itself finds what is wrong", async () => {
    const { rollout } = await start(judge(), "full");
    const send = (method: string, path: string, body?: object): Promise<unknown> =>
      fetch(`${rollout.origin}/api${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
    await send("GET", "/people?ids=a,b");
    await send("POST", "/notes", { personId: 7, text: "x" });
    await send("PATCH", "/notes/1");
    const found = rollout.requests.map((request) => judge().problemsOf(request).length);
    expect(found).toEqual([2, 3, 1]);
  });
});

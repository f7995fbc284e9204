// Outreach carried by the Aventora Hub: its notices come doubled, late, out of order or not at all, and its answers may
// be lost; each outreach still ends once, with one record.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HUB_KEY, type HubBehaviour } from "../../server/sandbox/hub/create-hub-world.ts";
import { connectHub, hubEngagement, hubStarts, sendNotice } from "../helpers/connect-hub.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";
import {
  controlOutreach,
  journalOf,
  readOutreach,
  startOutreach,
  statusOf,
  untilCrm,
  untilOutreach,
  untilOver,
  untilQuiet,
} from "../helpers/talk-to-gateway.ts";

let world: TestWorld;
beforeEach(async () => {
  world = await startTestWorld();
});
afterEach(() => world.close());

const SAM = "+14165550132";
const account = () => world.sandbox.fub.account("fub-test");
const hub = () => world.sandbox.hub;
const startCall = (more: Record<string, unknown> = {}): Promise<string> =>
  startOutreach(world, { phone_number: SAM, instruction: "Ask about Maple Street.", ...more });

async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe("notices", () => {
  it.each<[string, HubBehaviour, number]>([
    ["once and in order", {}, 600],
    ["twice", { twice: true }, 600],
    ["out of order", { outOfOrder: true }, 600],
    ["late", { late: 700 }, 600],
    ["never: polling ends it", { never: true }, 0.1],
    ["never, in words nobody knows", { never: true, unknownStatuses: true }, 0.1],
    ["with the wrong secret: polling ends it", { wrongSecret: true }, 0.1],
    ["in unknown words", { unknownStatuses: true }, 600],
  ])("%s lead to one end and one record", async (_how, behaviour, pollSeconds) => {
    await connectHub(world, { pollSeconds });
    hub().behaviour = behaviour;
    const id = await startCall({
      type: "conversational",
      external_user_id: "u1",
      client_name: "Sam Okafor",
      language: "fr",
    });
    const ended = await untilOver(world, id);
    await untilCrm(world, id, "written");
    await hub().settle();
    await untilQuiet(world);
    expect(await readOutreach(world, id)).toMatchObject({
      status: "completed",
      outcome: "connected",
      summary: "Outcome: connected",
      completed_at: ended.completed_at,
    });
    expect((await readOutreach(world, id)).transcript.map(({ direction }) => direction)).toEqual([
      "outbound",
      "inbound",
      "outbound",
    ]);
    expect(account().calls).toMatchObject([
      { personId: 108, outcome: "Interested", fromNumber: "+14165550111" },
    ]);
    expect(hubStarts(world, SAM)).toMatchObject([
      {
        headers: { "idempotency-key": id },
        body: {
          domain_name: "fub-test",
          type: "conversational",
          channel: "phone",
          instruction: "Ask about Maple Street.",
          language: "fr",
          client_name: "Sam Okafor",
          external_user_id: "u1",
        },
      },
    ]);
    const refused = hub().deliveries.filter(({ status }) => status !== 200);
    expect(refused.every(({ status }) => status === 401)).toBe(true);
    expect(refused.length > 0).toBe(behaviour.wrongSecret === true);
    expect((await journalOf(world, "event=engagement.completed")).length).toBe(1);
  });

  it("that are not the Hub's, not readable or about nobody we know change nothing", async () => {
    await connectHub(world);
    hub().behaviour = { never: true };
    hub().stepMs = 600_000;
    const id = await startCall();
    const { snapshot } = await hubEngagement(world, SAM);
    await untilOutreach(world, id, "launched", ({ status }) => status === "queued");
    const end = { ...snapshot, status: "completed", outcome: "connected" };
    const unauthorized = { status: 401, body: { error: { code: "unauthorized" } } };
    expect(await sendNotice(world, end, "not-the-secret")).toMatchObject(unauthorized);
    expect(await sendNotice(world, end, "")).toMatchObject(unauthorized);
    expect(await sendNotice(world, end, null)).toMatchObject(unauthorized);
    expect(await sendNotice(world, "{", null)).toMatchObject(unauthorized);
    for (const body of ["{", "", "[]", '"text"', "null", { status: "completed" }, { engagement_id: {} }])
      expect(await sendNotice(world, body), JSON.stringify(body)).toMatchObject({ status: 400 });
    const known = { status: 200, body: { result: "unknown" } };
    expect(await sendNotice(world, { ...end, engagement_id: "elsewhere" })).toMatchObject(known);
    hub().behaviour = {};
    hub().emitInbound({ domain_name: "fub-test", phone_number: SAM });
    await expect.poll(() => hub().deliveries.at(-1)?.status).toBe(200);
    expect((await readOutreach(world, id)).status).toBe("queued");
    const told = [
      ...(await journalOf(world, "event=hub.unknown_engagement")),
      ...(await journalOf(world, "event=hub.inbound")),
    ];
    expect(told.map(({ tenant, event }) => [tenant, event])).toEqual([
      ["fub-test", "hub.unknown_engagement"],
      ["fub-test", "hub.inbound"],
    ]);
    expect(JSON.stringify(told)).not.toContain(SAM);
  });

  it("of other shapes are read: unknown words keep it going, an older one never reopens it", async () => {
    await connectHub(world);
    hub().behaviour = { never: true };
    hub().stepMs = 600_000;
    const id = await startCall();
    const { snapshot } = await hubEngagement(world, SAM);
    await untilOutreach(world, id, "launched", ({ status }) => status === "queued");
    // The Hub's clock may be minutes behind ours.
    const from = Date.now() - 300_000;
    const at = (second: number): string => new Date(from + second * 1_000).toISOString();
    const say = async (second: number, more: object): Promise<string> => {
      const answer = await sendNotice(world, { ...snapshot, sent_at: at(second), ...more });
      expect(answer.status).toBe(200);
      return (await readOutreach(world, id)).status;
    };
    expect(await say(10, { status: "negotiating", history: [{ what: 1 }, 7, null, "dialled"] })).toBe(
      "queued",
    );
    expect(await say(11, { status: "In Progress", transcript: [{ role: "assistant", content: "Hi" }] })).toBe(
      "in_progress",
    );
    expect(await say(5, { status: "paused" })).toBe("in_progress");
    expect(await say(20, { status: "Done", outcome: "Call Me Back", duration: "75" })).toBe("completed");
    expect(await say(12, { status: "in_progress", summary: "Still talking." })).toBe("completed");
    expect(await say(30, { status: "failed", outcome: "failed", summary: "Broken." })).toBe("completed");
    await untilCrm(world, id, "written");
    await untilQuiet(world);
    expect(await readOutreach(world, id)).toMatchObject({ outcome: "call_me_back", duration: 75 });
    expect(account().calls).toMatchObject([{ outcome: null, duration: 75 }]);
    expect(await say(40, { status: "completed", summary: "Wants a garden." })).toBe("completed");
    expect(await say(35, { status: "completed", summary: "Outcome: connected" })).toBe("completed");
    await expect.poll(() => account().calls[0]?.note).toContain("Wants a garden.");
  });
});

describe("a start", () => {
  it("without an answer is parked and not repeated; a later notice adopts it", async () => {
    await connectHub(world, { pollSeconds: 0.2 });
    hub().behaviours.set(SAM, { startTimesOut: true, never: true });
    hub().behaviours.set("+16475550131", { startTimesOut: true });
    hub().stepMs = 17_500;
    const parked = await startCall();
    // Adopted while its start still hangs: the time-out must not set it aside again.
    const adopted = await startCall({ phone_number: "+16475550131" });
    await untilOutreach(world, adopted, "adopted", ({ status }) => status === "queued");
    const row = await untilOutreach(
      world,
      parked,
      "parked",
      (one) => one.parked_reason !== undefined,
      20_000,
    );
    expect(row.parked_reason).toContain("not known whether this outreach was started");
    expect(await readOutreach(world, adopted)).toMatchObject({ status: "queued" });
    expect((await readOutreach(world, adopted)).parked_reason).toBeUndefined();
    const status = await statusOf(world);
    expect(status.needs_you).toMatchObject([{ engagement_id: parked }]);
    expect(status.lamps.outreach.state).toBe("bad");
    expect([hubStarts(world, SAM).length, hubStarts(world, "+16475550131").length]).toEqual([1, 1]);

    const { snapshot } = await hubEngagement(world, SAM);
    expect(await sendNotice(world, { ...snapshot, status: "in_progress" })).toMatchObject({
      body: { result: "recorded" },
    });
    expect(await readOutreach(world, parked)).toMatchObject({ status: "in_progress" });
    hub().stepMs = 20;
    for (const id of [parked, adopted]) {
      await untilOutreach(world, id, "completed", (one) => one.status === "completed", 25_000);
      await untilCrm(world, id, "written");
    }
    expect(account().calls).toHaveLength(2);
    expect((await statusOf(world)).needs_you).toEqual([]);
  }, 90_000);

  it("answered with 5xx is parked, and resumed by a person it runs; with 403 it has failed, in words", async () => {
    await connectHub(world);
    hub().behaviours.set(SAM, { startFails: 503 });
    hub().behaviours.set("+16475550131", { startFails: 403 });
    const parked = await startCall();
    await untilOutreach(world, parked, "parked", (one) => one.parked_reason !== undefined);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(hubStarts(world, SAM)).toHaveLength(1);
    hub().behaviours.clear();
    expect((await controlOutreach(world, parked, "resume")).body.parked_reason).toBeUndefined();
    await untilCrm(world, parked, "written");

    hub().behaviours.set("+16475550131", { startFails: 403 });
    const failed = await untilOver(world, await startCall({ phone_number: "+16475550131" }));
    expect(failed).toMatchObject({ status: "failed", outcome: "failed" });
    expect(failed.history.at(-1)?.detail).toMatch(/could not be started: .*did not accept the key/);
    const canceled = await startCall({
      phone_number: "+14165550141",
      scheduled_time: "2099-01-01T00:00:00Z",
    });
    expect((await controlOutreach(world, canceled, "cancel")).body.status).toBe("canceled");
    await untilQuiet(world);
    expect(account().calls).toHaveLength(1);
  });

  it("to a Hub that is not there is tried again until it is", async () => {
    await connectHub(world, { tenant: { hub_url: `http://127.0.0.1:${await unusedPort()}/hub` } });
    const id = await startCall();
    await expect.poll(() => world.logLines.join("").includes("will be tried again")).toBe(true);
    await world.gateway.apply({ tenants: [{ domain_name: "fub-test", hub_url: `${world.sandboxUrl}/hub` }] });
    expect((await untilOver(world, id)).outcome).toBe("connected");
    expect(hubStarts(world, SAM)).toHaveLength(1);
  });
});

it.each([false, true])(
  "with the Hub writing to Follow Up Boss (%s) there is one record",
  async (hubWrites) => {
    await connectHub(world, { tenant: { hub_writes_to_crm: hubWrites } });
    hub().writesToFub = hubWrites ? { apiKey: world.world.keys.fubTest.ownerKey } : null;
    const ids = [
      await startCall({ source_system: "followupboss", source_record_id: 108 }),
      await startCall({ source_system: "followupboss", source_record_id: 108, channel: "sms" }),
    ];
    for (const id of ids) await untilOver(world, id);
    await hub().settle();
    await untilQuiet(world);
    const systems = [...account().calls, ...account().notes].map(({ systemName }) => systemName);
    expect(systems).toEqual(hubWrites ? ["AventoraHub", "AventoraHub"] : ["Aventora", "Aventora"]);
  },
);

it("pause, resume and cancel are the Hub's", async () => {
  await connectHub(world);
  hub().stepMs = 1_500;
  const id = await startCall();
  const engagement = await hubEngagement(world, SAM);
  // Once begun, the call lasts until somebody ends it.
  engagement.pending.splice(1);
  await untilOutreach(world, id, "launched", ({ status }) => status === "queued");
  expect((await controlOutreach(world, id, "pause")).body.status).toBe("paused");
  expect(engagement.snapshot.status).toBe("paused");
  await new Promise((resolve) => setTimeout(resolve, 1_800));
  expect((await readOutreach(world, id)).status).toBe("paused");
  hub().stepMs = 100;
  expect((await controlOutreach(world, id, "resume")).body.status).toMatch(/queued|in_progress/);
  await untilOutreach(world, id, "going on", ({ status }) => status === "in_progress");
  // However slow this machine is, by the Hub's clock nobody was talked with.
  const begun = Date.parse(engagement.snapshot.started_at ?? "");
  hub().stamp = () => new Date(begun + 10).toISOString();
  expect((await controlOutreach(world, id, "cancel")).body).toMatchObject({ status: "canceled" });
  expect(engagement.snapshot.status).toBe("canceled");
  expect(await controlOutreach(world, id, "resume")).toMatchObject({
    status: 409,
    body: { error: { code: "wrong_state" } },
  });
  await untilQuiet(world);
  expect(account().calls).toEqual([]);
});

it("INTERNAL_START_URL is the Hub of brokerages without one of their own, and may not lead back here", async () => {
  await world.close();
  world = await startTestWorld({
    setup: ({ platform, tenants }) => ({
      ...(platform && { platform }),
      tenants: (tenants ?? []).map(({ channels: _, ...tenant }) => tenant),
    }),
  });
  await connectHub(world, {
    platform: { INTERNAL_START_URL: `${world.sandboxUrl}/hub`, SERVER_URL: "https://gateway.example.com" },
    tenant: { hub_url: "", channels: {}, hub_api_key: HUB_KEY },
  });
  expect((await untilOver(world, await startCall())).outcome).toBe("connected");
  expect(hubStarts(world, SAM)).toHaveLength(1);
  for (const INTERNAL_START_URL of ["https://gateway.example.com", "https://gateway.example.com:443/start"])
    await expect(world.gateway.apply({ platform: { INTERNAL_START_URL } })).rejects.toMatchObject({
      code: "settings_invalid",
      details: [{ path: "platform.INTERNAL_START_URL", message: expect.stringContaining("in a circle") }],
    });
});

// Follow Up Boss misbehaves: answers are lost, refused, late or nonsense. Each outreach still ends as one record or as
// a dead letter somebody can see and replay.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Fault } from "../../server/sandbox/fub/take-fault.ts";
import { connectHub, hubEngagement, sendNotice } from "../helpers/connect-hub.ts";
import { openSigned, startOn } from "../helpers/embed-client.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";
import {
  admin,
  journalOf,
  startOutreach,
  statusOf,
  untilCrm,
  untilOver,
  untilQuiet,
} from "../helpers/talk-to-gateway.ts";

let world: TestWorld;
beforeEach(async () => {
  world = await startTestWorld();
});
afterEach(() => world.close());

const account = () => world.sandbox.fub.account("fub-test");
const fault = (given: Omit<Fault, "times"> & { times?: number }) =>
  world.sandbox.fub.faults.add({ times: 1, ...given });
const sent = (method: string, path: string) =>
  world.sandbox.fub.requests.filter((one) => one.method === method && one.path.startsWith(path));

it("a lost answer leads to one record and one person each, whether the request was stored or not", async () => {
  world.sandbox.fub.options.newPersonDelayMs = 18_000;
  fault({ method: "POST", path: "/events", kind: "timeout-after-storing" });
  fault({ method: "POST", path: "/calls", kind: "timeout-after-storing" });
  fault({ method: "POST", path: "/calls", kind: "timeout-before" });
  fault({ method: "POST", path: "/notes", kind: "timeout-after-storing" });
  const ids = [
    await startOutreach(world, { phone_number: "6475550131" }),
    await startOutreach(world, { phone_number: "4165550101" }),
    await startOutreach(world, { phone_number: "4165550132", channel: "sms" }),
    await startOutreach(world, { phone_number: "9055550188", client_name: "Nu", channel: "sms" }),
  ];
  for (const id of ids) await untilCrm(world, id, "written", 28_000);
  await untilQuiet(world);
  const { calls, notes, people } = account();
  expect(calls.map(({ personId }) => personId).toSorted()).toEqual([101, 107]);
  const introduced = people.filter(({ firstName }) => firstName === "Nu");
  expect(notes.map(({ personId }) => personId)).toEqual([108, introduced[0]?.id]);
  expect(introduced).toHaveLength(1);
  expect(sent("POST", "/calls")).toHaveLength(3);
  const told = await journalOf(world, "event=activity.written");
  expect(told.filter(({ message }) => message.includes("found in Follow Up Boss"))).toHaveLength(2);
}, 60_000);

it("a person another outreach has just introduced is waited for as well", async () => {
  world.sandbox.fub.options.newPersonDelayMs = 5_000;
  const later = new Date(Date.now() + 3_600_000).toISOString();
  await startOutreach(world, { phone_number: "9055550189", scheduled_time: later });
  await untilQuiet(world);
  const id = await startOutreach(world, { phone_number: "9055550189", channel: "sms" });
  await untilCrm(world, id, "written");
  expect(account().notes).toHaveLength(1);
});

describe("trouble that passes", () => {
  it.each<Fault>([
    { kind: "reset", times: 1 },
    { kind: "status", status: 500, times: 2 },
    { kind: "status", status: 503, times: 1 },
    { kind: "html", status: 502, times: 1 },
  ])("%o ends as one record", async (given) => {
    fault({ ...given, method: "POST", path: "/calls" });
    const id = await startOutreach(world, { phone_number: "6475550131" });
    await untilCrm(world, id, "written");
    await untilQuiet(world);
    expect(account().calls).toHaveLength(1);
    expect((await statusOf(world)).today.activities_dead).toBe(0);
  });

  it("a cut-off read-back is asked again before anything is posted", async () => {
    fault({ method: "POST", path: "/calls", kind: "reset" });
    fault({ method: "GET", path: "/calls", kind: "html" });
    const id = await startOutreach(world, { phone_number: "6475550131" });
    await untilCrm(world, id, "written");
    const order = [...sent("POST", "/calls"), ...sent("GET", "/calls")].toSorted((a, b) => a.seq - b.seq);
    expect(order.map(({ method }) => method)).toEqual(["POST", "GET", "GET", "POST"]);
    expect(account().calls).toHaveLength(1);
  });

  it("429 pauses the whole account for as long as it asks, and nothing is lost", async () => {
    fault({ method: "POST", path: "/calls", kind: "429", retryAfter: 3 });
    const ids = [await startOutreach(world, { phone_number: "6475550131" })];
    await expect.poll(() => sent("POST", "/calls").length).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    for (const phone_number of ["4165550101", "4165550102", "4165550103"])
      ids.push(await startOutreach(world, { phone_number }));
    ids.push(await startOutreach(world, { phone_number: "4165550132", channel: "sms" }));
    ids.push(await startOutreach(world, { phone_number: "9055550190", channel: "sms" }));
    for (const id of ids) await untilCrm(world, id, "written");
    expect(world.sandbox.fub.violationLog).toEqual([]);
    expect([account().calls.length, account().notes.length]).toEqual([4, 2]);
  });
});

describe("refused", () => {
  it.each([
    [401, "did not accept the API key"],
    [403, "does not allow this"],
    [404, "could not find"],
    [400, "refused the data"],
  ])(
    "with %i it becomes a dead letter, shown with its reason, and a replay writes it once",
    async (status, words) => {
      fault({ method: "POST", path: "/calls", kind: "status", status });
      const id = await startOutreach(world, { phone_number: "6475550131" });
      const shown = await untilCrm(world, id, "dead");
      expect(shown).toMatchObject({ status: "completed", outcome: "connected" });
      const [told] = await journalOf(world, `event=activity.dead&engagement_id=${id}`);
      expect(told).toMatchObject({ severity: "error", tenant: "fub-test", person_id: "107" });
      expect(told?.message).toContain(words);
      expect((await statusOf(world)).lamps.outreach.state).toBe("bad");

      const replay = await admin(world, "POST", `/engagements/${id}/sync`);
      expect(replay).toMatchObject({ status: 200, body: { revived: 1 } });
      await untilCrm(world, id, "written");
      await untilQuiet(world);
      expect(account().calls).toHaveLength(1);
      expect(await admin(world, "POST", `/engagements/${id}/sync`)).toMatchObject({ body: { revived: 0 } });
    },
  );

  it("a replay while the cause still stands is dead again, and the next one writes all its rows once", async () => {
    fault({ method: "POST", path: "/notes", kind: "status", status: 403, times: 2 });
    const id = await startOutreach(world, { phone_number: "6475550131", channel: "sms" });
    await untilCrm(world, id, "dead");
    await admin(world, "POST", `/engagements/${id}/sync`);
    await untilCrm(world, id, "dead");
    await expect.poll(() => sent("POST", "/notes").length).toBe(2);
    await untilCrm(world, id, "dead");
    await expect
      .poll(async () => (await admin(world, "POST", `/engagements/${id}/sync`)).body)
      .toEqual({ revived: 1 });
    await untilCrm(world, id, "written");
    expect(account().notes).toHaveLength(1);
    expect(account().notes[0]?.body.match(/Outbound:|Inbound:/g)).toHaveLength(3);
  });

  it("without a key nothing is asked, and entering one and replaying writes it", async () => {
    await world.gateway.apply({ tenants: [{ domain_name: "fub-test", fub_api_key: "" }] });
    const id = await startOutreach(world, { phone_number: "6475550131" });
    await untilCrm(world, id, "dead");
    const key = world.world.keys.fubTest.ownerKey;
    await world.gateway.apply({ tenants: [{ domain_name: "fub-test", fub_api_key: key }] });
    await admin(world, "POST", `/engagements/${id}/sync`);
    await untilCrm(world, id, "written");
    expect(account().calls).toMatchObject([{ personId: 107 }]);
  });
});

it("a late summary changes the same call and never posts another, a lost answer to the change included", async () => {
  await connectHub(world);
  const id = await startOutreach(world, { phone_number: "6475550131" });
  const { snapshot } = await hubEngagement(world, "+16475550131");
  await untilCrm(world, id, "written");
  fault({ method: "PUT", path: "/calls", kind: "status", status: 502 });
  for (const summary of ["Wants a garden.", "Wants a garden and a garage."]) {
    await expect.poll(async () => (await sendNotice(world, { ...snapshot, summary })).status).toBe(200);
    await expect.poll(() => account().calls[0]?.note, { timeout: 10_000 }).toContain(summary);
  }
  await untilQuiet(world);
  expect(account().calls).toHaveLength(1);
  expect(account().calls[0]).toMatchObject({ outcome: "Interested", userId: 1 });
  expect(sent("POST", "/calls")).toHaveLength(1);
  await sendNotice(world, { ...snapshot, summary: "Wants a garden and a garage." });
  await untilQuiet(world);
  expect(sent("PUT", "/calls")).toHaveLength(3);
  for (let word = 1; word <= 40; word++) await sendNotice(world, { ...snapshot, summary: `Word ${word}.` });
  await expect.poll(() => account().calls[0]?.note, { timeout: 10_000 }).toContain("Word 40.");
  expect(account().calls).toHaveLength(1);
});

it("the record is the agent's: by their own key, else by the brokerage's key with their user id", async () => {
  const start = async (userId: number): Promise<string> => {
    const opened = await openSigned(world.url, { account: account(), userId, personId: 101 });
    const started = await startOn(world.url, opened.model.session, { channel: "phone" });
    expect(started.status).toBe(202);
    return started.body.engagement_id ?? "";
  };
  const own = await start(2);
  await untilCrm(world, own, "written");
  await world.gateway.apply({
    tenants: [{ domain_name: "fub-test", users: [{ id: "u2", fub_api_key: "" }] }],
  });
  const shared = await start(3);
  await untilCrm(world, shared, "written");
  const api = await startOutreach(world, { phone_number: "4165550101" });
  await untilCrm(world, api, "written");
  const bodies = sent("POST", "/calls").map(({ body, userId }) => ({ by: userId, ...(body as object) }));
  expect(bodies).toMatchObject([
    { by: 2, fromNumber: "+14165550111" },
    { by: 1, fromNumber: "+14165550122", userId: 3 },
    { by: 1, fromNumber: "+14165550100" },
  ]);
  expect(bodies.map((body) => "userId" in body)).toEqual([false, true, false]);
  expect(account().calls.map(({ userId }) => userId)).toEqual([2, 3, 1]);
  expect((await untilOver(world, own)).user_id).toBe("u1");
});

// The page watches what it started: by events and by asking, while somebody at the console pauses, resumes and cancels.
import { afterAll, beforeAll, expect, test } from "vitest";
import { createEventParser } from "../../renderer/ui/parse-events.ts";
import { type Engagement, engagementSchema } from "../../shared/engagement.schema.ts";
import { isTerminal } from "../../shared/values.ts";
import { askAdmin, listEngagements } from "../helpers/admin-client.ts";
import { openSigned, readOn, startOn, untilEnded, waitFor } from "../helpers/embed-client.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";

const PAGE = "/integration/followupboss/embed/engagements";
let world: TestWorld;
beforeAll(async () => {
  // A call of 18 seconds takes about one.
  world = await startTestWorld({ environment: { SIMULATOR_SPEED: "0.06" } });
});
afterAll(() => world.close());

async function startCall(personId: number) {
  const account = world.sandbox.fub.account("fub-test");
  const { model } = await openSigned(world.url, { account, userId: 2, personId });
  const started = await startOn(world.url, model.session, { channel: "phone" });
  expect(started.status).toBe(202);
  return { session: model.session, id: started.body.engagement_id ?? "" };
}
const callsOf = (personId: number) =>
  world.sandbox.fub.account("fub-test").calls.filter((call) => call.personId === personId);

/** Everything the stream tells until the outreach has ended. */
async function watch(session: string, id: string): Promise<Engagement[]> {
  const stop = new AbortController();
  const headers = { authorization: `Bearer ${session}` };
  const response = await fetch(`${world.url}${PAGE}/${id}/events`, { headers, signal: stop.signal });
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  const told: Engagement[] = [];
  const parse = createEventParser(({ event, data }) => {
    expect(event).toBe("engagement");
    told.push(engagementSchema.parse(JSON.parse(data)));
  });
  for await (const chunk of response.body ?? []) {
    parse(chunk);
    if (told.some(({ status }) => isTerminal(status))) break;
  }
  stop.abort();
  return told;
}

const control = async (id: string, verb: string) => {
  const response = await askAdmin(world, `/api/engagements/${id}/${verb}`, "POST");
  const body = (await response.json()) as Engagement & { error?: { code: string } };
  return { status: response.status, body };
};

test("events tell each step once, in order, up to the end, and asking gives the same", async () => {
  const { session, id } = await startCall(107);
  const told = await watch(session, id);
  const lines = told.map(({ transcript }) => transcript.length);
  expect(lines).toEqual(lines.toSorted((a, b) => a - b));
  expect(new Set(told.map((engagement) => JSON.stringify(engagement))).size).toBe(told.length);
  expect(told.map(({ status }) => status)).toContain("in_progress");
  expect(told.at(-1)).toMatchObject({ status: "completed", outcome: "connected", duration: 42 });
  expect(told.at(-1)?.transcript).toHaveLength(3);
  expect(await readOn(world.url, session, id)).toMatchObject({ ...told.at(-1), history: expect.any(Array) });
  // Opened again after the end, the stream starts with how it ended.
  expect((await watch(session, id))[0]).toMatchObject({ status: "completed" });
});

test("a page opened while it runs goes on showing it", async () => {
  const { session, id } = await startCall(108);
  const account = world.sandbox.fub.account("fub-test");
  const { model } = await openSigned(world.url, { account, userId: 3, personId: 108 });
  expect(model.running).toMatchObject({ engagement_id: id });
  expect(model.recent?.map(({ engagement_id }) => engagement_id)).not.toContain(id);
  await untilEnded(world.url, session, id);
});

test("a paused call stands still, goes on when resumed, and can be canceled", async () => {
  const { session, id } = await startCall(102);
  await waitFor("the call to run", async () =>
    (await readOn(world.url, session, id)).status === "in_progress" ? true : undefined,
  );
  expect(await control(id, "pause")).toMatchObject({ status: 200, body: { status: "paused" } });
  expect(await control(id, "pause")).toMatchObject({ status: 200, body: { status: "paused" } });
  // Busy comes after 180 ms: had it not stood still, it would have ended.
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect((await readOn(world.url, session, id)).status).toBe("paused");
  expect((await control(id, "resume")).status).toBe(200);
  expect(await untilEnded(world.url, session, id)).toMatchObject({ status: "completed", outcome: "busy" });
  await waitFor("the record", () => callsOf(102)[0]);

  const other = await startCall(101);
  const canceled = await control(other.id, "cancel");
  expect(canceled.body).toMatchObject({ status: "canceled", outcome: "canceled" });
  expect(await control(other.id, "cancel")).toMatchObject({ status: 200, body: { status: "canceled" } });
  for (const verb of ["pause", "resume"])
    expect(await control(other.id, verb)).toMatchObject({
      status: 409,
      body: { error: { code: "wrong_state" } },
    });
  const events = (await readOn(world.url, other.session, other.id)).history.map(({ event }) => event);
  expect(events).toContain("cancel_requested");
  // Nothing more comes of it.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect((await readOn(world.url, other.session, other.id)).outcome).toBe("canceled");
  expect(callsOf(101).length).toBeLessThanOrEqual(1);
  expect(callsOf(101).every((call) => call.outcome === null)).toBe(true);
  expect(callsOf(102)).toHaveLength(1);
});

test("what does not exist, or is asked for without a session, is refused in JSON", async () => {
  const { session, id } = await startCall(103);
  for (const path of [id, `${id}/events`]) {
    const response = await fetch(`${world.url}${PAGE}/${path}`);
    expect([response.status, await response.json()]).toMatchObject([
      401,
      { error: { code: "session_expired" } },
    ]);
  }
  const headers = { authorization: `Bearer ${session}` };
  const missing = await fetch(`${world.url}${PAGE}/eng_nothing`, { headers });
  expect([missing.status, await missing.json()]).toMatchObject([
    404,
    { error: { code: "engagement_not_found" } },
  ]);
  expect((await control("eng_nothing", "pause")).status).toBe(404);
  expect((await listEngagements(world)).map(({ engagement_id }) => engagement_id)).toContain(id);
});

// The switch that pauses all outreach: nothing new leaves while it is on, everything asked for meanwhile leaves exactly
// once when it is off again, and a kill changes nothing about it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { createSandbox } from "../../server/sandbox/create-sandbox.ts";
import { demoSetup } from "../../server/sandbox/demo/demo-setup.ts";
import { demoWorld } from "../../server/sandbox/demo/demo-world.ts";
import { growList } from "../../server/sandbox/grow-list.ts";
import { outreachOf, storyOf } from "../helpers/ask-console.ts";
import { campaignClient, campaignQuery } from "../helpers/campaign-client.ts";
import { connectHub } from "../helpers/connect-hub.ts";
import { openSigned, startOn, waitFor } from "../helpers/embed-client.ts";
import { deliveryBody, postWebhook } from "../helpers/post-webhook.ts";
import { spawnGateway } from "../helpers/spawn-gateway.ts";
import { startTestWorld, type TestWorld, testEnvironment } from "../helpers/start-gateway.ts";
import {
  admin,
  journalOf,
  type Reachable,
  readOutreach,
  startOutreach,
  statusOf,
  untilCrm,
  untilOver,
} from "../helpers/talk-to-gateway.ts";

const pause = (at: Reachable, by?: string) => admin(at, "POST", "/outreach/pause", by ? { by } : {});
const resume = (at: Reachable) => admin(at, "POST", "/outreach/resume", {});
/** Longer than a launch ever waits. */
const A_WHILE = 1_500;

describe("while outreach is paused", () => {
  let at: TestWorld;
  beforeEach(async () => {
    at = await startTestWorld();
  });
  afterEach(() => at.close());

  const account = () => at.sandbox.fub.account("fub-test");

  it("starts of agents, tags and programs are accepted and wait, and leave once when it goes on", async () => {
    const running = await startOutreach(at, { phone_number: "6475550131" });
    await untilCrm(at, running, "written");
    expect(await pause(at, "Olive")).toMatchObject({ status: 200, body: { paused: { by: "Olive" } } });
    // Whoever was first stays the one who did it.
    expect(await pause(at, "Ben")).toMatchObject({ body: { paused: { by: "Olive" } } });

    const opened = await openSigned(at.url, { account: account(), userId: 2, personId: 101 });
    const clicked =
      (await startOn(at.url, opened.model.session, { channel: "phone" })).body.engagement_id ?? "";
    const asked = await startOutreach(at, { phone_number: "4165550132" });
    account()
      .people.find(({ id }) => id === 103)
      ?.tags.push("Aventora Call");
    const body = deliveryBody("peopleTagsCreated", [103], { data: { tags: ["Aventora Call"] } });
    expect(await postWebhook(at.url, "fub-test", body)).toMatchObject({ status: 200 });
    const waiting = await waitFor("all three to wait", async () => {
      const state = await outreachOf(at);
      return state.waiting === 3 ? state : undefined;
    });
    expect(waiting.paused?.by).toBe("Olive");
    await delay(A_WHILE);
    for (const id of [clicked, asked]) expect((await readOutreach(at, id)).status).toBe("accepted");
    expect(account().calls).toHaveLength(1);
    expect((await statusOf(at)).lamps.outreach).toMatchObject({
      state: "warn",
      sentence: expect.stringMatching(
        /^Paused by Olive since [A-Z][a-z]{2} \d+, \d{4}, \d+:\d\d [ap]m \S+\.$/,
      ),
    });

    const lines = (await storyOf(at, { engagement_id: asked })).lines.map(({ sentence }) => sentence);
    expect(lines.at(-1)).toBe("It waits: outreach is paused by Olive");

    expect(await resume(at)).toMatchObject({ status: 200, body: { paused: null } });
    for (const id of [clicked, asked]) await untilOver(at, id);
    await waitFor("the tag's call too", () => (account().calls.length === 4 ? true : undefined));
    await delay(A_WHILE / 3);
    expect(
      account()
        .calls.map(({ personId }) => personId)
        .toSorted(),
    ).toEqual([101, 103, 107, 108]);
    expect((await statusOf(at)).lamps.outreach.state).toBe("ok");
    expect((await outreachOf(at)).waiting).toBe(0);
    const events = (await journalOf(at, "limit=1000")).map(({ event }) => event);
    expect(events.filter((event) => event.startsWith("outreach."))).toEqual([
      "outreach.resumed",
      "outreach.paused",
    ]);
  });

  it("campaigns release nobody and go on to their end afterwards", async () => {
    const { list } = growList(account(), { count: 60, listName: "Sixty" });
    await pause(at);
    const ann = await campaignClient(at.url, campaignQuery({ account: account(), userId: 2 }));
    const started = await ann.start({ smart_list_id: String(list.id), channel: "sms" });
    expect(started.status).toBe(202);
    const id = started.body.batch_id;
    await ann.until(id, ({ queued_calls }) => queued_calls === 60);
    await delay(A_WHILE);
    expect(await ann.read(id)).toMatchObject({ status: "running", done: 0, active: 0 });
    await resume(at);
    const over = await ann.until(id, ({ status }) => status === "completed", 30_000);
    expect(over).toMatchObject({ done: 60, queued_calls: 60 });
  });

  it("paused in the middle of a campaign, what is not out yet stays, for providers that take many at once too", async () => {
    await connectHub(at);
    const { list } = growList(account(), { count: 120, listName: "Many" });
    const ann = await campaignClient(at.url, campaignQuery({ account: account(), userId: 2 }));
    await pause(at);
    const started = await ann.start({ smart_list_id: String(list.id), channel: "phone" });
    await ann.until(started.body.batch_id, ({ queued_calls }) => queued_calls === 120);
    await delay(A_WHILE);
    expect(at.sandbox.hub.starts).toHaveLength(0);
    expect(await ann.read(started.body.batch_id)).toMatchObject({ done: 0, active: 0 });
    await resume(at);
    await ann.until(started.body.batch_id, ({ active, done }) => active + done > 0, 20_000);
  });

  it("webhooks and syncing go on", async () => {
    at.sandbox.fub.faults.add({ method: "POST", path: "/calls", kind: "status", status: 503, times: 2 });
    const id = await startOutreach(at, { phone_number: "6475550131" });
    await untilOver(at, id);
    await pause(at);
    await untilCrm(at, id, "written");
    expect(account().calls).toHaveLength(1);
  });

  it("canceling what waits works, and it never leaves", async () => {
    await pause(at);
    const id = await startOutreach(at, { phone_number: "6475550131" });
    expect(await admin(at, "POST", `/engagements/${id}/cancel`)).toMatchObject({
      body: { status: "canceled" },
    });
    await resume(at);
    await delay(A_WHILE / 2);
    expect(await readOutreach(at, id)).toMatchObject({ status: "canceled", outcome: "canceled" });
  });

  it("what is asked wrongly is told", async () => {
    expect(await pause(at, "")).toMatchObject({ status: 200 });
    expect(await admin(at, "POST", "/outreach/pause", { why: "x" })).toMatchObject({ status: 400 });
    expect(await admin(at, "POST", "/outreach/stop", {})).toMatchObject({ status: 404 });
  });
});

it("a kill while paused keeps it paused; resumed, each waiting one leaves once", async () => {
  const demo = demoWorld();
  const sandbox = createSandbox({ accounts: demo.accounts });
  const { url } = await sandbox.listen(0);
  const dataDir = mkdtempSync(join(tmpdir(), "gateway-pause-"));
  onTestFinished(async () => {
    await sandbox.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const setup = demoSetup(demo);
  const start = async () => ({
    ...(await spawnGateway(dataDir, testEnvironment(url, { LOG_LEVEL: "warn" }))),
    setup,
  });
  const first = await start();
  await admin(first, "POST", "/setup", setup);
  await pause(first);
  const phones = ["6475550131", "4165550132", "4165550103"];
  const ids = await Promise.all(phones.map((phone_number) => startOutreach(first, { phone_number })));
  await first.end("SIGKILL");

  const second = await start();
  expect((await outreachOf(second)).paused).toMatchObject({ by: "somebody at the console" });
  await delay(A_WHILE);
  for (const id of ids) expect((await readOutreach(second, id)).status).toBe("accepted");
  expect(sandbox.fub.account("fub-test").calls).toEqual([]);
  await resume(second);
  for (const id of ids) await untilCrm(second, id, "written");
  expect(sandbox.fub.account("fub-test").calls).toHaveLength(3);
  await second.end("SIGTERM");
});

// What the console sees of it all: lamps, counts, journal, live stream, list, controls; and that no key, secret, number
// or address stands where it should not.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import { CHANNELS } from "../../shared/values.ts";
import { connectHub, HUB_SECRET, sendNotice } from "../helpers/connect-hub.ts";
import { openSigned, startOn, waitFor } from "../helpers/embed-client.ts";
import { readStream } from "../helpers/read-stream.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";
import {
  admin,
  integratorKey,
  journalOf,
  listed,
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

it("the first answer tells what is proven, what waits for a person, and counts", async () => {
  await expect.poll(async () => (await statusOf(world)).lamps.follow_up_boss.state).toBe("ok");
  const fresh = await statusOf(world);
  expect(fresh.lamps.channels.sentence).toContain("nobody is really called");
  expect(fresh.lamps.outreach.state).toBe("ok");
  expect(fresh.tenants.map(({ domain_name }) => domain_name)).toEqual(["fub-test", "fub-solo"]);
  expect(fresh.today).toEqual({ engagements: 0, refused: 0, activities_waiting: 0, activities_dead: 0 });

  await untilCrm(world, await startOutreach(world, { phone_number: "6475550131" }), "written");
  const refused = await fetch(`${world.url}/integration/start`, {
    method: "POST",
    headers: { authorization: `Bearer ${integratorKey(world)}`, "content-type": "application/json" },
    body: JSON.stringify({ domain_name: "fub-test", phone_number: "555" }),
  });
  expect(refused.status).toBe(422);
  world.sandbox.fub.faults.add({ method: "POST", path: "/calls", kind: "status", status: 401, times: 1 });
  const dead = await startOutreach(world, { phone_number: "4165550132" });
  await untilCrm(world, dead, "dead");
  await connectHub(world);
  world.sandbox.hub.behaviour = { startFails: 500 };
  const parked = await startOutreach(world, { phone_number: "4165550132" });
  const status = await waitFor("it to be parked", async () => {
    const now = await statusOf(world);
    return now.needs_you.length > 0 ? now : undefined;
  });
  expect(status.today).toMatchObject({ engagements: 4, refused: 1, activities_dead: 1 });
  expect(status.needs_you).toMatchObject([
    { engagement_id: parked, remedy: expect.stringMatching(/resume/) },
  ]);
  expect([status.lamps.outreach.state, status.lamps.follow_up_boss.state]).toEqual(["bad", "bad"]);
  expect((await admin(world, "POST", `/engagements/${parked}/cancel`)).body).toMatchObject({
    status: "canceled",
  });
  await admin(world, "POST", `/engagements/${dead}/sync`);
  await untilCrm(world, dead, "written");
  const mended = await statusOf(world);
  expect(mended.needs_you).toEqual([]);
  expect(mended.lamps.follow_up_boss.state).toBe("ok");
});

it("the journal is filtered, searched and paged", async () => {
  const ids = [];
  for (const phone_number of ["6475550131", "4165550101"])
    ids.push(await startOutreach(world, { phone_number, external_user_id: "u1" }));
  for (const id of ids) await untilCrm(world, id, "written");
  await untilQuiet(world);
  const all = await journalOf(world, "limit=1000");
  expect(all.map(({ seq }) => seq)).toEqual(all.map(({ seq }) => seq).toSorted((a, b) => b - a));
  const own = await journalOf(world, `engagement_id=${ids[0]}`);
  // Finding the person and the outreach itself go side by side.
  expect(own.map(({ event }) => event).toSorted()).toEqual([
    "activity.written",
    "engagement.accepted",
    "engagement.completed",
    "person.found",
  ]);
  expect([own.at(-1)?.event, own[0]?.event]).toEqual(["engagement.accepted", "activity.written"]);
  expect(await journalOf(world, "person_id=107&tenant=fub-test&user_id=u1&severity=info")).toEqual(
    own.filter(({ person_id }) => person_id === "107"),
  );
  expect(await journalOf(world, `search=COMPLETED%20${ids[1]}`)).toMatchObject([{ engagement_id: ids[1] }]);
  expect(await journalOf(world, "search=100%25_nothing")).toEqual([]);
  const half = all[Math.floor(all.length / 2)];
  expect(await journalOf(world, `before_seq=${half?.seq}&limit=2`)).toEqual(
    all.filter(({ seq }) => seq < (half?.seq ?? 0)).slice(0, 2),
  );
  expect(await journalOf(world, `after_seq=${half?.seq}&limit=2`)).toEqual(
    all
      .filter(({ seq }) => seq > (half?.seq ?? 0))
      .toReversed()
      .slice(0, 2),
  );
  expect(await journalOf(world, "since=2100-01-01T00:00:00Z")).toEqual([]);
  for (const bad of ["limit=0", "limit=many", "severity=loud", "since=yesterday"])
    expect((await admin(world, "GET", `/journal?${bad}`)).status, bad).toBe(400);
});

it("the stream brings journal entries without a gap, and the outreach that changed", async () => {
  const before = (await journalOf(world, "limit=1"))[0]?.seq ?? 0;
  const stream = await readStream(`${world.adminUrl}/api/stream?after_seq=${before}`, world.adminToken);
  const ids = await Promise.all(
    ["6475550131", "4165550101", "4165550132"].map((phone_number) => startOutreach(world, { phone_number })),
  );
  for (const id of ids) await untilCrm(world, id, "written");
  await delay(500);
  const seqs = stream.events
    .filter(({ event }) => event === "journal")
    .flatMap(({ data }) => (data as { seq: number }[]).map(({ seq }) => seq));
  const stored = (await journalOf(world, "limit=1000")).map(({ seq }) => seq).filter((seq) => seq > before);
  expect(seqs).toEqual(stored.toReversed());
  const changed = stream.events.filter(({ event }) => event === "engagement").map(({ data }) => data);
  for (const engagement_id of ids) expect(changed).toContainEqual({ engagement_id });
  stream.close();
  const closed = await readStream(`${world.adminUrl}/api/stream`, "not-the-token").catch(
    (error: unknown) => error,
  );
  expect(String(closed)).toContain("401");
});

it("outreaches are listed page by page and found by number in any spelling", async () => {
  const ids = [];
  for (let index = 0; index < 5; index++)
    ids.push(await startOutreach(world, { phone_number: `905555015${index}`, client_name: `Zed ${index}` }));
  for (const id of ids) await untilOver(world, id);
  const newest = ids.toReversed();
  const first = await listed(world, "limit=2");
  expect([first.engagements.map((one) => one.engagement_id), first.next]).toEqual([
    newest.slice(0, 2),
    newest[1],
  ]);
  const second = await listed(world, `limit=3&before=${first.next}`);
  expect([second.engagements.map((one) => one.engagement_id), second.next]).toEqual([newest.slice(2), null]);
  for (const spelling of [
    "+19055550153",
    "9055550153",
    "(905) 555-0153",
    "1 905.555.0153",
    "905-555-0153",
    "555-0153",
    "555 0153",
  ]) {
    const found = await listed(world, `search=${encodeURIComponent(spelling)}`);
    expect(
      found.engagements.map((one) => one.engagement_id),
      spelling,
    ).toEqual([ids[3]]);
  }
  expect((await listed(world, "search=zed%203")).engagements).toHaveLength(1);
  expect((await listed(world, "search=%25")).engagements).toHaveLength(0);
  expect((await listed(world, "status=failed")).engagements).toHaveLength(0);
  expect((await admin(world, "GET", "/engagements/eng_nobody")).status).toBe(404);
  expect((await admin(world, "POST", "/engagements/eng_nobody/pause")).status).toBe(404);
  expect((await admin(world, "POST", `/engagements/${ids[0]}/pause`)).status).toBe(409);
});

it("work that cannot be read any more is set aside and shown", async () => {
  const db = new DatabaseSync(join(world.dataDir, "gateway.db"));
  const add = db.prepare(
    "insert into jobs (kind, payload, priority, run_at, attempts, max_attempts, state, created_at) values (?, ?, 100, 0, 0, 3, 'ready', 0)",
  );
  add.run("launch-engagement", "{ cut");
  add.run("launch-engagement", '{"engagement":7}');
  add.run("poll-engagement", "null");
  add.run("from-a-newer-version", "{}");
  db.close();
  await expect
    .poll(async () => (await statusOf(world)).queue, { timeout: 5_000 })
    .toMatchObject({ dead: 4, running: 0 });
  expect((await statusOf(world)).lamps.outreach.state).toBe("warn");
  expect(await journalOf(world, "event=job.dead")).toHaveLength(4);
  await untilCrm(world, await startOutreach(world, { phone_number: "6475550131" }), "written");
});

it("stopped in the middle of writing, the work is given back", async () => {
  world.sandbox.fub.faults.add({ method: "POST", path: "/calls", kind: "timeout-after-storing", times: 1 });
  await startOutreach(world, { phone_number: "6475550131" });
  await waitFor("the call to be on its way", () => account().calls[0]);
  await world.gateway.stop(300);
  const db = new DatabaseSync(join(world.dataDir, "gateway.db"));
  const jobs = db.prepare("select state, attempts from jobs where kind = 'sync-activity'").all();
  db.close();
  expect(jobs).toEqual([{ state: "ready", attempts: 0 }]);
});

it("no key, secret, token, full number or address is told anywhere", async () => {
  await connectHub(world, { tenant: { channels: { phone: "hub", sms: "simulator", email: "simulator" } } });
  world.sandbox.fub.faults.add({ method: "POST", path: "/calls", kind: "status", status: 401, times: 1 });
  const opened = await openSigned(world.url, { account: account(), userId: 2, personId: 101 });
  for (const channel of CHANNELS) await startOn(world.url, opened.model.session, { channel });
  const phones = ["+14165550132", "+19055550161", "+16475550131"];
  for (const phone_number of phones)
    await startOutreach(world, { phone_number, instruction: "Ring +14165550132." });
  await startOutreach(world, { email_address: "sam@people.example", client_name: "Sam" });
  await sendNotice(world, {
    engagement_id: "elsewhere",
    contact_identifier: phones[0],
    summary: `From ${phones[0]}`,
  });
  const errors: string[] = [];
  const provoke = async (path: string, key: string, body: unknown): Promise<void> => {
    const response = await fetch(`${world.url}${path}`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${key}`,
        "content-type": "application/json",
        "X-Aventora-Webhook-Secret": `${key}x`,
      },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    errors.push(await response.text());
  };
  const key = integratorKey(world);
  await provoke("/integration/start", `${key}x`, {});
  await provoke("/integration/start", key, {
    domain_name: "fub-test",
    channel: key,
    phone_number: phones[0],
  });
  await provoke("/integration/start", key, `{"domain_name": "${key}`);
  await provoke("/integration/start", integratorKey(world, "fub-solo"), { domain_name: "fub-test" });
  await provoke("/integration/channels/hub/webhook", HUB_SECRET, "{");
  await provoke("/integration/followupboss/embed/start", `${opened.model.session}x`, {});
  await provoke("/account-settings/test-crm-connection", key, {
    domain_name: "fub-test",
    fub_api_key: "fka_wrong_0123456789",
  });
  await expect.poll(async () => (await statusOf(world)).today.activities_dead).toBe(1);
  await untilQuiet(world);

  const told = {
    journal: JSON.stringify(await journalOf(world, "limit=1000")),
    log: world.logLines.join("\n"),
    errors: errors.join("\n"),
  };
  const secrets = [
    ...secretsIn(world.setup),
    HUB_SECRET,
    world.adminToken,
    opened.model.session,
    "fka_wrong_0123456789",
  ];
  expect(secrets.length).toBeGreaterThan(12);
  for (const [where, text] of Object.entries(told)) {
    for (const secret of secrets)
      expect(text.includes(secret), `${where}: ${secret.slice(0, 6)}…`).toBe(false);
    expect(text.match(/[\w.]+@(?:people|fub-test)\.example/g) ?? [], where).toEqual([]);
    expect(text.match(/\b(?:416|647|905)\W{0,2}555\W?\d{4}/g) ?? [], where).toEqual([]);
  }
  for (const file of filesIn(world.dataDir)) {
    const bytes = readFileSync(file).toString("latin1");
    const kept = secrets.filter((secret) => bytes.includes(secret));
    expect(kept, file).toEqual(file.endsWith("admin-token") ? [world.adminToken] : []);
  }
});

function secretsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    typeof inner === "string" && /(key|secret)$/i.test(name) ? [inner] : secretsIn(inner),
  );
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => statSync(path).isFile());

// A brokerage forwards its webhooks to programs of its own: from the console's request to the program that receives.
import { createHmac } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { createSandbox } from "../../server/sandbox/create-sandbox.ts";
import { demoSetup } from "../../server/sandbox/demo/demo-setup.ts";
import { demoWorld } from "../../server/sandbox/demo/demo-world.ts";
import { forwardPageSchema, type TargetHealth, targetListSchema } from "../../shared/fan-out.schema.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { deliveryBody, postWebhook } from "../helpers/post-webhook.ts";
import { createShiftingClock } from "../helpers/shifting-clock.ts";
import { spawnGateway } from "../helpers/spawn-gateway.ts";
import { startTestWorld, type TestWorld, testEnvironment } from "../helpers/start-gateway.ts";
import { admin, journalOf, type Reachable } from "../helpers/talk-to-gateway.ts";

interface Got {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Receiver {
  readonly url: string;
  readonly got: Got[];
  /** What it answers; 200 at first. */
  answer: (response: ServerResponse, nth: number) => void;
}

/** A program of the brokerage. */
async function startReceiver(): Promise<Receiver> {
  const got: Got[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      got.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      receiver.answer(response, got.length);
    });
  });
  await new Promise<void>((ready) => void server.listen(0, "127.0.0.1", ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/hooks?from=fub`,
    got,
    answer: (response) => void response.writeHead(200).end("ok"),
  };
  return receiver;
}

const status =
  (code: number, headers: Record<string, string> = {}): Receiver["answer"] =>
  (response) =>
    void response.writeHead(code, headers).end();

/** How many of the signatures are made with this secret. */
function signedWith(secret: string, { headers, body }: Got): number {
  const content = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const expected = `v1,${createHmac("sha256", key).update(content).digest("base64")}`;
  return String(headers["webhook-signature"])
    .split(" ")
    .filter((one) => one === expected).length;
}

async function addTarget(at: Reachable, id: string, url: string, more: object = {}): Promise<string> {
  const body = { id, url, allow_private: true, ...more };
  const answer = await admin<{ id: string; secret: string }>(at, "POST", "/fan-out/fub-test", body);
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body.secret;
}

const targets = async (at: Reachable): Promise<TargetHealth[]> =>
  targetListSchema.parse((await admin(at, "GET", "/fan-out")).body).targets;

const attempts = async (at: Reachable, query = "") =>
  forwardPageSchema.parse((await admin(at, "GET", `/fan-out-attempts${query}`)).body).attempts;

const receive = (at: Reachable, event: string) => postWebhook(at.url, "fub-test", deliveryBody(event, [1]));

const until = <T>(what: string, look: () => Promise<T | undefined | false>, limitMs?: number): Promise<T> =>
  waitFor(what, async () => (await look()) || undefined, limitMs);

describe("a brokerage's own target", () => {
  const clock = createShiftingClock();
  let at: TestWorld;
  let program: Receiver;
  beforeEach(async () => {
    at = await startTestWorld({ clock });
    program = await startReceiver();
  });
  afterEach(() => at.close());

  it("gets the chosen events as they came, signed with the secret that was told once", async () => {
    const secret = await addTarget(at, "copy", program.url, { events: ["notesCreated"] });
    const body = deliveryBody("notesCreated", [1]);
    await receive(at, "tasksCreated");
    expect(await postWebhook(at.url, "fub-test", body)).toEqual({ status: 200, text: "stored" });
    expect(await postWebhook(at.url, "fub-test", body)).toEqual({ status: 200, text: "known" });
    const [health] = await until("the forward", async () => {
      const list = await targets(at);
      return list[0]?.last_success_at ? list : undefined;
    });
    expect(health).toMatchObject({ id: "copy", enabled: true, waiting: 0, dead: 0, last_failure: null });
    expect(program.got).toHaveLength(1);
    const [got] = program.got;
    if (!got) throw new Error("nothing came");
    expect(got.body).toBe(body);
    expect(signedWith(secret, got)).toBe(1);
    const [attempt] = await attempts(at);
    expect(attempt).toMatchObject({ state: "delivered", tries: 1, status: 200, target: "copy" });
    expect(got.headers).toMatchObject({
      "webhook-id": attempt?.message_id,
      "content-type": "application/json",
      "aventora-event": "notesCreated",
      "aventora-tenant": "fub-test",
    });
    const everything = [
      ...at.logLines,
      JSON.stringify(await journalOf(at, "limit=200")),
      JSON.stringify([await targets(at), await attempts(at)]),
      readFileSync(join(at.dataDir, "settings.json"), "utf8"),
    ].join("\n");
    expect(everything).toContain("fan_out.target_changed");
    expect(everything).not.toContain(secret.slice("whsec_".length));
  });

  it("is sent both signatures after a rotation, and a test event at once", async () => {
    const first = await addTarget(at, "copy", program.url);
    const renewed = await admin<{ secret: string }>(at, "POST", "/fan-out/fub-test/copy/rotate");
    const tested = await admin(at, "POST", "/fan-out/fub-test/copy/test");
    expect(tested.body).toMatchObject({ delivered: true, status: 200, sentence: "It was accepted (200)." });
    const [got] = program.got;
    if (!got) throw new Error("nothing came");
    expect(got.headers["webhook-id"]).toBe(tested.body.message_id);
    expect([signedWith(first, got), signedWith(renewed.body.secret, got)]).toEqual([1, 1]);
    expect((await targets(at))[0]?.old_secret_until).not.toBeNull();
    clock.shift(24 * 3_600_000);
    await admin(at, "POST", "/fan-out/fub-test/copy/test");
    const last = program.got[1];
    if (!last) throw new Error("nothing came");
    expect([signedWith(first, last), signedWith(renewed.body.secret, last)]).toEqual([0, 1]);
  });

  it("that fails all its tries is a dead letter, and gets it when somebody asks", async () => {
    program.answer = status(301, { location: "/elsewhere" });
    await addTarget(at, "copy", program.url);
    await receive(at, "notesCreated");
    for (let tries = 1; tries < 8; tries++) {
      await until(`try ${tries}`, async () => (await attempts(at))[0]?.tries === tries);
      clock.shift(11 * 3_600_000);
    }
    const [dead] = await until("its end", async () => {
      const list = await attempts(at, "?state=dead");
      return list.length > 0 && list;
    });
    expect(dead?.result).toContain("redirect");
    expect(program.got).toHaveLength(8);
    expect(new Set(program.got.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect((await journalOf(at, "limit=200")).map(({ event }) => event)).toContain("fan_out.exhausted");
    program.answer = status(204);
    const replay = await admin(at, "POST", "/fan-out-attempts/replay", { ids: [dead?.id] });
    expect(replay.body).toEqual({ replayed: 1 });
    await until("the replay", async () => (await attempts(at, "?state=delivered")).length === 1);
    expect(program.got.at(-1)?.headers["webhook-id"]).toBe(dead?.message_id);
  }, 40_000);

  it("that is gone is switched off and said so", async () => {
    program.answer = status(410);
    await addTarget(at, "copy", program.url);
    await receive(at, "notesCreated");
    await until("it to be off", async () => (await targets(at))[0]?.enabled === false);
    expect((await journalOf(at, "limit=200")).map(({ event }) => event)).toContain("fan_out.target_disabled");
    await receive(at, "tasksCreated");
    expect(await attempts(at)).toHaveLength(1);
  });

  it("that never answers delays neither another target nor Follow Up Boss", async () => {
    program.answer = () => undefined;
    const other = await startReceiver();
    await addTarget(at, "stuck", program.url);
    await addTarget(at, "good", other.url);
    const answers = await Promise.all(Array.from({ length: 60 }, () => receive(at, "notesCreated")));
    expect(answers.every((answer) => answer.status === 200)).toBe(true);
    await until("all at the other one", async () => other.got.length === 60);
    const stuck = (await targets(at)).find(({ id }) => id === "stuck");
    expect(stuck?.waiting).toBe(60);
    const removed = await admin(at, "POST", "/fan-out/fub-test/stuck/remove");
    expect(removed.body).toEqual({ dropped: 60 });
    expect((await targets(at)).map(({ id }) => id)).toEqual(["good"]);
  });

  it("must have an address the gateway may go to", async () => {
    const refusal = async (body: object) => {
      const answer = await admin<{ error?: { message: string } }>(at, "POST", "/fan-out/fub-test", body);
      return `${answer.status} ${answer.body.error?.message ?? ""}`;
    };
    expect(await refusal({ id: "a", url: "http://example.com/x" })).toContain(
      "400 url: must start with https://",
    );
    expect(await refusal({ id: "a", url: program.url })).toContain("400 url: must start with https://");
    const remote = { id: "a", url: "http://10.0.0.1/", allow_private: true };
    expect(await refusal(remote)).toContain("400 url: must start with https://");
    expect(await refusal({ id: "a", url: "https://2852039166/latest" })).toContain("private network");
    expect(await refusal({ id: "a", url: "https://u:p@example.com/" })).toContain("400 url");
    expect(await refusal({ id: "A b", url: "https://example.com/" })).toContain("400 id");
    expect(await refusal({ id: "a", url: "https://localhost:1/" })).toContain("201");
    expect(await refusal({ id: "a", url: "https://example.com/" })).toContain("already");
    const test = await admin(at, "POST", "/fan-out/fub-test/a/test");
    expect(test.body.sentence).toContain("private network");
    expect((await admin(at, "POST", "/fan-out/fub-test/none/rotate")).status).toBe(404);
    expect((await admin(at, "POST", "/fan-out/nobody/a/rotate")).status).toBe(404);
  });

  it("can be changed, and named in the setup", async () => {
    await addTarget(at, "copy", program.url);
    const changed = await admin(at, "POST", "/fan-out/fub-test/copy/change", { events: ["peopleDeleted"] });
    expect(changed.body).toMatchObject({ id: "copy", events: ["peopleDeleted"], allow_private: true });
    const bad = await admin(at, "POST", "/fan-out/fub-test/copy/change", { allow_private: false });
    expect(bad.status).toBe(400);
    const fan_out = [{ id: "setup", url: "https://example.com/" }];
    const applied = await admin(at, "POST", "/setup", { tenants: [{ domain_name: "fub-test", fan_out }] });
    expect(applied.status).toBe(200);
    expect(await targets(at)).toMatchObject([{ id: "setup", events: ["*"], secret_set_at: null }]);
  });
});

it("killed while a target had not answered, the gateway sends it again under the same id", async () => {
  const demo = demoWorld();
  const sandbox = createSandbox({ accounts: demo.accounts });
  const { url } = await sandbox.listen(0);
  const dataDir = mkdtempSync(join(tmpdir(), "gateway-fan-out-"));
  onTestFinished(async () => {
    await sandbox.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const program = await startReceiver();
  program.answer = () => undefined;
  const environment = testEnvironment(url, { LOG_LEVEL: "warn" });
  const setup = demoSetup(demo);
  const first = { ...(await spawnGateway(dataDir, environment)), setup };
  await admin(first, "POST", "/setup", setup);
  const secret = await addTarget(first, "copy", program.url);
  for (let n = 0; n < 10; n++) expect((await receive(first, "notesCreated")).status).toBe(200);
  await until("the first to arrive", async () => program.got.length > 0);
  await first.end("SIGKILL");
  const before = new Set(program.got.map(({ headers }) => headers["webhook-id"]));
  program.answer = status(200);
  const second = { ...(await spawnGateway(dataDir, environment)), setup };
  await until("all to be forwarded", async () => (await attempts(second, "?state=delivered")).length === 10);
  const after = program.got.slice(before.size);
  expect(new Set(after.map(({ headers }) => headers["webhook-id"])).size).toBe(10);
  for (const id of before) expect(after.some(({ headers }) => headers["webhook-id"] === id)).toBe(true);
  for (const got of after) expect(signedWith(secret, got)).toBe(1);
  await second.end("SIGTERM");
}, 60_000);

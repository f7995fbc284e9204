// When a delivery cannot be stored it is not acknowledged, so that Follow Up Boss keeps trying; and once it can be, it is,
// without anybody's help.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it, onTestFinished } from "vitest";
import { createSandbox } from "../../server/sandbox/create-sandbox.ts";
import { demoSetup } from "../../server/sandbox/demo/demo-setup.ts";
import { demoWorld } from "../../server/sandbox/demo/demo-world.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { deliveryBody, postWebhook } from "../helpers/post-webhook.ts";
import { createShiftingClock } from "../helpers/shifting-clock.ts";
import { type SpawnedGateway, spawnGateway } from "../helpers/spawn-gateway.ts";
import { startTestWorld, testEnvironment } from "../helpers/start-gateway.ts";
import { admin } from "../helpers/talk-to-gateway.ts";

interface Outside extends SpawnedGateway {
  readonly file: string;
  readonly calls: () => readonly { personId: number }[];
}

async function openOutside(): Promise<Outside> {
  const demo = demoWorld();
  const sandbox = createSandbox({ accounts: demo.accounts });
  const { url } = await sandbox.listen(0);
  const dataDir = mkdtempSync(join(tmpdir(), "gateway-trouble-"));
  onTestFinished(async () => {
    await sandbox.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  for (const person of sandbox.fub.account("fub-test").people)
    if (person.id === 107) person.tags.push("Aventora Call");
  const gateway = await spawnGateway(dataDir, testEnvironment(url, { LOG_LEVEL: "error" }));
  const setup = demoSetup(demo);
  expect((await admin({ ...gateway, setup }, "POST", "/setup", setup)).status).toBe(200);
  return {
    ...gateway,
    file: join(dataDir, "gateway.db"),
    calls: () => sandbox.fub.account("fub-test").calls,
  };
}

const tagged = (eventId: string): string =>
  deliveryBody("peopleTagsCreated", [107], { eventId, data: { tags: ["Aventora Call"] } });

function storedIds(file: string): string[] {
  const db = new DatabaseSync(file, { readOnly: true });
  const rows = db.prepare("select event_id from deliveries").all();
  db.close();
  return rows.map(({ event_id }) => String(event_id));
}

/** Posts deliveries that each are as large as a page until one is not taken; the ids that were acknowledged. */
async function postUntilRefused(at: Outside): Promise<{ taken: string[]; status: number; text: string }> {
  const taken: string[] = [];
  for (let n = 0; n < 2_000; n++) {
    const eventId = `full-${n}`;
    const answer = await postWebhook(
      at.url,
      "fub-test",
      deliveryBody("notesCreated", [n], { eventId, filler: "x".repeat(20_000) }),
    );
    if (answer.status !== 200) return { taken, ...answer };
    taken.push(eventId);
  }
  throw new Error("the disk never was full");
}

it.skipIf(process.platform !== "linux")(
  "answers 503 while the disk is full, loses nothing it acknowledged, and goes on when there is room",
  async () => {
    const at = await openOutside();
    const limit = (bytes: string): unknown =>
      execFileSync("prlimit", ["--pid", String(at.pid), `--fsize=${bytes}:`]);
    limit("2000000");
    const { taken, status, text } = await postUntilRefused(at);
    expect(status).toBe(503);
    expect(text).not.toMatch(/sqlite|disk I\/O|at \w+ \(/i);
    expect(taken.length).toBeGreaterThan(5);
    // Nor is there room for a small one.
    limit("4000");
    for (const eventId of ["late-1", "late-2"])
      expect((await postWebhook(at.url, "fub-test", tagged(eventId))).status).toBe(503);
    expect(storedIds(at.file).filter((id) => id.startsWith("late"))).toEqual([]);
    limit("unlimited");
    expect((await postWebhook(at.url, "fub-test", tagged("late-1"))).status).toBe(200);
    await waitFor("the call", () => (at.calls().length > 0 ? true : undefined));
    const stored = new Set(storedIds(at.file));
    expect(taken.filter((id) => !stored.has(id))).toEqual([]);
    expect(stored.has("late-2")).toBe(false);
    await at.end("SIGKILL");
    expect(taken.filter((id) => !new Set(storedIds(at.file)).has(id))).toEqual([]);
  },
  60_000,
);

it("acknowledges nothing while another process has the database locked, and goes on by itself", async () => {
  const at = await openOutside();
  const other = new DatabaseSync(at.file, { timeout: 20_000 });
  onTestFinished(() => {
    if (other.isOpen) other.close();
  });
  other.exec("begin exclusive");
  const early = Array.from({ length: 5 }, (_, n) =>
    postWebhook(at.url, "fub-test", tagged(`locked-${n}`)).then(({ status }) => status),
  );
  const first = await Promise.race([
    Promise.all(early),
    new Promise((resolve) => setTimeout(resolve, 8_000)),
  ]);
  // Whatever was answered while it was locked, none of it was an acknowledgement.
  if (Array.isArray(first)) expect(first).toEqual([503, 503, 503, 503, 503]);
  other.exec("rollback");
  other.close();
  const statuses = await Promise.all(early);
  const stored = storedIds(at.file);
  for (const [n, status] of statuses.entries())
    if (status === 200) expect(stored).toContain(`locked-${n}`);
    else expect(status).toBe(503);
  expect((await postWebhook(at.url, "fub-test", tagged("after"))).status).toBe(200);
  await waitFor("the call", () => (at.calls().length > 0 ? true : undefined));
}, 60_000);

it("stores and starts as usual when the clock jumps back an hour, and again when it jumps ahead", async () => {
  const clock = createShiftingClock();
  const at = await startTestWorld({ clock });
  onTestFinished(() => at.close());
  const { people, calls } = at.sandbox.fub.account("fub-test");
  const reach = async (id: number): Promise<void> => {
    for (const person of people) if (person.id === id) person.tags.push("Aventora Call");
    const body = deliveryBody("peopleTagsCreated", [id], { data: { tags: ["Aventora Call"] } });
    expect(await postWebhook(at.url, "fub-test", body)).toEqual({ status: 200, text: "stored" });
    expect(await postWebhook(at.url, "fub-test", body)).toEqual({ status: 200, text: "known" });
    await waitFor(`the call of ${id}`, () => calls.find(({ personId }) => personId === id));
  };
  await reach(107);
  clock.shift(-3_600_000);
  await reach(101);
  clock.shift(7_200_000);
  await reach(102);
  expect(calls).toHaveLength(3);
});

// A gateway that was off for an hour: Follow Up Boss has given up on its deliveries meanwhile, and what was certainly missed
// runs once after the start.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { createGateway, type Gateway } from "../../server/create-gateway.ts";
import { createSandbox, type Sandbox } from "../../server/sandbox/create-sandbox.ts";
import { demoSetup } from "../../server/sandbox/demo/demo-setup.ts";
import { demoWorld } from "../../server/sandbox/demo/demo-world.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { createShiftingClock } from "../helpers/shifting-clock.ts";
import { PAGES_DIR, testEnvironment } from "../helpers/start-gateway.ts";
import { admin, journalOf, type Reachable } from "../helpers/talk-to-gateway.ts";

const HOUR = 3_600_000;
const TAG = "Aventora Call";

const clock = createShiftingClock();
const world = demoWorld();
const setup = demoSetup(world);
const dataDir = mkdtempSync(join(tmpdir(), "gateway-test-"));
let sandbox: Sandbox | undefined;
let gateway: Gateway | undefined;

afterEach(async () => {
  await gateway?.stop();
  await sandbox?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(crmUrl: string, port: number): Promise<Reachable> {
  gateway = await createGateway({
    dataDir,
    environment: testEnvironment(crmUrl),
    flags: { PORT: port, ADMIN_PORT: 0 },
    clock,
    version: "0.0.0-test",
    pagesDir: PAGES_DIR,
    writeLog: () => undefined,
  });
  const console_ = new URL(gateway.addresses.adminUrl);
  return {
    url: gateway.addresses.publicUrl,
    adminUrl: console_.origin,
    adminToken: console_.searchParams.get("token") ?? "",
    setup,
  };
}

interface Delivery {
  readonly event: string;
  readonly state: string;
  readonly result: string | null;
  readonly recovered: boolean;
}

const deliveriesOf = async (at: Reachable): Promise<Delivery[]> =>
  (await admin<{ deliveries: Delivery[] }>(at, "GET", "/deliveries")).body.deliveries.filter(
    ({ event }) => event === "peopleTagsCreated",
  );
const told = (at: Reachable, event: string) =>
  waitFor(event, async () => (await journalOf(at, "limit=200")).find((entry) => entry.event === event));

it("runs once what was missed while it was off, and lists what may have been", async () => {
  sandbox = createSandbox({
    clock,
    accounts: world.accounts,
    webhooks: { retryMs: [20, 20], timeoutMs: 500, disableAfter: 1_000 },
  });
  const { fub } = sandbox;
  const account = fub.account("fub-test");
  const crm = await sandbox.listen(0);
  // 101 carries the tag from the beginning.
  fub.addTag("fub-test", [101], TAG);
  const before = await start(crm.url, 0);
  await gateway?.apply({ ...setup, platform: { ...setup.platform, SERVER_URL: before.url } });
  expect(
    (await admin(before, "POST", "/webhook-slots/reconcile", { tenant: "fub-test" })).body,
  ).toMatchObject({ registered: true });
  await told(before, "webhook.sweep_begun");
  await gateway?.stop();

  fub.addTag("fub-test", [106, 107], TAG);
  // Changed while it was off: whether the tag was added anew cannot be told.
  fub.setStage("fub-test", [101], "Hot Prospect");
  await waitFor("Follow Up Boss to give up", () => {
    const tags = fub.deliveries.filter(({ event }) => event === "peopleTagsCreated");
    return tags.length > 0 && tags.every(({ state }) => state !== "waiting") ? true : undefined;
  });
  clock.shift(HOUR);

  const after = await start(crm.url, Number(new URL(before.url).port));
  await told(after, "webhook.recovered");
  await waitFor("both calls", () => (account.calls.length >= 2 ? true : undefined));
  expect(await deliveriesOf(after)).toMatchObject([{ recovered: true, state: "done", result: "2 started." }]);
  expect((await told(after, "webhook.unclear")).message).toContain("1 people");
  await admin(after, "POST", "/catch-up");
  await admin(after, "POST", "/catch-up");
  await waitFor("nothing more to do", async () => {
    const { body } = await admin<{ queue: { waiting: number; running: number } }>(after, "GET", "/status");
    return body.queue.waiting + body.queue.running === 0 ? true : undefined;
  });
  expect(account.calls.map(({ personId }) => personId).sort()).toEqual([106, 107]);
  expect(await deliveriesOf(after)).toHaveLength(1);
});

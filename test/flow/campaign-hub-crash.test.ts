// Killed (kill -9) while the Hub had not answered a chunk yet: it is known afterwards that it may have been handed over,
// so each of its people waits for a person and the chunk is not submitted again.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { createSandbox } from "../../server/sandbox/create-sandbox.ts";
import { demoSetup } from "../../server/sandbox/demo/demo-setup.ts";
import { demoWorld } from "../../server/sandbox/demo/demo-world.ts";
import { growList } from "../../server/sandbox/grow-list.ts";
import { HUB_KEY } from "../../server/sandbox/hub/create-hub-world.ts";
import { expectAddsUp, isOver, storedOutreaches } from "../helpers/campaign-checks.ts";
import { campaignClient, campaignQuery } from "../helpers/campaign-client.ts";
import { HUB_SECRET } from "../helpers/connect-hub.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { type SpawnedGateway, spawnGateway } from "../helpers/spawn-gateway.ts";
import { testEnvironment } from "../helpers/start-gateway.ts";
import { admin, controlOutreach } from "../helpers/talk-to-gateway.ts";

async function openWorld() {
  const demo = demoWorld();
  const sandbox = createSandbox({ accounts: demo.accounts });
  const { url } = await sandbox.listen(0);
  const dataDir = mkdtempSync(join(tmpdir(), "gateway-crash-"));
  onTestFinished(async () => {
    await sandbox.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const same = demoSetup(demo);
  const overHub = { hub_url: `${url}/hub`, hub_api_key: HUB_KEY, hub_webhook_secret: HUB_SECRET };
  const setup = {
    ...same,
    tenants: (same.tenants ?? []).map((tenant) => ({
      ...tenant,
      ...overHub,
      // The spawned gateway has this machine's clock; tests run at any hour.
      contact_hours: "never" as const,
      channels: { ...tenant.channels, phone: "hub" as const },
    })),
  };
  const start = async () => {
    const gateway = { ...(await spawnGateway(dataDir, testEnvironment(url, { LOG_LEVEL: "warn" }))), setup };
    expect((await admin(gateway, "POST", "/setup", setup)).status).toBe(200);
    const path = "/integration/channels/hub/webhook";
    sandbox.hub.webhooks["*"] = { url: `${gateway.url}${path}`, secret: HUB_SECRET };
    return gateway;
  };
  const ann = (gateway: SpawnedGateway) =>
    campaignClient(gateway.url, campaignQuery({ account: sandbox.fub.account("fub-test"), userId: 2 }));
  return { sandbox, dataDir, start, ann };
}

it.each(["queued", "lost"] as const)("a chunk that was %s is parked and submitted once", async (silent) => {
  const { sandbox, dataDir, start, ann } = await openWorld();
  sandbox.hub.stepMs = 1;
  sandbox.hub.bulk = { silent, startsAfterMs: 600_000 };
  const { list } = growList(sandbox.fub.account("fub-test"), {
    count: 8,
    listName: "Crash",
    assignedTo: [2],
  });
  const first = await start();
  const { body } = await (await ann(first)).start({ smart_list_id: String(list.id) });
  await waitFor("the chunk to reach the Hub", () => sandbox.hub.batches[0]);
  await first.end("SIGKILL");
  sandbox.hub.bulk = {};

  const second = await start();
  const client = await ann(second);
  const parked = () =>
    storedOutreaches(dataDir, body.batch_id).filter(
      ({ status, parked_reason }) => status === "paused" && parked_reason,
    );
  await waitFor("all of them to be parked", () => parked().length === 8 || undefined);
  expect(parked()[0]?.parked_reason).toContain("not known whether it was started");
  await delay(1_200);
  expect(sandbox.hub.batches).toHaveLength(1);
  expect(sandbox.hub.starts).toHaveLength(0);
  expect(await client.read(body.batch_id)).toMatchObject({ status: "running", active: 0, done: 0 });

  for (const { id } of parked()) expect((await controlOutreach(second, id, "cancel")).status).toBe(200);
  const over = await client.until(body.batch_id, isOver);
  expectAddsUp(over);
  expect(over.outcomes).toEqual({ canceled: 8 });
  await second.end("SIGTERM");
});

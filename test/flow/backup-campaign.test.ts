// A busy gateway, in the middle of a campaign, moved or restored on another computer: another folder, another key of the
// vault. Everybody is reached once, whichever of the two did it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { createSandbox } from "../../server/sandbox/create-sandbox.ts";
import { demoSetup } from "../../server/sandbox/demo/demo-setup.ts";
import { demoWorld } from "../../server/sandbox/demo/demo-world.ts";
import { growList } from "../../server/sandbox/grow-list.ts";
import {
  askBackup,
  downloadBackup,
  PASSPHRASE,
  readBackup,
  untilWorkEnds,
} from "../helpers/backup-client.ts";
import { expectAddsUp, expectOneCallEach, isOver, storedOutreaches } from "../helpers/campaign-checks.ts";
import { campaignClient, campaignQuery } from "../helpers/campaign-client.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { openCliRoom } from "../helpers/run-gateway-cli.ts";
import { type SpawnedGateway, spawnGateway } from "../helpers/spawn-gateway.ts";
import { testEnvironment } from "../helpers/start-gateway.ts";
import { admin, startOutreach, untilQuiet } from "../helpers/talk-to-gateway.ts";

const PEOPLE = 200;
const HERE = { GATEWAY_VAULT_KEY: "the key of the old computer" };
const THERE = { GATEWAY_VAULT_KEY: "another key on the new computer" };

async function openWorld() {
  const demo = demoWorld();
  const sandbox = createSandbox({ accounts: demo.accounts });
  const { url } = await sandbox.listen(0);
  const dataDir = mkdtempSync(join(tmpdir(), "gateway-old-"));
  const elsewhere = openCliRoom();
  onTestFinished(async () => {
    await sandbox.close();
    await elsewhere.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  sandbox.fub.options.limits.global = { registered: 20_000, unregistered: 20_000 };
  const account = () => sandbox.fub.account("fub-test");
  const { list } = growList(account(), { count: PEOPLE, listName: "Everybody", assignedTo: [2] });
  const environment = (vault: Readonly<Record<string, string>>) =>
    testEnvironment(url, { SIMULATOR_SPEED: "0.02", LOG_LEVEL: "warn", ...vault });
  const setup = demoSetup(demo);
  const old = { ...(await spawnGateway(dataDir, environment(HERE))), setup };
  expect((await admin(old, "POST", "/setup", setup)).status).toBe(200);
  const client = await campaignClient(old.url, campaignQuery({ account: account(), userId: 2 }));
  const body = {
    smart_list_id: String(list.id),
    click_id: "click-backup",
    pace: { at_once: 10, per_minute: 600 },
  };
  await client.preflight({ ...body, wait_seconds: 20 });
  const { body: started } = await client.start(body);
  const calls = () => account().calls.length;
  const file = join(elsewhere.dataDir, "..", "taken.gwbackup");
  return {
    ...{ sandbox, account, setup, old, calls, file, elsewhere, body, dataDir },
    campaign: started.batch_id,
    untilCalls: (least: number) => waitFor(`${least} calls`, () => calls() >= least || undefined, 30_000),
    restore: async () => {
      const given = { environment: { ...environment(THERE), GATEWAY_BACKUP_PASSPHRASE: PASSPHRASE } };
      return elsewhere.run(["restore", file], given);
    },
    startThere: async () => ({ ...(await spawnGateway(elsewhere.dataDir, environment(THERE))), setup }),
  };
}
type World = Awaited<ReturnType<typeof openWorld>>;

async function untilOver(world: World, at: SpawnedGateway & { setup: World["setup"] }) {
  const client = await campaignClient(at.url, campaignQuery({ account: world.account(), userId: 2 }));
  const over = await client.until(world.campaign, isOver, 60_000);
  await untilQuiet(at, 30_000);
  expect(over).toMatchObject({ status: "completed", total: PEOPLE });
  expectAddsUp(over);
  const stored = storedOutreaches(world.elsewhere.dataDir, world.campaign);
  expect(stored).toHaveLength(PEOPLE);
  expectOneCallEach(
    world.account(),
    stored.map(({ person_id }) => ({ id: Number(person_id) })),
  );
  return stored;
}

it("a backup of a gateway that went on for a while is restored on another computer: nobody is reached twice", async () => {
  const world = await openWorld();
  await world.untilCalls(25);
  // So that a slow computer does not come to the end of the list before the file is there.
  const work = await downloadBackup(world.old, world.file, {}, () =>
    admin(world.old, "POST", "/outreach/pause", {}),
  );
  await admin(world.old, "POST", "/outreach/resume", {});
  expect(work.about).toMatchObject({ kind: "backup", secrets: true });
  const atBackup = world.calls();
  await world.untilCalls(Math.min(atBackup + 60, PEOPLE - 40));
  await world.old.end("SIGKILL");
  const reached = world.calls();
  expect(reached).toBeLessThan(PEOPLE);

  const restored = await world.restore();
  expect(restored).toMatchObject({ code: 0, stdout: expect.stringContaining("Check and go on") });
  expect(restored.stderr).not.toContain(PASSPHRASE);
  const there = await world.startThere();
  const before = await readBackup(there);
  expect(before).toMatchObject({ restored: { how: "restore" }, moved: null });
  expect(before.restored?.people).toBeGreaterThan(100);
  const home = await admin(there, "GET", "/home");
  expect(JSON.stringify(home.body)).toMatch(/restored from a backup/);
  expect((await admin(there, "GET", "/status")).status).toBe(200);
  // Nothing goes out by itself; what the old one wrote is not written again.
  await startOutreach(there, { phone_number: "+14165550142", channel: "phone", type: "informational" });
  expect(world.calls()).toBeLessThanOrEqual(reached + 10);

  expect((await askBackup(there, "POST", "/restore/go-on")).body).toMatchObject({ restored: null });
  const stored = await untilOver(world, there);
  const elsewhere = stored.filter(({ outcome }) => outcome === "reached_elsewhere");
  expect(elsewhere.length).toBeGreaterThanOrEqual(30);
  // Whoever the old one reached was not dialled by the new one.
  expect(elsewhere.filter(({ dialled }) => dialled > 0)).toEqual([]);
  await there.end("SIGTERM");
}, 180_000);

it("a gateway that moves goes on by itself on the other computer, exactly once, and stands still here until it is taken back", async () => {
  const world = await openWorld();
  await world.untilCalls(30);
  const work = await downloadBackup(world.old, world.file, { move: true });
  expect(work.about).toMatchObject({ kind: "move" });
  const moved = world.calls();
  expect(moved).toBeLessThan(PEOPLE);
  expect((await readBackup(world.old)).moved).not.toBeNull();
  const refused = await startOutreach(world.old, {
    ...{ phone_number: "+14165550142", channel: "phone", type: "informational" },
  }).catch((error: unknown) => String(error));
  expect(refused).toMatch(/503.*gateway_moved/);
  expect((await fetch(`${world.old.url}/ready`)).status).toBe(503);

  expect(await world.restore()).toMatchObject({ code: 0, stderr: expect.not.stringContaining("paused") });
  const there = await world.startThere();
  expect(await readBackup(there)).toMatchObject({ restored: null, moved: null });
  const stored = await untilOver(world, there);
  expect(stored.filter(({ outcome, dialled }) => outcome === "reached_elsewhere" || dialled !== 1)).toEqual(
    [],
  );
  await there.end("SIGTERM");

  // Taken back, it finds everybody reached.
  const { body } = await askBackup(world.old, "POST", "/backup/take-back");
  expect(await untilWorkEnds(world.old, body.work)).toMatchObject({ state: "done" });
  expect(await readBackup(world.old)).toMatchObject({ moved: null, restored: { how: "take_back" } });
  await askBackup(world.old, "POST", "/restore/go-on");
  const client = await campaignClient(world.old.url, campaignQuery({ account: world.account(), userId: 2 }));
  await client.until(world.campaign, isOver, 60_000);
  await untilQuiet(world.old, 30_000);
  expect(world.calls()).toBe(PEOPLE);
  await world.old.end("SIGTERM");
}, 180_000);

// Restoring: on a folder, through a running gateway, killed at any moment, with files that are no use, and back again.
import { createHash } from "node:crypto";
import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import {
  askBackup,
  downloadBackup,
  PASSPHRASE,
  readBackup,
  sendFile,
  untilWorkEnds,
} from "../helpers/backup-client.ts";
import { makeTempFolder } from "../helpers/open-test-database.ts";
import { restartGateway } from "../helpers/restart-gateway.ts";
import { type CliRoom, openCliRoom } from "../helpers/run-gateway-cli.ts";
import { startTestWorld } from "../helpers/start-gateway.ts";
import { admin, startOutreach } from "../helpers/talk-to-gateway.ts";

const HOURS = "contact-hours.json";
const WITH = { environment: { GATEWAY_BACKUP_PASSPHRASE: PASSPHRASE } };

function openRoom(): CliRoom {
  const room = openCliRoom();
  onTestFinished(room.close);
  return room;
}

/** Everything in a folder, by name, but what a run of a program always touches. */
function printOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !/gateway\.lock|-shm$/.test(path))
      .map((path) => [relative(folder, path), createHash("sha256").update(readFileSync(path)).digest("hex")])
      .sort(),
  );
}

const tenantSetup = (name: string) => ({
  platform: {
    FUB_SYSTEM: `System of ${name}`,
    FUB_SYSTEM_KEY: `key-of-${name}`,
    // Nobody is there, and nobody is needed.
    FUB_API_BASE_URL: "http://127.0.0.1:9/v1",
  },
  tenants: [{ domain_name: name, fub_api_key: `fka_${name}`, call_management_api_key: `cmk_${name}` }],
});

/** A folder with a brokerage of this name in settings, vault and journal. */
async function fillRoom(name: string): Promise<CliRoom> {
  const room = openRoom();
  const serving = await room.serve();
  expect(await room.run(["apply", room.fileWith(tenantSetup(name))])).toMatchObject({ code: 0 });
  serving.kill("SIGTERM");
  await serving.finished;
  return room;
}

/** Another room with the same data. */
function copyRoom(from: CliRoom): CliRoom {
  const room = openRoom();
  cpSync(from.dataDir, room.dataDir, { recursive: true });
  return room;
}

/** Whose data a folder holds, as a gateway that starts there says: in its settings, its keys and its database. */
async function whoseData(room: CliRoom): Promise<string> {
  const serving = await room.serve();
  const address = new URL(serving.adminUrl);
  const at = {
    url: serving.publicUrl,
    adminUrl: address.origin,
    adminToken: address.searchParams.get("token") ?? "",
    setup: {},
  };
  const { body: settings } = await admin(at, "GET", "/settings");
  const { body: journal } = await admin(at, "GET", "/journal?event=settings.applied");
  const tenants = JSON.stringify(settings).match(/"domain_name":"(\w+)"/)?.[1] ?? "nobody";
  const journalled = JSON.stringify(journal).match(/tenant (\w+) created/)?.[1] ?? "nobody";
  const opened = await fetch(`${serving.publicUrl}/integration/engagements/none`, {
    headers: { authorization: `Bearer cmk_${tenants}` },
  });
  serving.kill("SIGTERM");
  await serving.finished;
  expect(existsSync(join(room.dataDir, "restore-staging"))).toBe(false);
  const keys = opened.status === 404 ? tenants : `keys of nobody (${opened.status})`;
  return [...new Set([tenants, keys, journalled])].join(" and ");
}

it("what is no use is refused with a sentence, and nothing in the folder is touched", async () => {
  const room = await fillRoom("here");
  const other = await fillRoom("there");
  const file = join(makeTempFolder(), "there.gwbackup");
  expect(await other.run(["backup", file], WITH)).toMatchObject({ code: 0 });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const bytes = readFileSync(file);
  const damaged = Buffer.from(bytes);
  damaged[bytes.length - 40] = (damaged[bytes.length - 40] ?? 0) ^ 4;
  const folder = makeTempFolder();
  for (const [name, content] of [
    ["cut", bytes.subarray(0, bytes.length - 100)],
    ["damaged", damaged],
    ["letter", Buffer.from("Dear mother")],
  ] as const)
    writeFileSync(join(folder, name), content);
  const before = printOf(room.dataDir);
  const tries: [string, string, RegExp][] = [
    [file, "not the right passphrase", /passphrase does not open/],
    [join(folder, "cut"), PASSPHRASE, /damaged/],
    [join(folder, "damaged"), PASSPHRASE, /damaged/],
    [join(folder, "letter"), PASSPHRASE, /not a backup/],
    [join(folder, "nowhere"), PASSPHRASE, /could not be read/],
  ];
  for (const [given, GATEWAY_BACKUP_PASSPHRASE, sentence] of tries) {
    const done = await room.run(["restore", given], { environment: { GATEWAY_BACKUP_PASSPHRASE } });
    expect(done).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(sentence) });
    expect(done.stderr).not.toContain(GATEWAY_BACKUP_PASSPHRASE);
    expect(printOf(room.dataDir)).toEqual(before);
  }
  const short = await room.run(["backup", join(folder, "new")], {
    environment: { GATEWAY_BACKUP_PASSPHRASE: "short" },
  });
  expect(short).toMatchObject({ code: 1, stderr: expect.stringContaining("12 characters") });
  const unasked = await room.run(["backup", join(folder, "new")]);
  expect(unasked).toMatchObject({ code: 1, stderr: expect.stringContaining("GATEWAY_BACKUP_PASSPHRASE") });
}, 90_000);

it("killed at any moment of a restore, the folder is the old one or the new one, whole; and it can be undone", async () => {
  const other = await fillRoom("there");
  const filled = await fillRoom("here");
  writeFileSync(join(other.dataDir, HOURS), "{}");
  const file = join(makeTempFolder(), "there.gwbackup");
  expect(await other.run(["backup", file], WITH)).toMatchObject({ code: 0 });
  const found: string[] = [];
  const moments = ["restore-staging", "restore-staging/settings.json", "restore-swap.json", "restore-points"];
  for (const moment of moments) {
    const room = copyRoom(filled);
    // The last moments are over in a few milliseconds.
    const killed = await killAt(room, file, moment);
    expect(killed || moments.indexOf(moment) > 1, moment).toBe(true);
    found.push(await whoseData(room));
  }
  for (const whose of found) expect(whose).toMatch(/^(here|there)$/);
  expect(found[0]).toBe("here");
  expect(found.at(-1)).toBe("there");

  const room = copyRoom(filled);
  expect(await room.run(["restore", file], WITH)).toMatchObject({ code: 0 });
  expect(readFileSync(join(room.dataDir, HOURS), "utf8")).toBe("{}");
  expect(await whoseData(room)).toBe("there");
  const undone = await room.run(["restore", "--undo"]);
  expect(undone).toMatchObject({ code: 0, stdout: expect.stringContaining("Check and go on") });
  expect(existsSync(join(room.dataDir, HOURS))).toBe(false);
  expect(await whoseData(room)).toBe("here");
}, 180_000);

/** Starts a restore in a process of its own and kills it as soon as this file is there. Whether it was still at work. */
async function killAt(room: CliRoom, file: string, moment: string): Promise<boolean> {
  const target = join(room.dataDir, moment);
  const run = room.start(["restore", file], WITH);
  let ended = false;
  const finished = run.finished.finally(() => {
    ended = true;
  });
  while (!ended && !existsSync(target)) await nextTurn();
  run.kill("SIGKILL");
  return (await finished).code !== 0;
}

it("a running gateway is restored and undone through its console, and goes on at the same address", async () => {
  const world = await startTestWorld();
  let newest = world;
  onTestFinished(() => newest.close());
  const file = join(makeTempFolder(), "one.gwbackup");
  const at = world;
  await downloadBackup(at, file, { without_secrets: false });
  expect((await readBackup(at)).last_backup).not.toBeNull();
  const outreach = { phone_number: "+14165550142", channel: "phone", type: "informational" };
  const later = await startOutreach(at, outreach);

  const name = await sendFile(at, file);
  const wrong = await askBackup(at, "POST", "/restore/check", {
    file: name,
    passphrase: "not the right one",
  });
  expect(await untilWorkEnds(at, wrong.body.work)).toMatchObject({
    state: "failed",
    problem: expect.stringContaining("passphrase does not open"),
  });
  const checked = await askBackup(at, "POST", "/restore/check", { file: name, passphrase: PASSPHRASE });
  expect(await untilWorkEnds(at, checked.body.work)).toMatchObject({
    state: "done",
    about: { kind: "backup" },
  });
  const restoring = await askBackup(at, "POST", "/restore", { file: name, passphrase: PASSPHRASE });
  const busy = await askBackup(at, "POST", "/restore/undo", {});
  expect([404, 409]).toContain(busy.status);
  expect(await untilWorkEnds(at, restoring.body.work)).toMatchObject({ state: "done" });
  const state = await readBackup(at);
  expect(state).toMatchObject({ restored: { how: "restore" }, points: [{ reason: "restore" }] });
  // The outreach of after the backup is not known any more; the keys are.
  expect((await admin(at, "GET", `/engagements/${later}`)).status).toBe(404);
  expect(await startOutreach(at, outreach)).toMatch(/^eng_/);

  const undo = await askBackup(at, "POST", "/restore/undo", {});
  expect(await untilWorkEnds(at, undo.body.work)).toMatchObject({ state: "done" });
  expect((await admin(at, "GET", `/engagements/${later}`)).status).toBe(200);
  expect((await readBackup(at)).restored).toMatchObject({ how: "undo" });
  expect(await world.gateway.keepRestorePoint("update")).toMatch(/-update$/);
  const reasons = (await readBackup(at)).points.map(({ reason }) => reason);
  expect(reasons.toSorted()).toEqual(["restore", "undo", "update"]);
  // Another version that starts on the folder keeps what is there, whoever installed it.
  newest = await restartGateway(world, { version: "0.0.1-test" });
  const updates = (await readBackup(newest)).points.filter(({ reason }) => reason === "update");
  expect(updates).toMatchObject([{ program: "0.0.0-test" }, { program: "0.0.0-test" }]);
  for (const line of world.logLines) expect(line).not.toContain(PASSPHRASE);
}, 60_000);

it("a restore the gateway cannot start with is taken back by itself, and the sentence says why", async () => {
  const world = await startTestWorld();
  onTestFinished(world.close);
  const listenAt = (HOST: string) => world.gateway.apply({ platform: { HOST } });
  // An address of the computer the backup is from (RFC 5737: nobody has it).
  await listenAt("203.0.113.7");
  const file = join(makeTempFolder(), "one.gwbackup");
  await downloadBackup(world, file);
  await listenAt("127.0.0.1");
  const name = await sendFile(world, file);
  const { body } = await askBackup(world, "POST", "/restore", { file: name, passphrase: PASSPHRASE });
  expect(await untilWorkEnds(world, body.work)).toMatchObject({
    state: "failed",
    problem: expect.stringContaining("203.0.113.7"),
  });
  // As it was before, and nothing goes out until somebody has looked.
  expect(await readBackup(world)).toMatchObject({ restored: { how: "undo" } });
  await startOutreach(world, { phone_number: "+14165550142", channel: "phone", type: "informational" });
}, 60_000);

it("the command says whether outreach goes on: by a move's file once, not where it comes from, not through a running gateway", async () => {
  const [old, there] = [await fillRoom("old"), openRoom()];
  const file = join(makeTempFolder(), "moved.gwbackup");
  const moved = await old.run(["backup", file, "--move"], WITH);
  expect(moved).toMatchObject({ code: 0, stdout: expect.stringContaining("stands still") });
  const restore = async (room: CliRoom): Promise<string> => {
    const done = await room.run(["restore", file], WITH);
    expect(done).toMatchObject({ code: 0, stdout: expect.stringContaining("is restored in") });
    return done.stdout;
  };
  const looks = /does not go on by itself.*\n.*Check and go on/;
  expect(await restore(there)).not.toMatch(/Check and go on/);
  expect(await whoseData(there)).toBe("old");
  expect(await restore(there)).toMatch(looks);
  const serving = await old.serve();
  expect(await restore(old)).toMatch(looks);
  serving.kill("SIGTERM");
  await serving.finished;
}, 120_000);

it("a backup without keys leaves this computer's own as they are", async () => {
  const world = await startTestWorld();
  onTestFinished(world.close);
  const file = join(makeTempFolder(), "one.gwbackup");
  expect((await downloadBackup(world, file, { without_secrets: true })).about).toMatchObject({
    secrets: false,
  });
  const name = await sendFile(world, file);
  const { body } = await askBackup(world, "POST", "/restore", { file: name, passphrase: PASSPHRASE });
  expect(await untilWorkEnds(world, body.work)).toMatchObject({ state: "done" });
  await startOutreach(world, { phone_number: "+14165550142", channel: "phone", type: "informational" });
}, 60_000);

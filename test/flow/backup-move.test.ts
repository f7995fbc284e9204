// Moving a running gateway away through its console: moves that fail, one that is repeated, and the way back.
import { mkdirSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { askBackup, PASSPHRASE, readBackup, untilWorkEnds } from "../helpers/backup-client.ts";
import { startTestWorld } from "../helpers/start-gateway.ts";
import { startOutreach } from "../helpers/talk-to-gateway.ts";

it("a move that fails leaves the gateway here, a second one that fails leaves it away; only what was moved is taken back", async () => {
  const world = await startTestWorld();
  onTestFinished(world.close);
  const outreach = { phone_number: "+14165550142", channel: "phone", type: "informational" };
  // A folder where a file is to be read: no backup can be made.
  const inTheWay = join(world.dataDir, "public-address.json");
  const move = async () =>
    untilWorkEnds(
      world,
      (await askBackup(world, "POST", "/backup", { passphrase: PASSPHRASE, move: true })).body.work,
    );
  expect(await askBackup(world, "POST", "/backup/take-back")).toMatchObject({
    status: 409,
    body: { error: { code: "wrong_state", message: expect.stringContaining("was not moved") } },
  });
  mkdirSync(inTheWay);
  expect(await move()).toMatchObject({ state: "failed" });
  expect((await readBackup(world)).moved).toBeNull();
  await startOutreach(world, outreach);

  rmdirSync(inTheWay);
  const first = await move();
  expect(first).toMatchObject({ state: "done", about: { kind: "move" } });
  const { moved } = await readBackup(world);
  // The file was lost on the way, say: another one is of the same move.
  expect((await move()).about).toEqual(first.about);
  mkdirSync(inTheWay);
  expect(await move()).toMatchObject({ state: "failed" });
  expect((await readBackup(world)).moved).toEqual(moved);
  await expect(startOutreach(world, outreach)).rejects.toThrow(/503.*gateway_moved/);

  rmdirSync(inTheWay);
  const { body } = await askBackup(world, "POST", "/backup/take-back");
  expect(await untilWorkEnds(world, body.work)).toMatchObject({ state: "done" });
  expect(await readBackup(world)).toMatchObject({ moved: null, restored: { how: "take_back" } });
}, 60_000);

// What has to be on disk before a restore is decided, and before its plan goes: else a power cut in between loses files.
import { existsSync, fstatSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { swapStaged } from "../../../server/backup/restore-backup.ts";
import { completed } from "../../../server/backup/stage-backup.ts";
import { createFakeClock } from "../../helpers/fake-clock.ts";
import { makeTempFolder } from "../../helpers/open-test-database.ts";

interface Synced {
  readonly inode: number;
  /** The plan was there at that moment. */
  readonly decided: boolean;
}

/** Notes whatever is brought to disk from here on. */
async function watchSyncs(dataDir: string): Promise<Synced[]> {
  const handle = await open(dataDir, "r");
  const prototype = Object.getPrototypeOf(handle) as typeof handle;
  await handle.close();
  const synced: Synced[] = [];
  const sync = prototype.sync;
  const spy = vi.spyOn(prototype, "sync").mockImplementation(function (this: typeof handle) {
    const decided = existsSync(join(dataDir, "restore-swap.json"));
    synced.push({ inode: fstatSync(this.fd).ino, decided });
    return sync.call(this);
  });
  onTestFinished(() => spy.mockRestore());
  return synced;
}

test("the folder of what was prepared is on disk before the plan, and the folder of restore points before the plan goes", async () => {
  const dataDir = makeTempFolder();
  const staging = join(dataDir, "restore-staging");
  mkdirSync(staging);
  writeFileSync(join(dataDir, "settings.json"), "old");
  writeFileSync(join(staging, "settings.json"), "new");
  const stagingInode = statSync(staging).ino;
  const synced = await watchSyncs(dataDir);
  const staged = await completed(staging, ["settings.json"]);
  const deps = { dataDir, environment: {}, flags: {}, clock: createFakeClock(), version: "1.0.0" };
  await swapStaged(deps, staged, "restore");
  expect(synced).toContainEqual({ inode: stagingInode, decided: false });
  const points = statSync(join(dataDir, "restore-points")).ino;
  expect(synced).toContainEqual({ inode: points, decided: true });
});

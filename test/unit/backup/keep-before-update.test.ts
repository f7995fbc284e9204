// However the program was updated: before another version opens the folder for the first time, what is there is kept.
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keepBeforeUpdate } from "../../../server/backup/keep-before-update.ts";
import { listRestorePoints } from "../../../server/backup/restore-points.ts";
import { filled, openComputer } from "./open-computer.ts";

test("a point is kept once for each version, none in a new folder, and without one the folder is not opened", async () => {
  const computer = openComputer();
  const startOf = async (version: string): Promise<string | undefined> => {
    await computer.clock.advance(1_000);
    return keepBeforeUpdate({ ...computer, version });
  };
  expect(await startOf("1.0.0")).toBeUndefined();
  await filled(computer, "fka_one");
  expect(await startOf("1.0.0")).toBeUndefined();
  const kept = await startOf("1.1.0");
  expect(await startOf("1.1.0")).toBeUndefined();
  expect(await listRestorePoints(computer.dataDir)).toMatchObject([
    { id: kept, reason: "update", program: "1.0.0" },
  ]);

  const points = join(computer.dataDir, "restore-points");
  rmSync(points, { recursive: true });
  writeFileSync(points, "in the way");
  const refusal = { code: "backup_failed", sentence: expect.stringContaining("Nothing was changed") };
  await expect(startOf("1.2.0")).rejects.toMatchObject(refusal);
  await expect(startOf("1.2.0")).rejects.toMatchObject(refusal);
  rmSync(points);
  expect(await startOf("1.2.0")).toMatch(/-update$/);
  // Whoever opens it says what is the matter with it.
  writeFileSync(join(computer.dataDir, "gateway.db"), "a letter to my mother\n".repeat(500));
  expect(await startOf("1.3.0")).toBeUndefined();
});

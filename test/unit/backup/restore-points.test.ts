import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keepRestorePoint, listRestorePoints } from "../../../server/backup/restore-points.ts";
import { makeTempFolder } from "../../helpers/open-test-database.ts";

const START = Date.parse("2026-03-02T15:00:00Z");
const DAY_MS = 86_400_000;

test("the five newest points of each reason are kept, for this user alone, without keys; what is half written is none", async () => {
  const dataDir = makeTempFolder();
  writeFileSync(join(dataDir, "settings.json"), "{}");
  writeFileSync(join(dataDir, "vault.json"), "sealed");
  const copy = async (file: string): Promise<void> => writeFileSync(file, "database", { mode: 0o600 });
  mkdirSync(join(dataDir, "restore-points", "cut.part"), { recursive: true });
  for (let day = 0; day < 7; day++)
    for (const reason of ["migration", "update"] as const)
      await keepRestorePoint(dataDir, { reason, kept_at: START + day * DAY_MS, program: `1.${day}` }, copy);
  const points = await listRestorePoints(dataDir);
  for (const reason of ["migration", "update"]) {
    const kept = points.filter((point) => point.reason === reason);
    expect(kept.map(({ program }) => program)).toEqual(["1.6", "1.5", "1.4", "1.3", "1.2"]);
  }
  const [newest] = points;
  const folder = join(dataDir, "restore-points", newest?.id ?? "");
  expect(readdirSync(folder).sort()).toEqual(["gateway.db", "point.json", "settings.json"]);
  expect(statSync(join(folder, "gateway.db")).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(existsSync(join(dataDir, "restore-points", "cut.part"))).toBe(false);
});

import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { decideSwap, finishSwap, type SwapPlan, swapIsOpen } from "../../../server/backup/swap-folder.ts";
import { makeTempFolder } from "../../helpers/open-test-database.ts";

/** gone: nothing comes in its place; fresh: there was none; the others are replaced. */
const NAMES = ["gateway.db", "gateway.db-wal", "settings.json", "gone.json", "fresh.json"] as const;
const OLD: readonly string[] = NAMES.filter((name) => name !== "fresh.json");
const INCOMING: readonly string[] = NAMES.filter((name) => name !== "gateway.db-wal" && name !== "gone.json");
const PLAN: SwapPlan = {
  names: [...NAMES],
  incoming: [...INCOMING],
  point: "point",
  meta: { reason: "restore", kept_at: 1, program: "1" },
};

function prepare(): string {
  const dataDir = makeTempFolder();
  const staging = join(dataDir, "restore-staging");
  mkdirSync(staging);
  for (const name of OLD) writeFileSync(join(dataDir, name), `old ${name}`);
  for (const name of INCOMING) writeFileSync(join(staging, name), `new ${name}`);
  writeFileSync(join(dataDir, "admin-token"), "stays");
  return dataDir;
}

/** Every rename of a swap, in order. */
const RENAMES = NAMES.flatMap((name) => [
  ...(OLD.includes(name) ? [[name, join("restore-points", "point", name)] as const] : []),
  ...(INCOMING.includes(name) ? [[join("restore-staging", name), name] as const] : []),
]);

const filesOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => [name, readFileSync(join(folder, name), "utf8")]),
  );

const NEW = {
  ...Object.fromEntries(INCOMING.map((name) => [name, `new ${name}`])),
  "admin-token": "stays",
};

describe("a swap", () => {
  test("that was cut off after any of its steps is completed, with everything old in the restore point", async () => {
    for (let done = 0; done <= RENAMES.length; done++) {
      const dataDir = prepare();
      await decideSwap(dataDir, PLAN);
      mkdirSync(join(dataDir, "restore-points", "point"), { recursive: true });
      for (const [from, to] of RENAMES.slice(0, done)) renameSync(join(dataDir, from), join(dataDir, to));
      expect(swapIsOpen(dataDir)).toBe(true);
      await finishSwap(dataDir);
      expect(filesOf(dataDir), `after ${done} steps`).toEqual(NEW);
      const { "point.json": meta, ...kept } = filesOf(join(dataDir, "restore-points", "point"));
      expect(kept, `after ${done} steps`).toEqual(
        Object.fromEntries(OLD.map((name) => [name, `old ${name}`])),
      );
      expect(JSON.parse(meta ?? "")).toEqual(PLAN.meta);
      expect(existsSync(join(dataDir, "restore-staging"))).toBe(false);
      await finishSwap(dataDir);
      expect(filesOf(dataDir)).toEqual(NEW);
    }
  });

  test("that was never decided leaves everything as it was", async () => {
    const dataDir = prepare();
    const before = filesOf(dataDir);
    await finishSwap(dataDir);
    expect(filesOf(dataDir)).toEqual(before);
    expect(readdirSync(dataDir).sort()).toEqual([...OLD, "admin-token"].sort());
  });
});

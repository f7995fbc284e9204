// From a checked backup file, or a restore point, to a swap that is decided: from then on the folder is the new one. Called
// by the command line with the folder locked, and by a gateway that has closed everything.
import { copyFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { isoTime } from "../base/clock.ts";
import { GatewayError } from "../base/errors.ts";
import { GENERATION_FILES } from "../settings/read-generations.ts";
import type { BackupDeps, TellProgress } from "./backup-deps.ts";
import { DATA_FILES, DATABASE_FILES, POINTS, VAULT_FILES } from "./folder-files.ts";
import { markRestored } from "./mark-restored.ts";
import { noteMove } from "./move-ledger.ts";
import { listRestorePoints, pointName, prunePoints } from "./restore-points.ts";
import { completed, inStaging, type Staged, stageBackup, stageDatabase } from "./stage-backup.ts";
import { decideSwap, finishSwap, POINT_META, type PointMeta } from "./swap-folder.ts";

export interface RestoreSource {
  readonly file: string;
  readonly passphrase: string;
}

/** Prepares the file; nothing in use is touched. Then `swapStaged` puts it in place. */
export const prepareRestore = (
  deps: BackupDeps,
  source: RestoreSource,
  tell: TellProgress = () => undefined,
): Promise<Staged> => stageBackup(deps, source, tell);

/** Puts what was prepared in place; what was there becomes a restore point, named by the answer. */
export async function swapStaged(
  { dataDir, clock, version }: BackupDeps,
  staged: Staged,
  reason: "restore" | "undo",
): Promise<string> {
  const meta: PointMeta = { reason, kept_at: clock.now(), program: version };
  const point = pointName(meta);
  // Before it is used: cut off in between, it only counts as used.
  if (staged.moveId !== null) await noteMove(dataDir, staged.moveId);
  await decideSwap(dataDir, { names: [...staged.names], incoming: [...staged.incoming], point, meta });
  await finishSwap(dataDir);
  await prunePoints(dataDir);
  return point;
}

/** The point to go back to: the one named, else the newest from before a restore. @throws GatewayError not_found. */
export async function choosePoint(dataDir: string, id: string | undefined): Promise<string> {
  const points = await listRestorePoints(dataDir);
  const chosen =
    id === undefined
      ? points.find(({ reason }) => reason === "restore")
      : points.find((point) => point.id === id);
  if (chosen) return chosen.id;
  throw new GatewayError("not_found", {
    sentence:
      id === undefined
        ? "There is no restore that could be undone."
        : "There is no restore point of this name any more.",
  });
}

/** Prepares the way back. What another reason kept has no keys: those in use stay. */
export async function prepareUndo(deps: BackupDeps, id: string): Promise<Staged> {
  const folder = join(deps.dataDir, POINTS, id);
  const point = (await listRestorePoints(deps.dataDir)).find((one) => one.id === id);
  if (!point) throw new GatewayError("not_found");
  const files = (await readdir(folder)).filter((name) => name !== POINT_META);
  const whole = point.reason === "restore" || point.reason === "undo";
  return inStaging(deps.dataDir, async (staging) => {
    for (const name of files) await copyFile(join(folder, name), join(staging, name));
    if (files.includes("gateway.db"))
      await stageDatabase(staging, (db) => markUndone(deps, db, Date.parse(point.kept_at)));
    // A restore without keys has left the vault alone, so there is none to go back to.
    const vault = files.includes(VAULT_FILES[0]) ? VAULT_FILES : [];
    const rest = whole ? [...vault, ...files, ...DATA_FILES] : [];
    const names = new Set([...DATABASE_FILES, ...GENERATION_FILES, ...rest]);
    return completed(staging, [...names]);
  });
}

async function markUndone(
  deps: BackupDeps,
  db: Parameters<Parameters<typeof stageDatabase>[1]>[0],
  madeAt: number,
): Promise<void> {
  const at = deps.clock.now();
  await db.transaction().execute(async (trx) => {
    await markRestored(trx, { kind: "undo", at, madeAt, backupId: null });
    const message = `A restore was undone: the data are those of ${isoTime(madeAt)} again`;
    const search = "backup restore undone undo";
    await trx
      .insertInto("journal")
      .values({ at, severity: "warn", event: "backup.undone", message, search })
      .execute();
  });
}

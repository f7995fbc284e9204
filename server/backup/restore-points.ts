// What was there before a restore, an update of the tables or of the program: kept in the data folder, the newest five of
// each reason. Keys are not copied: those of an update stay in their vault, those of a restore go along with their file.
import { copyFile, mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { RESTORE_REASONS, type RestorePoint } from "../../shared/console/backup.schema.ts";
import { isoTime } from "../base/clock.ts";
import type { CopyDatabase } from "../db/open-database.ts";
import { GENERATION_FILES } from "../settings/read-generations.ts";
import { errorCode, syncFolder, writeFileDurably } from "../settings/write-file-durably.ts";
import { DATABASE, POINTS } from "./folder-files.ts";
import { POINT_META, type PointMeta, pointMetaSchema } from "./swap-folder.ts";
import { syncFile } from "./sync-file.ts";

const KEPT = 5;

export const pointName = ({ kept_at, reason }: Pick<PointMeta, "kept_at" | "reason">): string =>
  `${isoTime(kept_at).replace(/[:.]/g, "-")}-${reason}`;

/** Database and settings as they are now. Complete when this resolves; its folder is named by the answer. */
export async function keepRestorePoint(
  dataDir: string,
  meta: PointMeta,
  copyDatabase: CopyDatabase,
): Promise<string> {
  const folder = join(dataDir, POINTS);
  const name = pointName(meta);
  const part = join(folder, `${name}.part`);
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true, mode: 0o700 });
  try {
    await copyDatabase(join(part, DATABASE));
    await syncFile(join(part, DATABASE));
    for (const file of GENERATION_FILES) await copyIfThere(join(dataDir, file), join(part, file));
    await writeFileDurably(join(part, POINT_META), `${JSON.stringify(meta)}\n`);
    await rename(part, join(folder, name));
  } catch (error) {
    // On a full disk the half would only be in the way.
    await rm(part, { recursive: true, force: true });
    throw error;
  }
  await syncFolder(folder);
  await prunePoints(dataDir);
  return name;
}

async function copyIfThere(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to);
    await syncFile(to);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
  }
}

/** Newest first. What is half written or holds nothing is not one. */
export async function listRestorePoints(dataDir: string): Promise<RestorePoint[]> {
  const folder = join(dataDir, POINTS);
  const names = await readdir(folder).catch(() => [] as string[]);
  const points = await Promise.all(names.map((name) => readPoint(folder, name)));
  return points
    .filter((point): point is RestorePoint => point !== undefined)
    .sort((a, b) => b.kept_at.localeCompare(a.kept_at) || b.id.localeCompare(a.id));
}

async function readPoint(folder: string, id: string): Promise<RestorePoint | undefined> {
  if (id.endsWith(".part")) return undefined;
  const text = await readFile(join(folder, id, POINT_META), "utf8").catch(() => "");
  const meta = pointMetaSchema.safeParse(text === "" ? undefined : JSON.parse(text));
  if (!meta.success) return undefined;
  const files = await readdir(join(folder, id));
  // Before the first start there was nothing to keep.
  if (files.length < 2) return undefined;
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(folder, id, file))).size));
  const { reason, kept_at, program } = meta.data;
  return {
    id,
    reason,
    kept_at: isoTime(kept_at),
    program,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
  };
}

/** Keeps the newest five of each reason, and nothing half written. */
export async function prunePoints(dataDir: string): Promise<void> {
  const folder = join(dataDir, POINTS);
  const points = await listRestorePoints(dataDir);
  const surplus = RESTORE_REASONS.flatMap((reason) =>
    points.filter((point) => point.reason === reason).slice(KEPT),
  );
  const halves = (await readdir(folder).catch(() => [] as string[])).filter((name) => name.endsWith(".part"));
  for (const name of [...surplus.map(({ id }) => id), ...halves])
    await rm(join(folder, name), { recursive: true, force: true });
}

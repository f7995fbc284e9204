// Before another version of the program opens a data folder for the first time, what is there is kept: however it was
// updated, there is something to go back to. Called by compose before anything is opened, and after a restore from outside.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { GatewayError, toError } from "../base/errors.ts";
import { copyDatabaseFile } from "../db/copy-database.ts";
import { writeFileDurably } from "../settings/write-file-durably.ts";
import type { BackupDeps } from "./backup-deps.ts";
import { DATABASE, LAST_VERSION } from "./folder-files.ts";
import { keepRestorePoint } from "./restore-points.ts";

const versionSchema = z.object({ version: z.string() });
/** Who wrote the folder is not known: versions before this file did not say. */
const UNKNOWN = "unknown";

type FolderDeps = Pick<BackupDeps, "dataDir" | "clock" | "version">;

/**
 * The name of the point that was kept; undefined where the same version ran last, or nothing did.
 * @throws GatewayError backup_failed: nothing was changed, and the version before can be started again.
 */
export async function keepBeforeUpdate(deps: FolderDeps): Promise<string | undefined> {
  const { dataDir, clock, version } = deps;
  const last = await readLastVersion(dataDir);
  if (last === version) return undefined;
  const isNew = !existsSync(join(dataDir, DATABASE));
  const meta = { reason: "update", kept_at: clock.now(), program: last ?? UNKNOWN } as const;
  const point = isNew ? undefined : await keepPoint(deps, meta);
  await noteVersion(deps);
  return point;
}

/** The data in the folder are of this version, by whatever way they came. */
export const noteVersion = ({ dataDir, version }: FolderDeps): Promise<void> =>
  writeFileDurably(join(dataDir, LAST_VERSION), `${JSON.stringify({ version })}\n`);

async function readLastVersion(dataDir: string): Promise<string | undefined> {
  try {
    const text = await readFile(join(dataDir, LAST_VERSION), "utf8");
    return versionSchema.parse(JSON.parse(text)).version;
  } catch {
    return undefined;
  }
}

async function keepPoint(
  { dataDir, version }: FolderDeps,
  meta: Parameters<typeof keepRestorePoint>[1],
): Promise<string | undefined> {
  const copy = async (to: string): Promise<void> =>
    void (await copyDatabaseFile(join(dataDir, DATABASE), to));
  try {
    return await keepRestorePoint(dataDir, meta, copy);
  } catch (cause) {
    // Of no database there is nothing to keep; whoever opens it next says what is the matter.
    if (isNoDatabase(cause)) return undefined;
    throw new GatewayError("backup_failed", {
      sentence: `Before version ${version} opens the data folder for the first time, what is there is to be kept, and that did not succeed: ${toError(cause).message}. Nothing was changed. Make room on the disk of ${dataDir} and start again.`,
      cause,
    });
  }
}

/** SQLITE_CORRUPT, SQLITE_NOTADB. */
const NO_DATABASE: readonly unknown[] = [11, 26];
const isNoDatabase = (error: unknown): boolean =>
  error instanceof Error && "errcode" in error && NO_DATABASE.includes(error.errcode);

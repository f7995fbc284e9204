// One backup from what is there: settings and keys, a consistent copy of the database, the files beside it. Called by the
// console and, without a running gateway, by the command line.
import { randomUUID } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { LAST_STEP } from "../db/migrate.ts";
import type { CopyDatabase } from "../db/open-database.ts";
import type { SettingsRoom } from "../settings/settings-room.ts";
import type { BackupDeps, TellProgress } from "./backup-deps.ts";
import type { BackupHeader } from "./backup-header.ts";
import { requirePassphrase } from "./derive-backup-keys.ts";
import { HANDOVER, readDataFiles } from "./folder-files.ts";
import type { Move } from "./mark-moved.ts";
import { DATABASE_ENTRY, FILES_PREFIX } from "./read-backup.ts";
import { type WrittenBackup, writeBackup } from "./write-backup.ts";

export interface BackupSource {
  readonly settings: Pick<SettingsRoom, "exportAll">;
  readonly copyDatabase: CopyDatabase;
  /** The last step of its tables; this program's unless given. */
  readonly schema?: string;
}

export interface BackupRequest {
  readonly target: string;
  readonly passphrase: string;
  readonly kind: BackupHeader["kind"];
  readonly withSecrets: boolean;
  /** What is moved: the file has the move's id, and the data are from the moment it was decided. */
  readonly move?: Pick<Move, "id" | "at">;
}

/** @throws GatewayError backup_failed, vault_unavailable, invalid_request (passphrase). */
export async function makeBackup(
  deps: BackupDeps,
  source: BackupSource,
  request: BackupRequest,
  tell: TellProgress = () => undefined,
): Promise<WrittenBackup> {
  requirePassphrase(request.passphrase);
  const { dataDir, clock, version } = deps;
  const { settings, secrets } = await source.settings.exportAll(request.withSecrets);
  const content = request.withSecrets
    ? { settings, secrets: Object.fromEntries(secrets) }
    : { settings: { ...settings, vault: null, secrets: {} }, secrets: {} };
  await mkdir(join(dataDir, HANDOVER), { recursive: true, mode: 0o700 });
  const copy = join(dataDir, HANDOVER, `${randomUUID()}.db`);
  // Before the copy: what is done while it is made is known in it, and need not be looked for.
  const { id, at: madeAt } = request.move ?? { id: randomUUID(), at: clock.now() };
  try {
    await source.copyDatabase(copy, (done, total) => tell("Copying the database", done / Math.max(1, total)));
    const files = new Map<string, string | Buffer>([[DATABASE_ENTRY, copy]]);
    for (const [name, bytes] of await readDataFiles(dataDir)) files.set(`${FILES_PREFIX}${name}`, bytes);
    return await writeBackup({
      id,
      target: request.target,
      passphrase: request.passphrase,
      kind: request.kind,
      program: version,
      madeAt,
      schema: source.schema ?? LAST_STEP,
      settings: JSON.stringify(content),
      secrets: request.withSecrets,
      files,
      onProgress: (share) => tell("Sealing the backup", share),
    });
  } finally {
    await rm(copy, { force: true });
  }
}

// Writes one backup file: the settings with the keys, the database and the files beside it, sealed with a passphrase. The
// file appears at its place whole or not at all. Called by make-backup.
import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { BackupAbout } from "../../shared/console/backup.schema.ts";
import { isoTime } from "../base/clock.ts";
import { GatewayError } from "../base/errors.ts";
import { errorCode, renameOver, syncFolder } from "../settings/write-file-durably.ts";
import { aboutBackup, BACKUP_FORMAT, type BackupHeader, writeHeader } from "./backup-header.ts";
import { deriveBackupKeys, newKdf, requirePassphrase } from "./derive-backup-keys.ts";
import { type Entry, writeEntries } from "./entries.ts";
import { sealPieces } from "./seal-pieces.ts";

const CHUNK = 65_536;

export interface BackupFile {
  readonly id: string;
  readonly target: string;
  readonly passphrase: string;
  readonly kind: BackupHeader["kind"];
  readonly program: string;
  /** Epoch ms. */
  readonly madeAt: number;
  /** The last step of the database's tables. */
  readonly schema: string;
  /** What /settings.json/ in the backup holds. */
  readonly settings: string;
  readonly secrets: boolean;
  /** Entry name → file that stays as it is meanwhile, or content. */
  readonly files: ReadonlyMap<string, string | Buffer>;
  /** Share of the bytes written, 0 to 1. */
  readonly onProgress: (share: number) => void;
}

export interface WrittenBackup {
  readonly about: BackupAbout;
  readonly bytes: number;
}

export const SETTINGS_ENTRY = "settings.json";

/** @throws GatewayError backup_failed; nothing is left at the target's place then but what was there. */
export async function writeBackup(file: BackupFile): Promise<WrittenBackup> {
  requirePassphrase(file.passphrase);
  const header = newHeader(file);
  const keys = await deriveBackupKeys(file.passphrase, header.kdf);
  const part = `${file.target}.part`;
  try {
    const bytes = await writePart(part, file, header, keys);
    await renameOver(part, file.target);
    await syncFolder(dirname(file.target));
    return { about: aboutBackup(header), bytes };
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw notWritten(error, file.target);
  }
}

function newHeader(file: BackupFile): BackupHeader {
  return {
    format: BACKUP_FORMAT,
    id: file.id,
    kind: file.kind,
    program: file.program,
    made_at: isoTime(file.madeAt),
    schema: file.schema,
    secrets: file.secrets,
    kdf: newKdf(),
    cipher: "aes-256-gcm",
    chunk: CHUNK,
    nonce: randomBytes(7).toString("base64"),
  };
}

async function writePart(
  part: string,
  file: BackupFile,
  header: BackupHeader,
  keys: Awaited<ReturnType<typeof deriveBackupKeys>>,
): Promise<number> {
  await rm(part, { force: true });
  const handle = await open(part, "wx", 0o600);
  try {
    const { bytes, file: beginning } = writeHeader(header, keys.proof);
    const { entries, total } = await entriesOf(file);
    const nonce = Buffer.from(header.nonce, "base64");
    const cipher = { key: keys.seal, nonce, chunk: header.chunk, header: bytes };
    let written = await append(handle, beginning);
    for await (const piece of sealPieces(writeEntries(entries), cipher)) {
      written += await append(handle, piece);
      file.onProgress(total === 0 ? 1 : Math.min(1, written / total));
    }
    await handle.sync();
    return written;
  } finally {
    await handle.close();
  }
}

async function append(handle: FileHandle, bytes: Buffer): Promise<number> {
  await handle.writeFile(bytes);
  return bytes.length;
}

async function entriesOf(file: BackupFile): Promise<{ entries: Entry[]; total: number }> {
  const entries: Entry[] = [];
  for (const [name, what] of [[SETTINGS_ENTRY, Buffer.from(file.settings, "utf8")] as const, ...file.files])
    entries.push(
      typeof what === "string"
        ? { name, size: (await stat(what)).size, content: readFrom(what) }
        : { name, size: what.length, content: once(what) },
    );
  return { entries, total: entries.reduce((sum, { size }) => sum + size, 0) };
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

/** Opened when its turn comes, so that many files are not held open at once. */
async function* readFrom(path: string): AsyncGenerator<Buffer> {
  yield* createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>;
}

function notWritten(error: unknown, target: string): unknown {
  if (error instanceof GatewayError) return error;
  const code = errorCode(error);
  const why =
    code === "ENOSPC" ? "the disk is full" : code === "" ? "an unexpected error" : `the system says ${code}`;
  return new GatewayError("backup_failed", {
    sentence: `The backup ${target} could not be written: ${why}. What was there before is still there.`,
    cause: error,
  });
}

// Opens a backup file: what it is, whether the passphrase fits, and its entries one by one, each byte proved before it is
// given out. Called to check a file and to restore it.
import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { z } from "zod";
import { knowsStep } from "../db/migrate.ts";
import { settingsVersionProblem } from "../settings/upgrade.ts";
import {
  type BackupHeader,
  cut,
  damaged,
  newer,
  provesPassphrase,
  readHeader,
  unusable,
} from "./backup-header.ts";
import { deriveBackupKeys } from "./derive-backup-keys.ts";
import { type Entry, readEntries } from "./entries.ts";
import { openPieces } from "./seal-pieces.ts";
import { SETTINGS_ENTRY } from "./write-backup.ts";

export const DATABASE_ENTRY = "gateway.db";
export const FILES_PREFIX = "files/";
/** Brokerages with thousands of agents stay far below. */
const MOST_SETTINGS = 64_000_000;

const settingsEntrySchema = z.strictObject({
  settings: z.record(z.string(), z.unknown()),
  secrets: z.record(z.string(), z.string()),
});
/** The settings as their file holds them, of whatever version, and the keys by name. */
export type SettingsEntry = z.infer<typeof settingsEntrySchema>;

export interface BackupReading {
  readonly file: string;
  readonly passphrase: string;
  /** Share of the file read, 0 to 1. */
  readonly onProgress?: (share: number) => void;
  /** Takes each entry but the settings, and reads it to its end. */
  readonly take: (entry: Entry) => Promise<void>;
}

export interface BackupContent {
  readonly header: BackupHeader;
  readonly content: SettingsEntry;
}

/** Reads the whole file. @throws GatewayError backup_unusable with what is wrong with it. */
export async function readBackup(reading: BackupReading): Promise<BackupContent> {
  const handle = await openFile(reading.file);
  try {
    const read = await readHeader(async (bytes) => {
      const buffer = Buffer.alloc(bytes);
      const { bytesRead } = await handle.read(buffer, 0, bytes, null);
      return buffer.subarray(0, bytesRead);
    });
    const { header, bytes } = read;
    if (!knowsStep(header.schema)) throw newer(`${header.program}, with the step ${header.schema}`);
    const keys = await deriveBackupKeys(reading.passphrase, header.kdf);
    if (!provesPassphrase(read, keys.proof))
      throw unusable("The passphrase does not open this backup. Check it and try again.");
    const nonce = Buffer.from(header.nonce, "base64");
    const sealed = counted(reading, bytes.length + 64, (await handle.stat()).size);
    const pieces = openPieces(sealed, { key: keys.seal, nonce, chunk: header.chunk, header: bytes });
    return { header, content: await readAll(pieces, reading.take) };
  } finally {
    await handle.close();
  }
}

async function openFile(file: string): Promise<FileHandle> {
  try {
    return await open(file, "r");
  } catch (error) {
    throw unusable(`The file ${file} could not be read.`, error);
  }
}

async function* counted(
  { file, onProgress }: BackupReading,
  start: number,
  size: number,
): AsyncGenerator<Buffer> {
  if (size <= start) throw cut();
  let read = start;
  for await (const part of createReadStream(file, { start, highWaterMark: 1 << 20 })) {
    read += (part as Buffer).length;
    yield part as Buffer;
    onProgress?.(Math.min(1, read / size));
  }
}

async function readAll(
  pieces: AsyncIterable<Uint8Array>,
  take: BackupReading["take"],
): Promise<SettingsEntry> {
  let content: SettingsEntry | undefined;
  const names = new Set<string>();
  for await (const entry of readEntries(pieces)) {
    if (names.has(entry.name)) throw damaged();
    names.add(entry.name);
    if (entry.name === SETTINGS_ENTRY) content = await readSettings(entry);
    else await take(entry);
  }
  if (content === undefined || !names.has(DATABASE_ENTRY)) throw damaged();
  return content;
}

async function readSettings({ size, content }: Entry): Promise<SettingsEntry> {
  if (size > MOST_SETTINGS) throw damaged();
  const parts: Uint8Array[] = [];
  for await (const part of content) parts.push(part);
  const parsed = settingsEntrySchema.safeParse(JSON.parse(Buffer.concat(parts).toString("utf8")));
  if (!parsed.success) throw damaged();
  const problem = settingsVersionProblem(parsed.data.settings);
  if (problem !== undefined) throw newer(problem);
  return parsed.data;
}

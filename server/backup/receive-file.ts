// Takes a backup file that is sent to be restored, into the data folder, without ever holding much of it in memory.
import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readdir, rm, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { GatewayError } from "../base/errors.ts";
import { HANDOVER } from "./folder-files.ts";

const MOST_BYTES = 64 * 2 ** 30;
/** What the system keeps for itself, and a restore needs besides the file. */
const SPARE_BYTES = 256_000_000;
const SENT = /^sent-[0-9a-f-]{36}$/;

/** `length`: as announced; null when it was not. The file's name for what follows. @throws GatewayError payload_too_large. */
export async function receiveFile(
  dataDir: string,
  source: Readable,
  length: number | null,
): Promise<{ readonly file: string; readonly bytes: number }> {
  const folder = join(dataDir, HANDOVER);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { bavail, bsize } = await statfs(folder);
  const room = Math.min(MOST_BYTES, Math.max(0, bavail * bsize - SPARE_BYTES));
  if (length !== null && length > room) throw tooLarge();
  // Only the last one sent is of use.
  for (const name of await readdir(folder))
    if (SENT.test(name)) await rm(join(folder, name), { force: true });
  const file = `sent-${randomUUID()}`;
  const path = join(folder, file);
  try {
    let taken = 0;
    await pipeline(
      source,
      async function* (parts: AsyncIterable<Buffer>) {
        for await (const part of parts) {
          taken += part.length;
          if (taken > room) throw tooLarge();
          yield part;
        }
      },
      createWriteStream(path, { flags: "wx", mode: 0o600 }),
    );
    return { file, bytes: (await stat(path)).size };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

const tooLarge = (): GatewayError =>
  new GatewayError("payload_too_large", {
    sentence: "There is not enough room on the disk of the data folder for this file.",
  });

/** The path of a file that was sent. @throws GatewayError not_found. */
export async function sentFile(dataDir: string, file: string): Promise<string> {
  const path = join(dataDir, HANDOVER, file);
  const there = SENT.test(file) && (await stat(path).catch(() => undefined));
  if (there) return path;
  throw new GatewayError("not_found", {
    sentence: "The file that was sent is not here any more. Choose it again.",
  });
}

export async function dropSentFile(dataDir: string, file: string): Promise<void> {
  if (SENT.test(file)) await rm(join(dataDir, HANDOVER, file), { force: true });
}

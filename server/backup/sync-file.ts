// Makes a file's content last. Called for files that something else has written.
import { open } from "node:fs/promises";

export async function syncFile(path: string): Promise<void> {
  const handle = await open(path, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

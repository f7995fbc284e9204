// Where the command line finds a running gateway: its console's port, in a file only this user can read. Written while the
// gateway listens.
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const RUNNING_FILE = "running.json";

/** Answers with the way to take it away again. */
export function writeRunning(dataDir: string, adminPort: number): () => void {
  const file = join(dataDir, RUNNING_FILE);
  writeFileSync(file, `${JSON.stringify({ pid: process.pid, adminPort })}\n`, { mode: 0o600 });
  return () => rmSync(file, { force: true });
}

// A real database in a folder of its own, gone after the test.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openDatabase } from "../../server/db/open-database.ts";
import type { Db } from "../../server/db/schema.ts";

/** An empty folder, removed after the test. */
export function makeTempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "gateway-unit-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Opened and migrated; closed after the test. */
export async function openTestDatabase(dataDir: string = makeTempFolder()): Promise<Db> {
  const opened = await openDatabase({ dataDir, beforeMigrating: async () => undefined });
  onTestFinished(() => opened.close());
  return opened.db;
}

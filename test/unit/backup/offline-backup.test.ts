// Backups and moves without a running gateway: what they leave in the folder, also when they fail and with an older database.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Kysely } from "kysely";
import { expect, test } from "vitest";
import { listRestorePoints } from "../../../server/backup/restore-points.ts";
import { LAST_STEP, migrate, pendingMigrations, stepBefore } from "../../../server/db/migrate.ts";
import { openAsItIs } from "../../../server/db/open-database.ts";
import { openForReading } from "../../../server/db/open-for-reading.ts";
import type { Database } from "../../../server/db/schema.ts";
import { openSqlite, sqliteDialect } from "../../../server/db/sqlite-adapter.ts";
import { movedAt } from "../../../server/engagements/refuse-moved.ts";
import { backupOffline } from "../../../server/offline-backup.ts";
import { makeTempFolder } from "../../helpers/open-test-database.ts";
import {
  type Computer,
  filled,
  inDatabaseOf,
  openComputer,
  PASSPHRASE,
  restoreOn,
  settingsOf,
} from "./open-computer.ts";

const asked = (target: string, move: boolean) => ({
  ...{ target, move },
  ...{ passphrase: PASSPHRASE, withoutSecrets: false },
});
const silent = (): void => undefined;

/** Since when, as somebody beside the command sees it. */
async function movedIn(computer: Computer): Promise<number | null> {
  const opened = openForReading(join(computer.dataDir, "gateway.db"));
  if (!opened) throw new Error("no database");
  return movedAt(opened.db).finally(opened.close);
}

test("a move is marked before its file exists; one that fails leaves the gateway here, unless it had moved already", async () => {
  const computer = openComputer();
  await filled(computer, "fka_one");
  const nowhere = join(makeTempFolder(), "no such folder", "one.gwbackup");
  await expect(backupOffline(computer, asked(nowhere, true), silent)).rejects.toMatchObject({
    code: "backup_failed",
  });
  expect(await movedIn(computer)).toBeNull();

  const target = join(makeTempFolder(), "one.gwbackup");
  const marked: Promise<number | null>[] = [];
  await backupOffline(computer, asked(target, true), () => {
    expect(existsSync(target)).toBe(false);
    marked.push(movedIn(computer));
  });
  const at = computer.clock.now();
  expect(new Set(await Promise.all(marked))).toEqual(new Set([at]));
  await computer.clock.advance(60_000);
  await expect(backupOffline(computer, asked(nowhere, true), silent)).rejects.toMatchObject({
    code: "backup_failed",
  });
  expect(await movedIn(computer)).toBe(at);
}, 60_000);

const OLDER = stepBefore([LAST_STEP]) ?? "";

/** A folder as the version before the last step left it. */
async function filledByOlder(computer: Computer): Promise<void> {
  await (await settingsOf(computer)).apply({ tenants: [{ domain_name: "acme", fub_api_key: "fka_old" }] });
  const db = new Kysely<Database>({
    dialect: sqliteDialect(openSqlite(join(computer.dataDir, "gateway.db"))),
  });
  await migrate(db, "sqlite", OLDER);
  const entry = { at: 1, severity: "info", event: "of_the_older", message: "m", search: "" } as const;
  await db.insertInto("journal").values(entry).execute();
  await db.destroy();
}

async function lacks(computer: Computer): Promise<readonly string[]> {
  const { pending, close } = await openAsItIs(computer.dataDir);
  await close();
  return pending;
}

test("a backup of an earlier version's tables leaves them as they are, and is brought to this version where it is restored", async () => {
  const [old, there] = [openComputer(), openComputer()];
  await filledByOlder(old);
  const file = join(makeTempFolder(), "older.gwbackup");
  await backupOffline(old, asked(file, false), silent);
  expect(await lacks(old)).toEqual([LAST_STEP]);
  await restoreOn(there, file);
  expect(await lacks(there)).toEqual([]);
  const kept = await inDatabaseOf(there, async (db) => ({
    pending: await pendingMigrations(db, "sqlite"),
    events: (await db.selectFrom("journal").select("event").orderBy("seq").execute()).map(
      ({ event }) => event,
    ),
    restores: await db.selectFrom("backup_events").select(["kind", "settled_at"]).execute(),
  }));
  expect(kept).toEqual({
    pending: [],
    events: ["of_the_older", "backup.restored"],
    restores: [{ kind: "restore", settled_at: null }],
  });
  expect((await settingsOf(there)).secret("tenant/acme/fub_api_key")).toBe("fka_old");

  // A move has to be marked in the new tables, so what was there can be gone back to.
  await backupOffline(old, asked(join(makeTempFolder(), "moved.gwbackup"), true), silent);
  expect(await lacks(old)).toEqual([]);
  expect(await listRestorePoints(old.dataDir)).toMatchObject([{ reason: "migration" }]);
}, 60_000);

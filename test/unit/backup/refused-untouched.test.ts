// A file of a newer version is refused before and after most of it was unpacked; either way nothing in the folder is touched.
import { expect, test } from "vitest";
import { LAST_STEP } from "../../../server/db/migrate.ts";
import {
  backupOf,
  type Computer,
  filled,
  inDatabaseOf,
  openComputer,
  printOf,
  restoreOn,
  settingsOf,
} from "./open-computer.ts";

/** A backup of a computer whose settings say they are of another version. */
async function ofOtherSettings(from: Computer): Promise<string> {
  const settings = await settingsOf(from);
  const exportAll: typeof settings.exportAll = async (withSecrets) => {
    const all = await settings.exportAll(withSecrets);
    return { ...all, settings: { ...all.settings, version: 99 as never } };
  };
  return backupOf(from, {}, { settings: { exportAll } });
}

test("a file of a newer version is refused by name, and nothing in the folder is touched", async () => {
  const [newer, here] = [openComputer(), openComputer()];
  await filled(newer, "fka_newer");
  await filled(here, "fka_here");
  const tries: [string, RegExp][] = [
    [await backupOf(newer, {}, { schema: "0999-future" }), /newer version.*0999-future/],
    [await ofOtherSettings(newer), /newer version.*version 99/],
  ];
  // Known only once the tables are looked at: the program that wrote it said otherwise.
  await inDatabaseOf(newer, (db) =>
    db
      .withTables<{ kysely_migration: { name: string; timestamp: string } }>()
      .insertInto("kysely_migration")
      .values({ name: "0998-future", timestamp: "2030-01-01" })
      .execute(),
  );
  tries.push([await backupOf(newer, {}, { schema: LAST_STEP }), /newer version.*0998-future/]);
  const before = printOf(here.dataDir);
  for (const [file, sentence] of tries) {
    await expect(restoreOn(here, file)).rejects.toMatchObject({ sentence: expect.stringMatching(sentence) });
    expect(printOf(here.dataDir)).toEqual(before);
  }
}, 60_000);

// What lies beside the database: the data's own files go along as they are when the backup is made; nothing else does.
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readBackup } from "../../../server/backup/read-backup.ts";
import { writeBackup } from "../../../server/backup/write-backup.ts";
import { LAST_STEP } from "../../../server/db/migrate.ts";
import { makeTempFolder } from "../../helpers/open-test-database.ts";
import { backupOf, type Computer, filled, openComputer, PASSPHRASE, restoreOn } from "./open-computer.ts";

const put = (computer: Computer, name: string, text: string): void =>
  writeFileSync(join(computer.dataDir, name), text);
const read = (computer: Computer, name: string): string => readFileSync(join(computer.dataDir, name), "utf8");

async function contentOf(file: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  await readBackup({
    file,
    passphrase: PASSPHRASE,
    take: async ({ name, content }) => {
      const parts: Uint8Array[] = [];
      for await (const part of content) parts.push(part);
      found[name] = Buffer.concat(parts).toString("latin1");
    },
  });
  return found;
}

test("contact hours and address go along though they change while the backup is sealed; an admin's own files, which may hold keys, neither leave the folder nor are moved in it", async () => {
  const [old, there] = [openComputer(), openComputer()];
  await filled(old, "fka_old");
  await filled(there, "fka_there");
  put(old, "contact-hours.json", "{}");
  put(old, "public-address.json", '{"address":null}');
  for (const name of ["setup.json", "vault key.txt", "desktop.json", "move-files.json"])
    put(old, name, "fka_in_plain_text");
  let changed = false;
  const file = await backupOf(old, { withSecrets: false }, {}, (step) => {
    if (!step.startsWith("Sealing") || changed) return;
    changed = true;
    appendFileSync(join(old.dataDir, "contact-hours.json"), "\n");
  });
  expect(changed).toBe(true);
  const { "gateway.db": database, ...files } = await contentOf(file);
  expect(database?.startsWith("SQLite format 3")).toBe(true);
  expect(files).toEqual({
    "files/contact-hours.json": "{}",
    "files/public-address.json": '{"address":null}',
  });
  put(there, "vault key.txt", "of this computer");
  await restoreOn(there, file);
  expect([read(there, "contact-hours.json"), read(there, "vault key.txt")]).toEqual([
    "{}",
    "of this computer",
  ]);
}, 60_000);

test("a name in a backup is never a way out of the folder; what another version took along is passed over", async () => {
  const [old, there] = [openComputer(), openComputer()];
  await filled(old, "fka_old");
  const write = async (name: string): Promise<string> => {
    const target = join(makeTempFolder(), "one.gwbackup");
    await writeBackup({
      ...{
        id: "one-backup",
        target,
        passphrase: PASSPHRASE,
        kind: "backup",
        program: "1.0.0",
        secrets: true,
      },
      ...{ madeAt: old.clock.now(), schema: LAST_STEP, onProgress: () => undefined },
      settings: JSON.stringify({ settings: { version: 1 }, secrets: {} }),
      files: new Map<string, string | Buffer>([
        ["gateway.db", join(old.dataDir, "gateway.db")],
        [name, Buffer.from("mine")],
      ]),
    });
    return target;
  };
  await expect(restoreOn(there, await write("../escaped"))).rejects.toMatchObject({
    code: "backup_unusable",
  });
  put(there, "desktop.json", "of this computer");
  await restoreOn(there, await write("files/desktop.json"));
  expect(read(there, "desktop.json")).toBe("of this computer");
}, 60_000);

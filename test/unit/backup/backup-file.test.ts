import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { writeHeader } from "../../../server/backup/backup-header.ts";
import { checkBackup } from "../../../server/backup/check-backup.ts";
import { readBackup } from "../../../server/backup/read-backup.ts";
import { writeBackup } from "../../../server/backup/write-backup.ts";
import { LAST_STEP } from "../../../server/db/migrate.ts";
import { makeTempFolder } from "../../helpers/open-test-database.ts";

const PASSPHRASE = "correct horse battery";
const MADE = Date.parse("2026-03-02T15:00:00Z");

async function makeFile(folder: string, version: unknown = 1): Promise<string> {
  const database = join(folder, "some.db");
  writeFileSync(database, Buffer.alloc(300_000, 7));
  const target = join(folder, "one.gwbackup");
  await writeBackup({
    id: "one-backup",
    target,
    passphrase: PASSPHRASE,
    kind: "backup",
    program: "1.2.3",
    madeAt: MADE,
    schema: LAST_STEP,
    settings: JSON.stringify({ settings: { version, note: "n" }, secrets: { "platform/X": "fka_secret" } }),
    secrets: true,
    files: new Map([["gateway.db", database]]),
    onProgress: () => undefined,
  });
  return target;
}

const refusal = (file: string, passphrase = PASSPHRASE): Promise<string> =>
  checkBackup(file, passphrase).then(
    () => "opened",
    (error: { sentence?: string }) => error.sentence ?? String(error),
  );

/** The header changed, with a checksum that fits it: as another program would have written it. */
function withHeader(file: string, change: Readonly<Record<string, unknown>>): string {
  const bytes = readFileSync(file);
  const length = bytes.readUInt32BE(24);
  const header = JSON.parse(bytes.subarray(28, 28 + length).toString()) as object;
  const changed = writeHeader({ ...header, ...change } as never, Buffer.alloc(32)).file;
  const other = `${file}.other`;
  writeFileSync(other, Buffer.concat([changed, bytes.subarray(28 + length + 64)]));
  return other;
}

describe("a backup file", () => {
  test("gives back what went in, to this user alone, with nothing readable in it and nothing left beside it", async () => {
    const folder = makeTempFolder();
    const file = await makeFile(folder);
    const taken = new Map<string, number>();
    const { header, content } = await readBackup({
      file,
      passphrase: PASSPHRASE,
      take: async (entry) => {
        let bytes = 0;
        for await (const part of entry.content) bytes += part.length;
        taken.set(entry.name, bytes);
      },
    });
    expect(header).toMatchObject({ kind: "backup", program: "1.2.3", secrets: true });
    expect(content).toEqual({ settings: { version: 1, note: "n" }, secrets: { "platform/X": "fka_secret" } });
    expect([...taken]).toEqual([["gateway.db", 300_000]]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file).includes("fka_secret")).toBe(false);
    expect(readdirSync(folder).sort()).toEqual(["one.gwbackup", "some.db"]);
  });

  test("that is wrong in any way is refused with a sentence of its own", async () => {
    const folder = makeTempFolder();
    const file = await makeFile(folder);
    const bytes = readFileSync(file);
    const changed = (name: string, content: Uint8Array): string => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };
    const turned = (at: number): Buffer => {
      const copy = Buffer.from(bytes);
      copy[at] = (copy[at] ?? 0) ^ 1;
      return copy;
    };
    expect(await refusal(file, "correct horse batterie")).toMatch(/passphrase does not open/);
    expect(await refusal(changed("letter", Buffer.from("Dear mother")))).toMatch(/not a backup/);
    expect(await refusal(changed("head", bytes.subarray(0, 60)))).toMatch(/not complete/);
    expect(await refusal(changed("half", bytes.subarray(0, bytes.length >> 1)))).toMatch(/damaged/);
    expect(await refusal(changed("header bit", turned(60)))).toMatch(/damaged/);
    expect(await refusal(changed("last bit", turned(bytes.length - 1)))).toMatch(/damaged/);
    expect(await refusal(withHeader(file, { format: 2 }))).toMatch(/newer version.*format is 2/);
    expect(await refusal(withHeader(file, { schema: "0999-future" }))).toMatch(/newer version.*0999-future/);
    expect(await refusal(withHeader(file, { made_at: "2027-01-01T00:00:00.000Z" }))).toMatch(/passphrase/);
    expect(await refusal(await makeFile(makeTempFolder(), 2))).toMatch(/newer version.*version 2/);
    expect(await refusal(join(folder, "nowhere"))).toMatch(/could not be read/);
    expect(await refusal(file)).toBe("opened");
  }, 30_000);

  test("asks for a passphrase of twelve characters", async () => {
    const at = { target: join(makeTempFolder(), "x"), kind: "backup", program: "1", madeAt: MADE } as const;
    const more = {
      id: "one-backup",
      schema: LAST_STEP,
      settings: "{}",
      secrets: true,
      files: new Map(),
      onProgress: () => undefined,
    };
    await expect(writeBackup({ ...at, ...more, passphrase: "elevenchars" })).rejects.toMatchObject({
      code: "invalid_request",
      sentence: expect.stringContaining("12 characters"),
    });
  });
});

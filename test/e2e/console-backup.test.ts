// Backup in Settings: what waits for a decision, making one, restoring one, in both colour schemes and by keyboard.
import { expect, test } from "@playwright/test";
import type { BackupState, BackupWork } from "../../shared/console/backup.schema.ts";
import { RULES_ANSWERS } from "./console-rules-samples.ts";
import { type ConsoleStub, refusal, startConsoleStub } from "./console-stub.ts";
import { complaintsOf, lookThrough } from "./look-at.ts";

const AGO = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();
const ABOUT = { id: "backup-1", kind: "backup", made_at: AGO(26), program: "1.4.0", secrets: true } as const;

const work = (change: Partial<BackupWork>): BackupWork => ({
  ...{ id: "w-1", what: "backup", state: "working", step: "Sealing the backup", progress: 0.42 },
  ...{ problem: null, bytes: null, file_name: null, about: null },
  ...change,
});
const CALM: BackupState = {
  last_backup: { at: AGO(50) },
  work: null,
  restored: null,
  moved: null,
  points: [
    { id: "p-3", reason: "update", kept_at: AGO(3), program: "1.4.0", bytes: 48_200_000 },
    { id: "p-2", reason: "restore", kept_at: AGO(30), program: "1.4.0", bytes: 47_900_000 },
    { id: "p-1", reason: "migration", kept_at: AGO(700), program: "1.3.2", bytes: 31_000_000 },
  ],
  keys_problem: null,
};
const RESTORED: BackupState = {
  ...CALM,
  restored: { how: "restore", at: AGO(1), made_at: AGO(26), waiting: 143, people: 131 },
};

let stub: ConsoleStub;
test.use({ viewport: { width: 1280, height: 1400 } });
test.afterEach(() => stub.close());

const open = async (state: BackupState, more = {}): Promise<string> => {
  stub = await startConsoleStub({ ...RULES_ANSWERS, "GET /backup": state, ...more });
  return `${stub.url}#/settings/backup`;
};

const SCREENS: readonly (readonly [name: string, state: BackupState, words: string])[] = [
  ["settings-backup", RESTORED, "131 of them of campaigns"],
  ["settings-backup-at-work", { ...CALM, work: work({}), last_backup: null }, "Sealing the backup"],
  [
    "settings-backup-moved",
    {
      ...{ ...CALM, points: [], moved: { at: AGO(2) } },
      work: work({ what: "move", state: "done", bytes: 4_700_000, file_name: "a-move.gwbackup" }),
    },
    "and its file is ready",
  ],
];
for (const [name, state, words] of SCREENS) {
  test(`${name} looks right in both schemes and at every width`, async ({ page }, testInfo) => {
    const complaints = complaintsOf(page);
    await page.goto(await open(state));
    await expect(page.getByText(words).first()).toBeVisible();
    await lookThrough(page, name, (file) => testInfo.outputPath(file));
    expect(complaints).toEqual([]);
  });
}

test("a backup is made by keyboard: what is wrong with the passphrase is said, progress is shown, the file can be saved", async ({
  page,
}) => {
  await page.goto(await open(CALM, { "POST /backup": { work: "w-1" } }));
  const form = page.getByRole("region", { name: "Make a backup" });
  await form.getByLabel("Passphrase").focus();
  await page.keyboard.type("short");
  await page.keyboard.press("Enter");
  await expect(form.getByText("At least 12 characters", { exact: true })).toBeVisible();
  await form.getByLabel("Passphrase").fill("correct horse battery");
  await form.getByLabel("The same again").fill("correct horse batterie");
  await page.keyboard.press("Enter");
  await expect(form.getByText("The two are not the same")).toBeVisible();
  expect(stub.changes).toEqual([]);
  await form.getByLabel("The same again").fill("correct horse battery");
  stub.answer({ "GET /backup": { ...CALM, work: work({}) } });
  await page.keyboard.press("Enter");
  await expect(form.getByRole("progressbar", { name: "Sealing the backup" })).toHaveAttribute(
    "aria-valuenow",
    "42",
  );
  expect(stub.changes).toEqual([
    {
      what: "POST /backup",
      body: { passphrase: "correct horse battery", without_secrets: false, move: false },
    },
  ]);
  const done = work({ state: "done", progress: 1, bytes: 4_800_000, file_name: "one.gwbackup" });
  stub.answer({ "GET /backup": { ...CALM, work: done } });
  const save = form.getByRole("link", { name: "Save the file" });
  await expect(save).toHaveAttribute("href", "/api/backup/file/w-1");
  await expect(form.getByLabel("Passphrase")).toHaveValue("");
});

test("a file is sent, checked and restored, and outreach let go on", async ({ page }) => {
  const failed = work({
    what: "check",
    state: "failed",
    problem: "The passphrase does not open this backup.",
  });
  await page.goto(
    await open(CALM, {
      "POST /restore/file": { file: "sent-1", bytes: 3 },
      "POST /restore/check": { work: "w-1" },
      "POST /restore": { work: "w-2" },
      "POST /restore/go-on": CALM,
    }),
  );
  const form = page.getByRole("region", { name: "Restore a backup" });
  await form.getByLabel("Backup file").setInputFiles({
    name: "one.gwbackup",
    mimeType: "application/octet-stream",
    buffer: Buffer.from("abc"),
  });
  await form.getByLabel("Its passphrase").fill("wrong one, it is");
  stub.answer({ "GET /backup": { ...CALM, work: failed } });
  await form.getByRole("button", { name: "Check the file" }).click();
  await expect(form.getByText("The passphrase does not open this backup.")).toBeVisible();
  const checked = work({ what: "check", state: "done", about: ABOUT });
  stub.answer({ "GET /backup": { ...CALM, work: checked } });
  await form.getByLabel("Its passphrase").fill("correct horse battery");
  await form.getByRole("button", { name: "Check the file" }).click();
  await expect(form.getByText("The file is whole and the passphrase fits.")).toBeVisible();
  await form.getByRole("button", { name: "Restore it" }).click();
  stub.answer({ "GET /backup": { ...RESTORED, work: work({ id: "w-2", what: "restore", state: "done" }) } });
  await page.getByRole("dialog").getByRole("button", { name: "Restore it" }).click();
  await expect(page.getByText("The backup is restored.")).toBeVisible();
  expect(stub.changes.at(-1)).toEqual({
    what: "POST /restore",
    body: { file: "sent-1", passphrase: "correct horse battery" },
  });
  stub.answer({ "GET /backup": CALM });
  await page.getByRole("button", { name: "Check and go on" }).click();
  await expect(page.getByText("Outreach goes on.")).toBeVisible();
  stub.answer({ "GET /backup": refusal(503, "gateway_moved", "It is not here.") });
});

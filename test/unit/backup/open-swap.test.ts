// A restore that was decided and cut off, met by commands that run without a gateway.
import { expect, test } from "vitest";
import { prepareRestore } from "../../../server/backup/restore-backup.ts";
import { decideSwap, swapIsOpen } from "../../../server/backup/swap-folder.ts";
import { applyOffline, doctorOffline } from "../../../server/offline-commands.ts";
import { memoryKeychain } from "../settings/open-test-settings.ts";
import { backupOf, filled, openComputer, PASSPHRASE, settingsOf } from "./open-computer.ts";

test("the doctor tells of a restore that was cut off, and what is applied on top of it stays", async () => {
  // Where nobody answers.
  const environment = { FUB_API_BASE_URL: "http://127.0.0.1:9/v1" };
  const [old, here] = [openComputer(), openComputer(memoryKeychain(), environment)];
  await filled(old, "fka_old");
  const file = await backupOf(old);
  const { names, incoming } = await prepareRestore(here, { file, passphrase: PASSPHRASE });
  const meta = { reason: "restore", kept_at: here.clock.now(), program: "1.0.0" } as const;
  await decideSwap(here.dataDir, { names: [...names], incoming: [...incoming], point: "point", meta });
  expect(await doctorOffline(here)).toContainEqual(
    expect.objectContaining({ id: "restore", state: "warn", sentence: expect.stringContaining("cut off") }),
  );
  await applyOffline(here, JSON.stringify({ tenants: [{ domain_name: "later" }] }));
  expect(swapIsOpen(here.dataDir)).toBe(false);
  const settings = await settingsOf(here);
  expect(settings.current().tenants.map(({ domain_name }) => domain_name)).toEqual(["acme", "later"]);
  expect(settings.secret("tenant/acme/fub_api_key")).toBe("fka_old");
  expect((await doctorOffline(here)).map(({ id }) => id)).not.toContain("restore");
}, 30_000);

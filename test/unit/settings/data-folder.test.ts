// The data folder's own files where they cannot be used: one sentence that names the folder and why, whoever asks.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ensureAdminToken } from "../../../server/admin-token.ts";
import { GatewayError } from "../../../server/base/errors.ts";
import { lockDataFolder } from "../../../server/lock-data-folder.ts";
import { makeTempFolder } from "../../helpers/open-test-database.ts";

function refusalOf(work: () => unknown): GatewayError {
  try {
    work();
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
  throw new Error("it was not refused");
}

test("a data folder that is a file, or that cannot hold the lock, is not taken for one in use", () => {
  const folder = makeTempFolder();
  mkdirSync(join(folder, "gateway.lock"));
  const file = join(folder, "file");
  writeFileSync(file, "");
  for (const dataDir of [folder, file, join(file, "below")]) {
    const { code, sentence } = refusalOf(() => lockDataFolder(dataDir));
    expect(code).toBe("data_folder_unusable");
    expect(sentence).toContain(`The data folder ${dataDir} cannot be used (`);
  }
});

test("a token that cannot be read is said with its file", () => {
  const folder = makeTempFolder();
  mkdirSync(join(folder, "admin-token"));
  const { code, sentence } = refusalOf(() => ensureAdminToken(folder));
  expect(code).toBe("data_folder_unusable");
  expect(sentence).toContain("admin-token: it is a folder, not a file");
});

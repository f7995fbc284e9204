// The key to the console: made at first start, kept in a file only this user can read.
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dataFolderUnusable } from "./base/data-folder-unusable.ts";

export const ADMIN_TOKEN_FILE = "admin-token";

/** @throws GatewayError data_folder_unusable. */
export function ensureAdminToken(dataDir: string): string {
  const file = join(dataDir, ADMIN_TOKEN_FILE);
  try {
    return readOrMake(file);
  } catch (error) {
    throw dataFolderUnusable(dataDir, file, error);
  }
}

function readOrMake(file: string): string {
  const known = existsSync(file) ? readFileSync(file, "utf8").trim() : "";
  if (known.length >= 32) return known;
  const token = randomBytes(24).toString("base64url");
  writeFileSync(file, `${token}\n`, { mode: 0o600 });
  return token;
}

// What the command line does without a running gateway, or beside one: provision and check.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Check, checkSchema } from "../shared/admin-api.ts";
import { runDoctor } from "./admin/run-doctor.ts";
import { askRunning, consoleOf } from "./ask-running.ts";
import { finishSwap, swapIsOpen } from "./backup/swap-folder.ts";
import { GatewayError } from "./base/errors.ts";
import { connectCrm } from "./connect-crm.ts";
import { refuseOtherDatabase } from "./db/refuse-other-database.ts";
import type { Host } from "./host.ts";
import { LOCK_FILE, lockDataFolder } from "./lock-data-folder.ts";
import { openSettings } from "./settings/open-settings.ts";
import { parseSetup } from "./settings/parse-setup.ts";
import type { ApplyResult } from "./settings/settings-room.ts";

const resultSchema = z.object({
  changes: z.array(z.object({ what: z.string(), result: z.enum(["created", "updated", "unchanged"]) })),
  needsRestart: z.array(z.string()),
});

const doctorSchema = z.object({ checks: z.array(checkSchema) });

/** Provisions `setup.json`. One process owns a data folder, so a running gateway is asked to do it. */
export async function applyOffline(host: Host, json: string): Promise<ApplyResult> {
  const setup = parseSetup(json);
  const lock = tryLock(host);
  if (!lock) return applyThroughRunning(host, json);
  try {
    // Else what is changed here goes when the restore is completed.
    await finishSwap(host.dataDir);
    const settings = await openSettings({ ...settingsDeps(host), log: host.writeLog });
    return await settings.apply(setup);
  } finally {
    lock.release();
  }
}

/** Undefined while a gateway runs on the folder. @throws GatewayError settings_invalid, data_folder_unusable. */
export function tryLock(host: Host) {
  refuseOtherDatabase(host.environment);
  try {
    return lockDataFolder(host.dataDir);
  } catch (error) {
    if (error instanceof GatewayError && error.code === "data_folder_in_use") return undefined;
    throw error;
  }
}

async function applyThroughRunning(host: Host, json: string): Promise<ApplyResult> {
  const response = await askRunning(host).send("POST", "/setup", { body: json, limitMs: 30_000 });
  return resultSchema.parse(await response.json());
}

const settingsDeps = (host: Host) => ({
  dataDir: host.dataDir,
  environment: host.environment,
  flags: host.flags,
  clock: host.clock,
  ...(host.keychain ? { keychain: host.keychain } : {}),
});

/** Where the console of the gateway running on this folder is, with its token; null where none runs or this user may not know. */
export function consoleAddress(dataDir: string): string | null {
  try {
    return consoleOf(dataDir);
  } catch {
    return null;
  }
}

/**
 * Every check that can be made; writes nothing. A running gateway is asked, since it knows what it was started with: keys in
 * its environment are not in ours.
 */
export async function doctorOffline(host: Host): Promise<Check[]> {
  refuseOtherDatabase(host.environment);
  const running = runningCheck(host);
  if (running.state === "ok") return [running, ...(await doctorOfRunning(host))];
  const settings = await openSettings({ ...settingsDeps(host), log: () => undefined, readOnly: true });
  const silent = { debug: () => undefined, warn: () => undefined };
  const crm = connectCrm({ settings, clock: host.clock, log: silent });
  return [running, ...restoreCheck(host), ...(await runDoctor({ settings, crm }))];
}

async function doctorOfRunning(host: Host): Promise<Check[]> {
  const answer = await askRunning(host).json("GET", "/doctor");
  return doctorSchema.parse(answer).checks;
}

function restoreCheck({ dataDir }: Host): Check[] {
  if (!swapIsOpen(dataDir)) return [];
  const sentence =
    "A restore was decided and cut off before it was through: what is here is partly the old and partly the new.";
  const remedy = "Start the gateway; it completes the restore first.";
  return [{ id: "restore", title: "Restore", state: "warn", sentence, remedy }];
}

function runningCheck(host: Host): Check {
  const lock = existsSync(join(host.dataDir, LOCK_FILE)) ? tryLock(host) : { release: () => undefined };
  lock?.release();
  const sentence = lock
    ? "The gateway is not running on this data folder."
    : "The gateway is running on this data folder.";
  return { id: "running", title: "Gateway", state: lock ? "unknown" : "ok", sentence, remedy: null };
}

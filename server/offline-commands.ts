// What the command line does without a running gateway, or beside one: provision, check, read the journal.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Check } from "../shared/admin-api.ts";
import { type JournalEntry, type JournalQuery, journalEntrySchema } from "../shared/journal.schema.ts";
import { runDoctor } from "./admin/run-doctor.ts";
import { askRunning, consoleOf } from "./ask-running.ts";
import { finishSwap, swapIsOpen } from "./backup/swap-folder.ts";
import { GatewayError } from "./base/errors.ts";
import { connectCrm } from "./connect-crm.ts";
import { openForReading } from "./db/open-for-reading.ts";
import type { Host } from "./host.ts";
import { LOCK_FILE, lockDataFolder } from "./lock-data-folder.ts";
import { queryJournal } from "./log/query-journal.ts";
import { openSettings } from "./settings/open-settings.ts";
import { parseSetup } from "./settings/parse-setup.ts";
import type { ApplyResult } from "./settings/settings-room.ts";

const resultSchema = z.object({
  changes: z.array(z.object({ what: z.string(), result: z.enum(["created", "updated", "unchanged"]) })),
  needsRestart: z.array(z.string()),
});

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

/** Undefined while a gateway runs on the folder. */
export function tryLock(host: Host) {
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

/** Every check that can be made from here; writes nothing, so it may run beside the gateway. */
export async function doctorOffline(host: Host): Promise<Check[]> {
  const settings = await openSettings({ ...settingsDeps(host), log: () => undefined, readOnly: true });
  const silent = { debug: () => undefined, warn: () => undefined };
  const crm = connectCrm({ settings, clock: host.clock, log: silent });
  return [runningCheck(host), ...restoreCheck(host), ...(await runDoctor({ settings, crm }))];
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

/** Reads the journal of a data folder, also while a gateway is writing it. */
export async function readJournalOffline(host: Host, query: JournalQuery): Promise<JournalEntry[]> {
  const opened = openForReading(join(host.dataDir, "gateway.db"));
  if (!opened)
    throw new GatewayError("not_found", { sentence: `There is no journal in ${host.dataDir} yet.` });
  try {
    return z.array(journalEntrySchema).parse(await queryJournal(opened.db, query));
  } finally {
    await opened.close();
  }
}

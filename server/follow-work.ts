// Waits for work with backups that was begun at the running gateway, which may close and open again meanwhile. Called by the
// command line's backup and restore.
import { setTimeout as delay } from "node:timers/promises";
import { type BackupState, type BackupWork, backupStateSchema } from "../shared/console/backup.schema.ts";
import type { AskRunning } from "./ask-running.ts";
import { GatewayError } from "./base/errors.ts";

/** How far it has come: what it is at, for a person, and its share of the whole, 0 to 1. */
export type Tell = (step: string, share: number | null) => void;

const LOOK_MS = 200;
/** Longest the gateway may be away while it starts again. */
const AWAY_MS = 60_000;

/** How the gateway stands once the work is done. @throws GatewayError backup_failed, backup_unusable, backup_busy. */
export async function untilDone(ask: AskRunning, id: string, tell: Tell): Promise<BackupState> {
  let awayMs = 0;
  for (;;) {
    const state = await ask.json("GET", "/backup").then(
      (answer) => backupStateSchema.parse(answer),
      (error: unknown) => {
        // It closes and opens again.
        awayMs += LOOK_MS;
        const closing = !(error instanceof GatewayError) || error.code === "data_folder_in_use";
        if (!closing || awayMs > AWAY_MS) throw error;
        return undefined;
      },
    );
    const work = state?.work;
    if (work) {
      awayMs = 0;
      if (endedWork(work, id)) return state;
      tell(work.step, work.progress);
    }
    await delay(LOOK_MS);
  }
}

function endedWork(work: BackupWork, id: string): boolean {
  if (work.id !== id) throw new GatewayError("backup_busy");
  if (work.state === "failed")
    throw new GatewayError(work.what === "restore" ? "backup_unusable" : "backup_failed", {
      sentence: work.problem ?? "It did not succeed.",
    });
  return work.state === "done";
}

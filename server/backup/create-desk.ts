// What a running gateway does with backups: makes one beside its work, moves away, restores from a file or a restore point
// by starting again, and is taken back. Asked by the console and, through it, by the command line.
import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { MakeBackup } from "../../shared/console/backup.schema.ts";
import { isoTime } from "../base/clock.ts";
import { GatewayError } from "../base/errors.ts";
import type { Db } from "../db/schema.ts";
import { movedAt } from "../engagements/refuse-moved.ts";
import type { Journal } from "../log/journal.ts";
import type { BackupDeps, TellProgress } from "./backup-deps.ts";
import type { BackupLife, FinishedWork } from "./backup-work.ts";
import { checkBackup } from "./check-backup.ts";
import { requirePassphrase } from "./derive-backup-keys.ts";
import { HANDOVER } from "./folder-files.ts";
import { type BackupSource, makeBackup } from "./make-backup.ts";
import { type Move, markMoved, unmarkMoved } from "./mark-moved.ts";
import { addEvent, markRestored } from "./mark-restored.ts";
import { dropSentFile, sentFile } from "./receive-file.ts";
import { choosePoint, prepareRestore, prepareUndo, swapStaged } from "./restore-backup.ts";
import type { Staged } from "./stage-backup.ts";

/**
 * Closes everything, does `change`, and opens everything again, from whatever is in the folder then. Should it not open,
 * `revert` is done and it is opened once more. @throws what `change` threw, or why the changed one did not open.
 */
export type Restart = (change: () => Promise<void>, revert?: () => Promise<void>) => Promise<void>;

export interface DeskDeps {
  readonly backup: BackupDeps;
  readonly source: BackupSource;
  readonly db: Db;
  readonly journal: Journal;
  readonly life: BackupLife;
  /** No new work; what runs is let finish for at most so long. */
  readonly stopWork: (limitMs: number) => Promise<void>;
  /** Nobody is led here from outside any more, until it starts again. */
  readonly stopTunnel: () => Promise<void>;
  readonly restart: Restart;
  readonly onError: (message: string, error: unknown) => void;
}

/** Each answers with the id of the work it began. */
export interface BackupDesk {
  readonly life: BackupLife;
  make(request: MakeBackup): string;
  check(file: string, passphrase: string): Promise<string>;
  restore(file: string, passphrase: string): Promise<string>;
  undo(point: string | undefined): Promise<string>;
  /** @throws GatewayError wrong_state where it was not moved. */
  takeBack(): Promise<string>;
}

/** A call that is being placed, a text that is being sent. */
const DRAIN_MS = 30_000;

export function createDesk(deps: DeskDeps): BackupDesk {
  const { life, backup } = deps;
  const begin = (
    what: Parameters<BackupLife["begin"]>[0],
    run: (tell: TellProgress) => Promise<FinishedWork>,
  ): string => life.begin(what, run, (error) => deps.onError(`${what} did not succeed`, error));
  const swap = async (staged: Staged, reason: "restore" | "undo", tell: TellProgress) => {
    tell("Starting again with the restored data", null);
    let point: string | undefined;
    await deps.restart(
      async () => {
        point = await swapStaged(backup, staged, reason);
      },
      async () => {
        if (point !== undefined) await swapStaged(backup, await prepareUndo(backup, point), "undo");
      },
    );
    return {};
  };

  return {
    life,
    make: (request) => {
      requirePassphrase(request.passphrase);
      return request.move
        ? begin("move", (tell) => moveAway(deps, request, tell))
        : begin("backup", (tell) => makeFile(deps, request, undefined, tell));
    },
    check: async (file, passphrase) => {
      const path = await sentFile(backup.dataDir, file);
      return begin("check", async (tell) => ({
        about: await checkBackup(path, passphrase, (share) => tell("Checking the file", share)),
      }));
    },
    restore: async (file, passphrase) => {
      const path = await sentFile(backup.dataDir, file);
      return begin("restore", async (tell) => {
        const staged = await prepareRestore(backup, { file: path, passphrase }, tell);
        await swap(staged, "restore", tell);
        await dropSentFile(backup.dataDir, file);
        return {};
      });
    },
    undo: async (id) => {
      const point = await choosePoint(backup.dataDir, id);
      return begin("undo", async (tell) => {
        tell("Preparing what was there before", null);
        return swap(await prepareUndo(backup, point), "undo", tell);
      });
    },
    takeBack: async () => {
      const since = await movedAt(deps.db);
      if (since !== null) return begin("take_back", () => takeBack(deps, since));
      const sentence =
        "This gateway was not moved to another computer, so there is nothing to be taken back.";
      throw new GatewayError("wrong_state", { sentence });
    },
  };
}

async function makeFile(
  { backup, source, db, journal }: DeskDeps,
  request: MakeBackup,
  move: Move | undefined,
  tell: TellProgress,
): Promise<FinishedWork> {
  const folder = join(backup.dataDir, HANDOVER);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const target = join(folder, `made-${randomUUID()}`);
  const { passphrase, without_secrets } = request;
  const kind = move ? ("move" as const) : ("backup" as const);
  const written = await makeBackup(
    backup,
    source,
    { target, passphrase, kind, withSecrets: !without_secrets, ...(move ? { move } : {}) },
    tell,
  );
  const at = backup.clock.now();
  const { about, bytes } = written;
  await db.transaction().execute(async (trx) => {
    await addEvent(trx, {
      ...{ kind: "backup", at, made_at: Date.parse(about.made_at), backup_id: about.id },
      ...{ waiting: 0, people: 0, settled_at: at },
    });
    const keys = about.secrets ? "" : ", without keys";
    await journal.add(trx, { event: "backup.made", message: `A backup was made${keys}` });
  });
  return { file: target, bytes, about, fileName: fileNameOf(about.made_at, kind) };
}

/** "aventora-gateway-2026-03-02-1500.gwbackup" */
export const fileNameOf = (madeAt: string, kind: "backup" | "move"): string =>
  `aventora-gateway-${kind === "move" ? "move-" : ""}${madeAt.slice(0, 16).replace("T", "-").replace(":", "")}.gwbackup`;

// The mark first, whatever happens to the program. Where the backup fails it is taken away again and work goes on; a gateway
// that had moved already stays where it is.
async function moveAway(deps: DeskDeps, request: MakeBackup, tell: TellProgress): Promise<FinishedWork> {
  const where = { dataDir: deps.backup.dataDir, at: deps.backup.clock.now() };
  tell("Letting running work finish", null);
  const move = await markMoved(deps.db, where, (trx) => {
    const message = "This gateway is moved to another computer: nothing new is started here";
    return deps.journal.add(trx, { event: "gateway.moved_out", severity: "warn", message });
  });
  if (move.again) return makeFile(deps, request, move, tell);
  try {
    await deps.stopWork(DRAIN_MS);
    const made = await makeFile(deps, request, move, tell);
    // From here on the other computer opens it: two of them would share what comes in. Not before, since it may fail.
    await deps.stopTunnel().catch((error: unknown) => deps.onError("the tunnel was not closed", error));
    return made;
  } catch (error) {
    await unmarkMoved(deps.db, move);
    await deps.restart(async () => undefined);
    throw error;
  }
}

async function takeBack(deps: DeskDeps, since: number): Promise<FinishedWork> {
  const at = deps.backup.clock.now();
  await deps.db.transaction().execute(async (trx) => {
    await markRestored(trx, { kind: "take_back", at, madeAt: since, backupId: null });
    const message = `This gateway was taken back; it goes on from ${isoTime(since)}`;
    await deps.journal.add(trx, { event: "gateway.taken_back", severity: "warn", message });
  });
  await deps.restart(async () => undefined);
  return {};
}

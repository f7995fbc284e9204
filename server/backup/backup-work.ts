// The one piece of work with backups that goes on, or how the last one ended, for whoever asks. It outlives a restart of the
// gateway within the program, since a restore is told by the gateway that comes after it.
import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { BackupAbout, BackupWork } from "../../shared/console/backup.schema.ts";
import { GatewayError, sentenceOf } from "../base/errors.ts";
import type { TellProgress } from "./backup-deps.ts";
import { HANDOVER } from "./folder-files.ts";

export interface FinishedWork {
  readonly bytes?: number;
  /** Whole path; offered to be taken under `fileName`. */
  readonly file?: string;
  readonly fileName?: string;
  readonly about?: BackupAbout;
}

export interface BackupLife {
  read(): BackupWork | null;
  /**
   * Runs `work` in the background; its end is told by `read`. Answers with its id. `onError` gets what it threw.
   * @throws GatewayError backup_busy while another goes on.
   */
  begin(
    what: BackupWork["what"],
    work: (tell: TellProgress) => Promise<FinishedWork>,
    onError: (error: unknown) => void,
  ): string;
  /** The finished file of a work; undefined when it has none any more. */
  fileOf(id: string): { readonly path: string; readonly name: string } | undefined;
  /** Resolves once nothing goes on. */
  idle(): Promise<void>;
}

export function createBackupLife(dataDir: string): BackupLife {
  // Of a program that ended: nobody can take or use them any more.
  rmSync(join(dataDir, HANDOVER), { recursive: true, force: true });
  let work: BackupWork | null = null;
  let file: { id: string; path: string; name: string } | undefined;
  let running: Promise<void> = Promise.resolve();

  const change = (id: string, part: Partial<BackupWork>): void => {
    if (work?.id === id) work = { ...work, ...part };
  };
  const settle = (id: string, done: FinishedWork): void => {
    const { bytes = null, about = null, fileName = null } = done;
    if (done.file !== undefined && fileName !== null) file = { id, path: done.file, name: fileName };
    change(id, { state: "done", progress: 1, bytes, about, file_name: fileName });
  };

  return {
    read: () => work,
    begin: (what, run, onError) => {
      if (work?.state === "working") throw new GatewayError("backup_busy");
      if (file) rmSync(file.path, { force: true });
      file = undefined;
      const id = randomUUID();
      work = { id, what, state: "working", step: "", progress: null, ...NOTHING_YET };
      const tell: TellProgress = (step, progress) => change(id, { step, progress });
      running = run(tell).then(
        (done) => settle(id, done),
        (error: unknown) => {
          change(id, { state: "failed", problem: sentenceOf(error) });
          onError(error);
        },
      );
      return id;
    },
    fileOf: (id) => (file?.id === id ? { path: file.path, name: file.name } : undefined),
    idle: () => running,
  };
}

const NOTHING_YET = { problem: null, bytes: null, file_name: null, about: null } as const;

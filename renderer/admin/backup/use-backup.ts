// How backups stand, and beginning work on them. While something goes on it is asked for every second, also while the
// gateway starts again and does not answer.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import {
  type BackupState,
  type BackupWork,
  backupStateSchema,
  workStartedSchema,
} from "../../../shared/console/backup.schema.ts";
import { useChange, useRead } from "../kit/use-read.ts";

const EVERY_MS = 1_000;

export const useBackup = () => useRead("/backup", backupStateSchema, { everyMs: EVERY_MS });

/** `begin.mutate({ path: "/backup", body })`. */
export const useBegin = () => useChange(workStartedSchema, ["/backup"]);

/** `then` once when the work of this id is over, however often it is read. */
export function useWorkEnd(
  state: BackupState,
  id: string | undefined,
  then: (work: BackupWork) => void,
): void {
  const told = useRef<string | undefined>(undefined);
  const client = useQueryClient();
  const { work } = state;
  useEffect(() => {
    if (id === undefined || work?.id !== id || work.state === "working" || told.current === id) return;
    told.current = id;
    // After a restore everything may be another.
    void client.invalidateQueries();
    then(work);
  });
}

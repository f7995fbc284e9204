// Backup: make one, restore one, move, go back. What waits for a decision stands first.
import { Loaded } from "../kit/load-state.tsx";
import { MakeBackup, MoveGateway } from "./make-backup.tsx";
import { RestoreFile } from "./restore-file.tsx";
import { RestoreNotices } from "./restore-notices.tsx";
import { RestorePoints } from "./restore-points.tsx";
import { useBackup } from "./use-backup.ts";

export function BackupPart() {
  const backup = useBackup();
  return (
    <Loaded of={backup} lines={10}>
      {(state) => (
        <>
          <RestoreNotices state={state} />
          <MakeBackup state={state} />
          <RestoreFile state={state} />
          {state.moved === null || state.work?.what === "move" ? <MoveGateway state={state} /> : null}
          <RestorePoints state={state} />
        </>
      )}
    </Loaded>
  );
}

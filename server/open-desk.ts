// What joins a run of the gateway to the backups: the desk the console asks, restore points, and the ports a restart keeps.
// Called by create-gateway.
import type { BackupLife } from "./backup/backup-work.ts";
import { type BackupDesk, createDesk, type Restart } from "./backup/create-desk.ts";
import { keepRestorePoint } from "./backup/restore-points.ts";
import type { Composed } from "./compose.ts";
import type { Host } from "./host.ts";
import type { Run } from "./keep-running.ts";

export interface RunDeps {
  readonly life: BackupLife;
  readonly restart: Restart;
  /** What a glance shows may have changed. */
  readonly onNews: () => void;
}

export function openDesk(parts: Composed, host: Host, { life, restart }: RunDeps): BackupDesk {
  return createDesk({
    backup: host,
    source: { settings: parts.settings, copyDatabase: parts.copyDatabase },
    db: parts.db,
    journal: parts.journal,
    life,
    stopWork: (limitMs) => parts.worker.stop(limitMs),
    stopTunnel: parts.stopTunnel,
    restart,
    onError: (message, error) => parts.log.error("backup", message, error),
  });
}

/** For whoever is about to change the program: what is there now, so that it can be gone back to. */
export const keepPoint =
  (parts: Composed, host: Host): Run["keepRestorePoint"] =>
  (reason) => {
    const meta = { reason, kept_at: host.clock.now(), program: host.version };
    return keepRestorePoint(host.dataDir, meta, parts.copyDatabase);
  };

/** Ports that were left to the system stay what they became, so that whoever is looking finds the gateway again. */
export function fixedPorts({ settings }: Composed, publicPort: number, adminPort: number): Run["ports"] {
  const { PORT, ADMIN_PORT } = settings.platform();
  return {
    ...(PORT === 0 ? { PORT: publicPort } : {}),
    ...(ADMIN_PORT === 0 ? { ADMIN_PORT: adminPort } : {}),
  };
}

// Is a file a whole backup that can be restored here with this passphrase? Reads it to its last byte and changes nothing.
// Called by the console and the command line before a restore.
import type { BackupAbout } from "../../shared/console/backup.schema.ts";
import { aboutBackup } from "./backup-header.ts";
import { readBackup } from "./read-backup.ts";

/** @throws GatewayError backup_unusable with what is wrong with it. */
export async function checkBackup(
  file: string,
  passphrase: string,
  onProgress: (share: number) => void = () => undefined,
): Promise<BackupAbout> {
  const { header } = await readBackup({
    file,
    passphrase,
    onProgress,
    take: async ({ content }) => {
      for await (const _ of content);
    },
  });
  return aboutBackup(header);
}

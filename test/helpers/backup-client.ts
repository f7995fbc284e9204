// Backups as the console makes and restores them, from outside.
import { createWriteStream, openAsBlob } from "node:fs";
import { pipeline } from "node:stream/promises";
import { type BackupState, type BackupWork, backupStateSchema } from "../../shared/console/backup.schema.ts";
import { waitFor } from "./embed-client.ts";

export const PASSPHRASE = "correct horse battery staple";

export interface Console {
  readonly adminUrl: string;
  readonly adminToken: string;
}

const headersOf = ({ adminToken }: Console) => ({ authorization: `Bearer ${adminToken}` });

export async function askBackup(
  at: Console,
  method: "GET" | "POST",
  path: string,
  body?: unknown,
): Promise<{ status: number; body: { work?: string; error?: { code: string; message: string } } }> {
  const response = await fetch(`${at.adminUrl}/api${path}`, {
    method,
    headers: { ...headersOf(at), "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as { work?: string } };
}

export const readBackup = async (at: Console): Promise<BackupState> =>
  backupStateSchema.parse((await askBackup(at, "GET", "/backup")).body);

/** The work once it is over; the gateway may close and open again meanwhile. */
export const untilWorkEnds = (at: Console, id: string | undefined): Promise<BackupWork> =>
  waitFor(
    `the end of work ${id}`,
    async () => {
      const state = await readBackup(at).catch(() => undefined);
      return state?.work?.id === id && state?.work?.state !== "working"
        ? (state?.work ?? undefined)
        : undefined;
    },
    40_000,
  );

/** Made and downloaded into `file`; `meanwhile` happens as soon as it has begun. */
export async function downloadBackup(
  at: Console,
  file: string,
  more: Readonly<Record<string, unknown>> = {},
  meanwhile: () => Promise<unknown> = async () => undefined,
): Promise<BackupWork> {
  const { body } = await askBackup(at, "POST", "/backup", { passphrase: PASSPHRASE, ...more });
  await meanwhile();
  const work = await untilWorkEnds(at, body.work);
  if (work.state !== "done") throw new Error(work.problem ?? "no backup");
  const response = await fetch(`${at.adminUrl}/api/backup/file/${work.id}`, { headers: headersOf(at) });
  if (!response.ok || !response.body) throw new Error(`no file: ${response.status}`);
  await pipeline(response.body, createWriteStream(file));
  return work;
}

/** Sends a file to be restored; its name at the gateway. */
export async function sendFile(at: Console, file: string): Promise<string> {
  const response = await fetch(`${at.adminUrl}/api/restore/file`, {
    method: "POST",
    headers: headersOf(at),
    body: await openAsBlob(file),
  });
  return ((await response.json()) as { file: string }).file;
}

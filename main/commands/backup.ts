// Everything of the gateway in one file, sealed with a passphrase.
import { resolve } from "node:path";
import { backupOffline, GatewayError } from "../../server/index.ts";
import type { CliFlags } from "../cli-options.ts";
import { makeHost } from "../host-options.ts";
import { readPassphrase } from "../read-passphrase.ts";
import { tellProgress } from "../tell-progress.ts";

export async function backupCommand(flags: CliFlags, rest: readonly string[]): Promise<void> {
  const [file, ...more] = rest;
  if (file === undefined || more.length > 0)
    throw new GatewayError("invalid_request", { sentence: "Name one file: backup <file>" });
  const host = makeHost(flags, process.env, (line) => void process.stderr.write(line));
  const target = resolve(file);
  const passphrase = await readPassphrase(true);
  const progress = tellProgress();
  const request = {
    target,
    passphrase,
    withoutSecrets: flags["without-secrets"] === true,
    move: flags.move === true,
  };
  await backupOffline(host, request, progress.tell).finally(progress.end);
  process.stdout.write(`The backup is in ${target}. Keep its passphrase: without it nobody can open it.\n`);
  if (request.move)
    process.stdout.write(
      "This gateway stands still now. Restore the file on the other computer; it goes on there by itself.\n",
    );
}

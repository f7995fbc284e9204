// Goes on from a backup file, or back to what was there before a restore.
import { resolve } from "node:path";
import { GatewayError, type Host, restoreOffline, undoOffline } from "../../server/index.ts";
import type { CliFlags } from "../cli-options.ts";
import { makeHost } from "../host-options.ts";
import { readPassphrase } from "../read-passphrase.ts";
import { tellProgress } from "../tell-progress.ts";

export async function restoreCommand(flags: CliFlags, rest: readonly string[]): Promise<void> {
  const host = makeHost(flags, process.env, (line) => void process.stderr.write(line));
  if (flags.undo === true) return undo(host, flags, rest);
  const [file, ...more] = rest;
  if (file === undefined || more.length > 0)
    throw new GatewayError("invalid_request", { sentence: "Name one file: restore <file>" });
  const passphrase = await readPassphrase(false);
  const progress = tellProgress();
  const { about, goesOn } = await restoreOffline(
    host,
    { file: resolve(file), passphrase },
    progress.tell,
  ).finally(progress.end);
  process.stdout.write(`The backup of ${about.made_at} is restored in ${host.dataDir}.\n`);
  if (!about.secrets) process.stdout.write("It holds no keys: those that are missing have to be entered.\n");
  if (!goesOn) process.stdout.write(`${about.kind === "move" ? `${NOT_BY_ITSELF}\n` : ""}${LOOK_FIRST}\n`);
}

const NOT_BY_ITSELF =
  "This file of a move does not go on by itself: it was used or made here before, or it is not of the last day.";
const LOOK_FIRST =
  "Outreach is paused: make sure the other gateway is off, then open the console and choose “Check and go on”.";

async function undo(host: Host, flags: CliFlags, rest: readonly string[]): Promise<void> {
  if (rest.length > 0)
    throw new GatewayError("invalid_request", { sentence: "restore --undo takes no file." });
  const point = typeof flags.point === "string" ? flags.point : undefined;
  const progress = tellProgress();
  await undoOffline(host, point, progress.tell).finally(progress.end);
  process.stdout.write(`What was there before is back in ${host.dataDir}.\n${LOOK_FIRST}\n`);
}

// Prints every check with its finding and remedy. Exit code 1 when something is broken.

import { doctorOffline } from "../../server/index.ts";
import type { Check } from "../../shared/admin-api.ts";
import type { CliFlags } from "../cli-options.ts";
import { makeHost } from "../host-options.ts";

const MARKS: Readonly<Record<Check["state"], string>> = {
  ok: "ok  ",
  warn: "warn",
  bad: "BAD ",
  unknown: "?   ",
};

export async function doctorCommand(flags: CliFlags): Promise<void> {
  const host = makeHost(flags, process.env, (line) => void process.stderr.write(line));
  const checks = await doctorOffline(host);
  for (const check of checks) process.stdout.write(flags.json ? `${JSON.stringify(check)}\n` : lineOf(check));
  if (checks.some((check) => check.state === "bad")) process.exitCode = 1;
}

function lineOf(check: Check): string {
  const remedy = check.remedy ? `\n       → ${check.remedy}` : "";
  return `${MARKS[check.state]}  ${check.title}: ${check.sentence}${remedy}\n`;
}

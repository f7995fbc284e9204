// Provisions a setup.json: all of it or nothing, and the same again changes nothing.
import { readFileSync } from "node:fs";
import { applyOffline, GatewayError } from "../../server/index.ts";
import type { CliFlags } from "../cli-options.ts";
import { makeHost } from "../host-options.ts";

export async function applyCommand(flags: CliFlags, rest: readonly string[]): Promise<void> {
  const [file, ...more] = rest;
  if (file === undefined || more.length > 0)
    throw new GatewayError("invalid_request", { sentence: "Name one file: apply <setup.json>" });
  const host = makeHost(
    flags,
    process.env,
    (line) => void process.stderr.write(line.endsWith("\n") ? line : `${line}\n`),
  );
  const result = await applyOffline(host, readSetup(file));
  for (const change of result.changes) process.stdout.write(`${change.what}: ${change.result}\n`);
  if (result.needsRestart.length > 0)
    process.stdout.write(`Restart the gateway for: ${result.needsRestart.join(", ")}\n`);
}

function readSetup(file: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (cause) {
    throw new GatewayError("not_found", { sentence: `The file ${file} could not be read.`, cause });
  }
}

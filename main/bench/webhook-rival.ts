// Starts one of the servers the webhook route is measured against, in a process of its own.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { PROGRAM_DIR } from "../host-options.ts";

export interface RivalServer {
  readonly port: number;
  close(): Promise<void>;
}

/** `name`: "express" stores nothing, "one-by-one" commits each delivery, "bare" only answers. */
export async function startRival(
  name: "express" | "one-by-one" | "bare",
  given: { readonly tenant: string; readonly systemKey: string },
): Promise<RivalServer> {
  const dataDir = mkdtempSync(join(tmpdir(), "aventora-rival-"));
  const program = pathToFileURL(join(PROGRAM_DIR, "server", "index.ts")).href;
  const script = `import { serveRival } from ${JSON.stringify(program)};
    console.log(await serveRival(${JSON.stringify(name)}, ${JSON.stringify({ ...given, dataDir })}));`;
  const child = spawn(process.execPath, [...process.execArgv, "--input-type=module", "--eval", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`${name} ended with ${code} before it listened`)));
    child.stdout.once("data", (line: Buffer) => resolve(Number(line.toString())));
  });
  return {
    port,
    close: async () => {
      child.kill("SIGKILL");
      await ended;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

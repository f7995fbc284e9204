// The gateway as its own process, as `serve` starts it, so that it can be killed. Always ended with the test.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import { stayHome } from "./outgoing-report.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const READY_MS = 20_000;

export interface SpawnedGateway {
  readonly pid: number;
  readonly url: string;
  readonly adminUrl: string;
  readonly adminToken: string;
  /** Lines of the process log so far. */
  readonly logLines: readonly string[];
  /** Lines on stdout so far, the ready line included. */
  readonly printed: readonly string[];
  /** Sends the signal and waits for the end. */
  end(signal: "SIGKILL" | "SIGTERM" | "SIGINT"): Promise<{ code: number | null; signal: string | null }>;
}

/** What `build-first` has built of this checkout. */
const BUILT = { folder: ROOT, cli: "dist/gateway/cli.js" };

/** Starts on free ports and waits for the ready line; fails with the log when it ends before. */
export async function spawnGateway(
  dataDir: string,
  environment: Readonly<Record<string, string>>,
  program = BUILT,
): Promise<SpawnedGateway> {
  const child = spawn(resolve(ROOT, "node_modules/.bin/node"), [program.cli, "serve"], {
    cwd: program.folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...{ PATH: process.env.PATH, PORT: "0", ADMIN_PORT: "0", GATEWAY_DATA_DIR: dataDir },
      ...stayHome(),
      ...environment,
    },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = once(child, "exit") as Promise<[number | null, string | null]>;
  const [printed, logLines]: [string[], string[]] = [[], []];
  createInterface({ input: child.stderr }).on("line", (line) => logLines.push(line));
  const ready = await readyLine(child, printed, ended, logLines);
  const admin = new URL(ready.adminUrl);
  return {
    pid: child.pid ?? 0,
    url: ready.publicUrl,
    adminUrl: admin.origin,
    adminToken: admin.searchParams.get("token") ?? "",
    logLines,
    printed,
    end: async (signal) => {
      child.kill(signal);
      const [code, killedBy] = await ended;
      return { code, signal: killedBy };
    },
  };
}

async function readyLine(
  child: ChildProcess,
  printed: string[],
  ended: Promise<unknown>,
  logLines: readonly string[],
): Promise<{ event: string; publicUrl: string; adminUrl: string }> {
  if (!child.stdout) throw new Error("no stdout");
  const lines = createInterface({ input: child.stdout });
  const first = new Promise<string>((found) => {
    lines.on("line", (line) => {
      printed.push(line);
      found(line);
    });
  });
  const timer = new AbortController();
  const failed = Promise.race([
    ended,
    once(AbortSignal.any([timer.signal, AbortSignal.timeout(READY_MS)]), "abort"),
  ]);
  const line = await Promise.race([first, failed.then(() => undefined)]);
  timer.abort();
  if (line === undefined) throw new Error(`the gateway did not get ready:\n${logLines.join("\n")}`);
  return JSON.parse(line) as { event: string; publicUrl: string; adminUrl: string };
}

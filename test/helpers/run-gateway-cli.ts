// The command line as other programs use it: child processes of the pinned Node, with nothing of this environment but a PATH.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { stayHome } from "./outgoing-report.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const LIMIT_MS = 20_000;

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Serving {
  /** The ready line as it was printed. */
  readonly line: string;
  readonly publicUrl: string;
  readonly adminUrl: string;
  readonly finished: Promise<Finished>;
  kill(signal: NodeJS.Signals): void;
}

export interface CliRoom {
  readonly dataDir: string;
  /** Runs a command to its end. */
  run(args: readonly string[], given?: CliGiven): Promise<Finished>;
  /** Starts a command that may be killed. */
  start(
    args: readonly string[],
    given?: CliGiven,
  ): { finished: Promise<Finished>; kill(signal: NodeJS.Signals): void };
  /** Runs `serve` until its ready line. */
  serve(args?: readonly string[], given?: CliGiven): Promise<Serving>;
  /** A file beside the data folder with this text, or this as JSON; returns its path. */
  fileWith(content: unknown): string;
  /** Ends what still runs and removes the folder. */
  close(): Promise<void>;
}

export interface CliGiven {
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Without `--data-dir` on the command line. */
  readonly noFolder?: boolean;
}

export function openCliRoom(): CliRoom {
  const folder = mkdtempSync(join(tmpdir(), "gateway-cli-"));
  const dataDir = join(folder, "data");
  // As a person makes it: what is written into it must be safe of itself.
  mkdirSync(dataDir, { mode: 0o755 });
  const running = new Map<ChildProcess, Promise<Finished>>();

  const launch = (args: readonly string[], given: CliGiven): [ChildProcess, Promise<Finished>] => {
    const place = given.noFolder ? [] : ["--data-dir", dataDir];
    const child = spawn(
      join(ROOT, "node_modules/.bin/node"),
      [join(ROOT, "main/cli.js"), ...args, ...place],
      {
        cwd: dataDir,
        env: {
          PATH: process.env.PATH ?? "",
          GATEWAY_VAULT_KEY: "test",
          LOG_LEVEL: "warn",
          ...stayHome(),
          ...given.environment,
        },
      },
    );
    const finished = collect(child).finally(() => running.delete(child));
    running.set(child, finished);
    child.stdin.end(given.input ?? "");
    return [child, finished];
  };

  return {
    dataDir,
    fileWith: (content) => {
      const file = join(folder, "setup.json");
      writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
      return file;
    },
    run: (args, given = {}) => launch(args, given)[1],
    start: (args, given = {}) => {
      const [child, finished] = launch(args, given);
      return { finished, kill: (signal) => void child.kill(signal) };
    },
    serve: async (args = ["--port", "0", "--admin-port", "0"], given = {}) => {
      const [child, finished] = launch(["serve", ...args], given);
      const line = await Promise.race([firstLine(child), finished.then(fail)]);
      const { publicUrl, adminUrl } = JSON.parse(line) as { publicUrl: string; adminUrl: string };
      return { line, publicUrl, adminUrl, finished, kill: (signal) => void child.kill(signal) };
    },
    close: async () => {
      for (const child of running.keys()) child.kill("SIGKILL");
      await Promise.all(running.values());
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function collect(child: ChildProcess): Promise<Finished> {
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (text: string) => {
      texts[name] += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...texts }));
  });
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const timer = setTimeout(() => reject(new Error(`no line on stdout after ${LIMIT_MS} ms`)), LIMIT_MS);
    child.stdout?.on("data", (piece: string) => {
      text += piece;
      if (!text.includes("\n")) return;
      clearTimeout(timer);
      resolve(text.slice(0, text.indexOf("\n")));
    });
  });
}

function fail(finished: Finished): never {
  throw new Error(`it ended instead (code ${finished.code}): ${finished.stderr}`);
}

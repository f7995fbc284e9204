// Runs a program so that it never outlives the gateway: not when it is stopped, not when it is killed. On Windows the
// operating system ends children with their parent; elsewhere a keeper of a few lines sees its input close and ends the
// whole group. No shell ever reads the program's name or arguments.
import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";

// The program gets no input and not the keeper's; TERM reaches it by itself, so the keeper only waits for its end.
const KEEPER = `exec 3<&0
"$@" </dev/null 3<&- &
child=$!
( exec <&3 3<&- >/dev/null 2>&1; while read -r _; do :; done; trap '' TERM; kill -TERM 0; sleep 2; kill -KILL 0 ) &
exec 3<&- </dev/null
trap : TERM
while :; do wait "$child"; code=$?; kill -0 "$child" 2>/dev/null || break; done
exit "$code"`;

const GRACE_MS = 2_000;
const LONGEST_LINE = 2_000;

export interface ProgramRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly platform: string;
  readonly onLine: (line: string) => void;
  /** Once, when it is gone or could not be started. */
  readonly onExit: (exit: ProgramExit) => void;
}

export type ProgramExit =
  | { readonly code: number }
  | { readonly signal: string }
  | { readonly failure: string };

export interface RunningProgram {
  readonly pid: number | undefined;
  /** Asks it to end, and ends it after a moment. Resolves when it is gone. */
  stop(): Promise<void>;
}

export function runProgram(run: ProgramRun): RunningProgram {
  const child = start(run);
  readLines(child.stdout, run.onLine);
  readLines(child.stderr, run.onLine);
  // Writing to what is gone is nobody's news.
  child.stdin?.on("error", () => undefined);
  const gone = new Promise<void>((resolve) => {
    const end = (exit: ProgramExit): void => {
      endGroup(run.platform, child, "SIGKILL");
      run.onExit(exit);
      resolve();
    };
    child.once("error", (error) => end({ failure: error.message }));
    child.once("exit", (code, signal) => end(asExit(code, signal)));
  });
  return {
    pid: child.pid,
    stop: async () => {
      endGroup(run.platform, child, "SIGTERM");
      const timer = setTimeout(() => endGroup(run.platform, child, "SIGKILL"), GRACE_MS);
      await gone;
      clearTimeout(timer);
    },
  };
}

function start({ program, args, env, platform }: ProgramRun): ChildProcess {
  const options = { env, stdio: ["pipe", "pipe", "pipe"] as ("pipe" | "pipe")[], windowsHide: true };
  if (platform === "win32") return spawn(program, args, options);
  // A group of its own, so that whatever the program starts ends with it.
  return spawn("/bin/sh", ["-c", KEEPER, "tunnel", program, ...args], { ...options, detached: true });
}

/** The keeper tells a signal's number as 128 and more. */
function asExit(code: number | null, signal: string | null): ProgramExit {
  if (signal !== null) return { signal };
  return code !== null && code > 128 && code < 160 ? { signal: `signal ${code - 128}` } : { code: code ?? 0 };
}

function endGroup(platform: string, child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): void {
  if (child.pid === undefined) return;
  if (platform === "win32") {
    const args = ["/pid", String(child.pid), "/T", "/F"];
    try {
      const killer = spawn("taskkill", args, { stdio: "ignore", windowsHide: true });
      killer.on("error", () => child.kill());
    } catch {
      child.kill();
    }
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Nobody of the group is left.
  }
}

function readLines(stream: Readable | null, onLine: (line: string) => void): void {
  let rest = "";
  stream?.setEncoding("utf8");
  stream?.on("data", (piece: string) => {
    const lines = (rest + piece).split(/\r\n|\r|\n/);
    rest = (lines.pop() ?? "").slice(-LONGEST_LINE);
    for (const line of lines) if (line.trim() !== "") onLine(line.slice(0, LONGEST_LINE));
  });
  stream?.on("end", () => {
    if (rest.trim() !== "") onLine(rest);
  });
}

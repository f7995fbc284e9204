// The server inside the app, as the shell sees it: started, perhaps again after it could not, told of sleep, asked how it
// stands, stopped. A window, its crash or its end never touch it.
import type { Gateway, Glance } from "../../server/index.ts";
import type { StartTrouble } from "./desktop-deps.ts";
import { followGlance, type GlanceFollower } from "./follow-glance.ts";
import type { ShellDeps } from "./shell-deps.ts";
import type { ServerState } from "./tray-state.ts";

export interface RunningServer {
  /** The console's address with its token; null while the server does not run. */
  address(): string | null;
  state(): ServerState;
  glance(): Glance | null;
  /** Null when it runs; else why it does not. Whoever asks while it starts waits for the same start. */
  start(): Promise<StartTrouble | null>;
  switchOutreach(change: "pause" | "resume"): Promise<void>;
  /** Before an update: what can be gone back to. Rejects while no gateway runs, since nothing would be kept. */
  keepRestorePoint(): Promise<void>;
  /** `start` may be asked for again after it. */
  stop(limitMs: number): Promise<void>;
}

interface ServerDeps
  extends Pick<ShellDeps, "calls" | "call" | "environment" | "writeLog" | "log" | "timer"> {
  readonly startServer: ShellDeps["startServer"];
  readonly onOrigin: ShellDeps["onOrigin"];
  /** State or glance are new. */
  readonly onChange: () => void;
  /** It ran and runs no more; start may be asked for again. */
  readonly onDown: (trouble: StartTrouble) => void;
}

const BY = "somebody at the desktop app";

export function createRunningServer(deps: ServerDeps): RunningServer {
  let gateway: Gateway | null = null;
  let state: ServerState = "starting";
  let glance: Glance | null = null;
  let follower: GlanceFollower | null = null;
  let starting: Promise<StartTrouble | null> | null = null;

  const become = (next: ServerState): void => {
    state = next;
    deps.onChange();
  };
  const fail = (trouble: StartTrouble): StartTrouble => {
    deps.log(`the server does not run: ${trouble.sentence}`);
    become("failed");
    return trouble;
  };
  const goDown = async (trouble: StartTrouble): Promise<void> => {
    const before = gateway;
    gateway = null;
    follower?.stop();
    // It still holds the data folder, which the next start needs.
    await before?.stop(0);
    if (before !== null && state === "running") deps.onDown(fail(trouble));
  };
  const start = async (): Promise<StartTrouble | null> => {
    become("starting");
    const { call, environment, writeLog } = deps;
    const onDown = (trouble: StartTrouble): void => {
      goDown(trouble).catch((error: unknown) => deps.log(`what went down was not closed: ${String(error)}`));
    };
    const started = await deps.startServer({ flags: call.flags, environment, writeLog, onDown });
    if ("trouble" in started) return fail(started.trouble);
    gateway = started.gateway;
    deps.onOrigin(new URL(gateway.addresses.adminUrl).origin);
    follower = followGlance({
      ...deps,
      gateway,
      onGlance: (next) => {
        glance = next;
        deps.onChange();
      },
    });
    become("running");
    return null;
  };

  deps.calls.powerMonitor.on("suspend", () => gateway?.sleep());
  deps.calls.powerMonitor.on("resume", () => {
    gateway?.wake().catch((error: unknown) => deps.log(`waking was not followed up: ${String(error)}`));
  });
  return {
    address: () => gateway?.addresses.adminUrl ?? null,
    state: () => state,
    glance: () => glance,
    start: () => {
      starting ??= start().finally(() => {
        starting = null;
      });
      return starting;
    },
    switchOutreach: async (change) => {
      await gateway?.switchOutreach(change, BY);
      follower?.look();
    },
    keepRestorePoint: async () => {
      if (gateway === null) throw new Error("the gateway does not run");
      await gateway.keepRestorePoint("update");
    },
    stop: async (limitMs) => {
      become("stopping");
      // A start that is under way is waited for: its listeners and its lock must not outlive the decision to leave.
      await starting;
      follower?.stop();
      try {
        await gateway?.stop(limitMs);
      } finally {
        gateway = null;
      }
    },
  };
}

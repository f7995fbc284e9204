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
  /** Before an update: what can be gone back to. */
  keepRestorePoint(): Promise<void>;
  stop(limitMs: number): Promise<void>;
}

interface ServerDeps
  extends Pick<ShellDeps, "calls" | "call" | "environment" | "writeLog" | "log" | "timer"> {
  readonly startServer: ShellDeps["startServer"];
  readonly onOrigin: ShellDeps["onOrigin"];
  /** State or glance are new. */
  readonly onChange: () => void;
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
  const start = async (): Promise<StartTrouble | null> => {
    become("starting");
    const { call, environment, writeLog } = deps;
    const started = await deps.startServer({ flags: call.flags, environment, writeLog });
    if ("trouble" in started) {
      deps.log(`the server did not start: ${started.trouble.sentence}`);
      become("failed");
      return started.trouble;
    }
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
      await gateway?.keepRestorePoint("update");
    },
    stop: async (limitMs) => {
      become("stopping");
      // A start that is under way is waited for: its listeners and its lock must not outlive the decision to leave.
      await starting;
      follower?.stop();
      await gateway?.stop(limitMs);
    },
  };
}

// Leaving: no new work, what runs is let finish within a limit, everything is closed, then the process ends. Whoever asks a
// second time leaves at once; nothing that was accepted is lost by that either.
import type { DesktopTimer } from "./desktop-deps.ts";
import type { ElectronCalls } from "./electron-calls.ts";

interface QuitDeps {
  readonly app: ElectronCalls["app"];
  readonly timer: DesktopTimer;
  readonly log: (line: string) => void;
  /** Windows away, tray says so. */
  readonly onBegin: () => void;
  /** Stops the server, letting what runs finish for at most so long. */
  readonly stop: (limitMs: number) => Promise<void>;
}

export interface Quit {
  /** Begins to leave, as the menu's Quit does; `code` other than 0 after an error nobody caught. */
  begin(code?: number): void;
  /** The system gives only moments: a sign-out, a shutdown. */
  hurry(): void;
  isLeaving(): boolean;
}

const DRAIN_MS = 5_000;
const HURRIED_MS = 1_500;
/** The server's own limit and the closing of its listeners and files. Then it ends whatever hangs. */
const CLOSING_MS = 5_000;

export function createQuit({ app, timer, log, onBegin, stop }: QuitDeps): Quit {
  let leaving = false;
  const leave = (limitMs: number, code: number): void => {
    leaving = true;
    onBegin();
    const giveUp = timer.after(limitMs + CLOSING_MS, () => {
      log("the gateway did not close in time");
      app.exit(1);
    });
    stop(limitMs).then(
      () => {
        giveUp();
        app.exit(code);
      },
      (error: unknown) => {
        giveUp();
        log(`the gateway did not stop cleanly: ${String(error)}`);
        app.exit(1);
      },
    );
  };
  const begin = (limitMs: number, code: number): void => {
    if (leaving) app.exit(code);
    else leave(limitMs, code);
  };
  app.on("before-quit", (event) => {
    event.preventDefault();
    begin(DRAIN_MS, 0);
  });
  return {
    begin: (code = 0) => begin(DRAIN_MS, code),
    hurry: () => {
      if (!leaving) leave(HURRIED_MS, 0);
    },
    isLeaving: () => leaving,
  };
}

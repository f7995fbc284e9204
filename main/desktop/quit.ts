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
  /** Begins to leave, as the menu's Quit does; `code` other than 0 after an error nobody caught. `last` runs when everything
   * is closed, right before the process ends. */
  begin(code?: number, last?: () => void): void;
  /** The system gives only moments: a sign-out, a shutdown. */
  hurry(): void;
  /**
   * Closes everything as `begin` does, and then lets `handOver` end the process in its own way: from then on nothing keeps
   * windows or the app from closing. Resolves when it was handed over; rejects with what `handOver` throws.
   */
  leaveFor(handOver: () => void): Promise<void>;
  /** What was handed over to did not begin. An end of the app that it asks for nevertheless is refused until `back` is done. */
  comeBack(back: () => Promise<void>): Promise<void>;
  isLeaving(): boolean;
}

const DRAIN_MS = 5_000;
const HURRIED_MS = 1_500;
/** The server's own limit and the closing of its listeners and files. Then it ends whatever hangs. */
const CLOSING_MS = 5_000;
/** A failed installer's quit of the app comes within so long after its error. */
const QUITS_WITHIN_MS = 200;

export function createQuit(deps: QuitDeps): Quit {
  const { app, timer } = deps;
  let way: "here" | "leaving" | "hurrying" | "handed over" | "coming back" = "here";
  const isLeaving = (): boolean => way !== "here" && way !== "coming back";
  const close = (limitMs: number, as: "leaving" | "hurrying" = "leaving"): Promise<boolean> => {
    way = as;
    deps.onBegin();
    return closeWithin(deps, limitMs);
  };
  const leave = async (closed: Promise<boolean>, code: number, last?: () => void): Promise<void> => {
    const cleanly = await closed;
    try {
      last?.();
    } finally {
      app.exit(cleanly ? code : 1);
    }
  };
  const begin = (code: number, last?: () => void): void => {
    if (isLeaving()) app.exit(code);
    else void leave(close(DRAIN_MS), code, last);
  };
  app.on("before-quit", (event) => {
    if (way === "handed over") return;
    event.preventDefault();
    // A system that shuts down asks in several ways; only a person who asks twice wants it at once.
    if (way !== "coming back" && way !== "hurrying") begin(0);
  });
  return {
    begin: (code = 0, last) => begin(code, last),
    hurry: () => {
      if (!isLeaving()) void leave(close(HURRIED_MS, "hurrying"), 0);
    },
    leaveFor: async (handOver) => {
      // What did not close in time ends with the process, and nothing that was accepted is lost by that.
      await close(DRAIN_MS);
      way = "handed over";
      handOver();
    },
    comeBack: async (back) => {
      way = "coming back";
      // On Windows the updater quits the app right after it said that it could not run the installer.
      await new Promise<void>((resolve) => timer.after(QUITS_WITHIN_MS, resolve));
      if (way === "coming back") await back();
      if (way === "coming back") way = "here";
    },
    isLeaving,
  };
}

/** Whether everything closed, and cleanly; what hangs is given up on. */
function closeWithin({ timer, log, stop }: QuitDeps, limitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const giveUp = timer.after(limitMs + CLOSING_MS, () => {
      log("the gateway did not close in time");
      resolve(false);
    });
    stop(limitMs).then(
      () => {
        giveUp();
        resolve(true);
      },
      (error: unknown) => {
        giveUp();
        log(`the gateway did not stop cleanly: ${String(error)}`);
        resolve(false);
      },
    );
  });
}

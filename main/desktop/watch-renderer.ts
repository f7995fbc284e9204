// A window whose page died or hangs is loaded again; the server behind it goes on undisturbed. One that dies again and again
// is not: then a page without scripts says so.

import type { DesktopTimer } from "./desktop-deps.ts";
import type { WindowCalls } from "./electron-calls.ts";

/** More than so many within the span, and it is given up. */
const MOST = 3;
const SPAN_MS = 60_000;
/** So long a page may hang before it is loaded again. */
const PATIENCE_MS = 15_000;

const RELOAD_MS = 200;

export interface RendererWatch {
  readonly timer: DesktopTimer;
  readonly log: (line: string) => void;
  readonly reload: () => void;
  readonly giveUp: () => void;
}

export interface RendererLosses {
  /** Watches a window; to be called for each new one. */
  watch(window: WindowCalls): void;
}

export function watchRenderer({ timer, log, reload, giveUp }: RendererWatch): RendererLosses {
  let lost: number[] = [];
  const onLoss = (why: string): void => {
    const now = timer.now();
    lost = [...lost.filter((at) => now - at < SPAN_MS), now];
    log(`the window's page was lost (${why}), ${lost.length} within a minute`);
    const act = lost.length <= MOST ? reload : giveUp;
    if (lost.length > MOST) lost = [];
    // Not in the middle of the event that told of it.
    timer.after(RELOAD_MS, act);
  };
  return {
    watch: (window) => {
      let endPatience: () => void = () => undefined;
      window.webContents.on("render-process-gone", (_event, { reason }) => {
        endPatience();
        if (reason !== "clean-exit") onLoss(reason);
      });
      window.on("unresponsive", () => {
        endPatience();
        endPatience = timer.after(PATIENCE_MS, () => {
          log("the window's page hangs and is ended");
          // The same process would hang on: only a new one can load it. That it is gone is told as of any other.
          window.webContents.forcefullyCrashRenderer();
        });
      });
      window.on("responsive", () => endPatience());
      window.on("closed", () => endPatience());
    },
  };
}

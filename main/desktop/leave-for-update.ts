// Gives the program's place to the version that was fetched: everything is closed first, then the updater ends the process.
// Where the updater cannot begin, the gateway comes back. Each system has its own order of things:
// - macOS: the system's updater closes every window and quits only then; it first takes in what was fetched, for seconds to
//   minutes, during which the gateway goes on.
// - an AppImage: the new program is started before this one has ended.
// - Windows and deb: the installer needs this program to have ended, and may ask for a password first.
// Called by updates.
import type { Environment } from "../common-flags.ts";
import type { DesktopTimer } from "./desktop-deps.ts";
import type { ElectronCalls, NativeUpdaterCalls } from "./electron-calls.ts";
import type { Quit } from "./quit.ts";
import type { UpdaterCalls } from "./updater-calls.ts";

interface LeaveDeps {
  readonly app: ElectronCalls["app"];
  readonly nativeUpdater: ElectronCalls["nativeUpdater"];
  readonly platform: NodeJS.Platform;
  readonly environment: Environment;
  readonly timer: DesktopTimer;
  readonly quit: Pick<Quit, "leaveFor" | "comeBack" | "isLeaving">;
  /** Starts the gateway again and shows it. */
  readonly restart: () => Promise<void>;
}

/** Rejects with what went wrong, once the gateway runs again. Where all goes well the process ends before it settles. */
export type LeaveForUpdate = (updater: UpdaterCalls) => Promise<never>;

const TAKING_IN_MS = 300_000;
/** Nothing was heard of the installer for so long after it was called. */
const HANDED_OVER_MS = 60_000;

export function createLeaveForUpdate(deps: LeaveDeps): LeaveForUpdate {
  const { app, quit, environment } = deps;
  const isAppImage = Boolean(environment.APPIMAGE);
  return async (updater) => {
    if (deps.platform === "darwin") await takeIn(deps.nativeUpdater(), deps.timer);
    if (quit.isLeaving()) throw new Error("the program was told to quit meanwhile");
    const failed = new Promise<unknown>((resolve) => updater.once("error", resolve));
    const why = await quit
      .leaveFor(() => {
        // The new program would take this one for the app that is there, and give way to it.
        if (isAppImage) app.releaseSingleInstanceLock();
        updater.quitAndInstall(false, true);
      })
      .then(
        () => Promise.race([failed, silence(deps.timer)]),
        (error: unknown) => error,
      );
    await quit.comeBack(async () => {
      // Somebody started the app meanwhile, which now has the data folder.
      if (isAppImage && !app.requestSingleInstanceLock()) app.exit(0);
      else await deps.restart();
    });
    throw why;
  };
}

const silence = (timer: DesktopTimer): Promise<unknown> =>
  new Promise((resolve) => {
    timer.after(HANDED_OVER_MS, () => resolve(new Error("the installer did not end the program")));
  });

/** The system's updater gets what was fetched, checks it and lays it ready. */
function takeIn(native: NativeUpdaterCalls, timer: DesktopTimer): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = timer.after(TAKING_IN_MS, () =>
      reject(new Error("the system did not take the update in")),
    );
    native.once("update-downloaded", () => {
      giveUp();
      resolve();
    });
    const fail = (error: Error): void => {
      giveUp();
      reject(error);
    };
    native.once("error", fail);
    native.once("update-not-available", () => fail(new Error("the system found no update")));
    native.checkForUpdates();
  });
}

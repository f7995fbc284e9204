// What electron-updater does on each system once it is told to install (AppImageUpdater, NsisUpdater, MacUpdater over
// BaseUpdater), upon the stand-in of Electron: who ends what, in which order, and how a failure is told.
import { EventEmitter } from "node:events";
import type { UpdaterCalls } from "../../main/desktop/updater-calls.ts";
import type { ElectronStandIn } from "./electron-stand-in.ts";

export type UpdaterKind = "AppImage" | "NSIS" | "macOS";

export function createUpdaterStandIn(standIn: ElectronStandIn, kind: UpdaterKind, fails = false) {
  const events = new EventEmitter();
  const done: string[] = [];
  // As electron-updater does, so that an error nobody else listens to ends nothing.
  events.on("error", () => undefined);
  standIn.onNative("error", (error: Error) => events.emit("error", error));
  const taken = { in: false };
  standIn.onNative("update-downloaded", () => {
    taken.in = true;
  });
  const fail = (): void => void events.emit("error", new Error("it cannot be installed"));
  const quitSoon = (): void => void setImmediate(() => standIn.calls.app.quit());

  const install: Record<UpdaterKind, () => void> = {
    AppImage: () => {
      if (fails) return fail();
      done.push(standIn.holdsLock() ? "the new program gave way" : "the new program runs");
      quitSoon();
    },
    // That the installer cannot be run is told on the next tick, and the app quits all the same.
    NSIS: () => {
      if (fails) process.nextTick(fail);
      else done.push(standIn.holdsLock() ? "the installer waits" : "a second start would not be noticed");
      quitSoon();
    },
    macOS: () => {
      if (taken.in) standIn.quitAndInstallNatively();
      else {
        standIn.onNative("update-downloaded", standIn.quitAndInstallNatively);
        standIn.calls.nativeUpdater().checkForUpdates();
      }
    },
  };
  const updater = {
    checkForUpdates: async () => ({ isUpdateAvailable: true, updateInfo: { version: "1.3.0" } }),
    downloadUpdate: async () => [],
    quitAndInstall: () => {
      done.push("told to install");
      install[kind]();
    },
    once: events.once.bind(events),
  } as unknown as UpdaterCalls;
  return { updater, done };
}

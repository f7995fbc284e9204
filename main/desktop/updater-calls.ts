// What the shell asks of electron-updater, as one narrow type made from its own. main.ts hands the real one in, tests a
// stand-in.
import type { AppUpdater } from "electron-updater";

export type UpdaterCalls = Pick<
  AppUpdater,
  | "autoDownload"
  | "autoInstallOnAppQuit"
  | "allowDowngrade"
  | "channel"
  | "logger"
  | "checkForUpdates"
  | "downloadUpdate"
  | "quitAndInstall"
> & { readonly once: (event: "error", listener: (error: Error) => void) => unknown };

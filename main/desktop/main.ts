// Entry of the desktop app: hands Electron to the shell. The only file, besides the preload script, that loads Electron.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  app,
  autoUpdater,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  Notification,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  Tray,
} from "electron";
import type { ElectronCalls, TrayCalls } from "./electron-calls.ts";
import { readBuild } from "./read-build.ts";
import { runDesktop } from "./run-desktop.ts";

// What the gateway writes holds other people's customers: it is for this user alone, whatever folder it was given.
process.umask(0o077);

const createTray = (image: string): TrayCalls => {
  const tray = new Tray(image);
  return {
    setImage: (path) => tray.setImage(path),
    setToolTip: (text) => tray.setToolTip(text),
    setContextMenu: (template) => tray.setContextMenu(Menu.buildFromTemplate(template)),
    on: (event, listener) => tray.on(event, listener),
  };
};

const calls: ElectronCalls = {
  app,
  ipcMain,
  dialog,
  shell,
  nativeUpdater: () => autoUpdater,
  powerMonitor,
  protocol,
  displays: () => screen.getAllDisplays(),
  openSession: (partition) => session.fromPartition(partition),
  createWindow: (options) => new BrowserWindow(options),
  createTray,
  createNotification: (options) => new Notification(options),
  canNotify: () => Notification.isSupported(),
  setApplicationMenu: (template) => Menu.setApplicationMenu(Menu.buildFromTemplate(template)),
  versions: process.versions,
};

const program = app.getAppPath();
const readme = join(app.isPackaged ? process.resourcesPath : program, "README.md");
// Not awaited: Electron is only ready once this file has run to its end.
runDesktop({
  calls,
  // Out of a checkout the program's folder comes before what was given.
  argv: process.argv.slice(app.isPackaged ? 1 : 2),
  environment: process.env,
  platform: process.platform,
  executable: process.execPath,
  preload: join(import.meta.dirname, "preload.cjs"),
  icons: join(program, "main", "desktop", "icons"),
  readme: existsSync(readme) ? readme : null,
  documents: app.getPath("documents"),
  version: app.getVersion(),
  timer: {
    now: () => Date.now(),
    after: (ms, act) => {
      const timer = setTimeout(act, ms);
      return () => clearTimeout(timer);
    },
  },
  build: readBuild(program),
  openUpdater: async () => (await import("electron-updater")).default.autoUpdater,
  run: async (file, parameters) => (await promisify(execFile)(file, parameters, { timeout: 3_000 })).stdout,
  onFatal: (listener) => {
    process.on("uncaughtException", listener);
    process.on("unhandledRejection", listener);
  },
  startServer: async (start) => (await import("./start-server.ts")).startServer(start),
}).catch((error: unknown) => {
  dialog.showErrorBox(
    "Aventora Gateway could not start",
    error instanceof Error ? error.message : String(error),
  );
  app.exit(1);
});

// Drives the built app in Electron itself. What cannot be reached from outside (tray, computer's programs) is listened to on
// Electron's own objects, which the app uses as well.
import { resolve } from "node:path";
import { _electron, type ElectronApplication } from "@playwright/test";
import {
  DESKTOP_ENVIRONMENT,
  type DesktopDriver,
  type DesktopStart,
  desktopArguments,
  makeDataFolders,
  type RunningDesktop,
} from "./desktop-driver.ts";

const ROOT = resolve(import.meta.dirname, "../..");

interface Heard {
  opened: string[];
  folders: string[];
  tray: { id: string; label: string; click: () => void }[];
}
type WithHeard = typeof globalThis & { heard: Heard };

export function driveElectron(executablePath: string): DesktopDriver {
  const folders = makeDataFolders();
  const running: ElectronApplication[] = [];

  const launch = (dataDir: string, options: DesktopStart): Promise<ElectronApplication> =>
    _electron.launch({
      executablePath,
      args: [...sandboxArguments(), ROOT, ...desktopArguments(dataDir, options.argv)],
      env: { ...display(), ...DESKTOP_ENVIRONMENT, ...options.environment },
    });

  const start = async (options: DesktopStart = {}): Promise<RunningDesktop> => {
    const dataDir = options.dataDir ?? folders.make();
    const app = await launch(dataDir, options);
    running.push(app);
    const ended = new Promise<number | null>((done) => app.process().once("exit", done));
    await listen(app);
    return {
      ...commandsOf(app),
      dataDir,
      ended,
      startAgain: (...argv) => startAgain(executablePath, dataDir, argv),
    };
  };
  return {
    start,
    close: async () => {
      for (const app of running.splice(0)) await app.close().catch(() => undefined);
      folders.remove();
    },
  };
}

/** Listens on what main.ts handed to the shell: the very objects of Electron. */
const listen = (app: ElectronApplication): Promise<void> =>
  app.evaluate(({ shell, Tray, Menu }) => {
    const heard: Heard = { opened: [], folders: [], tray: [] };
    (globalThis as WithHeard).heard = heard;
    shell.openExternal = async (url) => void heard.opened.push(url);
    shell.openPath = async (path) => {
      heard.folders.push(path);
      return "";
    };
    const keep = Tray.prototype.setContextMenu;
    Tray.prototype.setContextMenu = function (menu) {
      const items = menu instanceof Menu ? menu.items : [];
      heard.tray = items.map(({ id, label, click }) => ({ id, label, click: () => void click() }));
      keep.call(this, menu);
    };
  });

function commandsOf(app: ElectronApplication): Omit<RunningDesktop, "dataDir" | "ended" | "startAgain"> {
  const heard = <K extends "opened" | "folders">(what: K): Promise<string[]> =>
    app.evaluate((_electronModule, name) => (globalThis as WithHeard).heard[name], what);
  return {
    page: async () => app.windows().at(-1) ?? app.firstWindow(),
    isVisible: () =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((one) => one.isVisible())),
    closeWindow: () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close()),
    trayLabels: () => app.evaluate(() => (globalThis as WithHeard).heard.tray.map(({ label }) => label)),
    clickTray: (id) =>
      app.evaluate(
        (_electronModule, wanted) =>
          (globalThis as WithHeard).heard.tray.find((item) => item.id === wanted)?.click(),
        id,
      ),
    clickMenu: (id) =>
      app.evaluate(
        ({ Menu }, wanted) => void Menu.getApplicationMenu()?.getMenuItemById(wanted)?.click(),
        id,
      ),
    power: (event) => app.evaluate(({ powerMonitor }, name) => void powerMonitor.emit(name), event),
    crashPage: async () => {
      await app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
      );
    },
    opened: () => heard("opened"),
    openedFolders: () => heard("folders"),
    isGranted: async (permission) => {
      const page = await app.firstWindow();
      const name = permission === "clipboard-sanitized-write" ? "clipboard-write" : permission;
      return page.evaluate(
        async (asked) =>
          (await navigator.permissions.query({ name: asked as PermissionName })).state === "granted",
        name,
      );
    },
    // A page the app did not make is closed before it can call anything; whether one was left is what is asked.
    callAsStranger: () =>
      app.evaluate(async ({ BrowserWindow, app: itself }) => {
        const stranger = new BrowserWindow({ show: false });
        await new Promise((done) => setTimeout(done, 500));
        const held = stranger.isDestroyed() || !itself.isPackaged;
        if (!stranger.isDestroyed()) stranger.destroy();
        return held ? "a stranger may not call" : "a stranger's page was left";
      }),
    quit: async () => {
      // Answered or not: the process may be gone first.
      await app.evaluate(({ app: itself }) => itself.quit()).catch(() => undefined);
    },
  };
}

async function startAgain(executablePath: string, dataDir: string, argv: readonly string[]): Promise<void> {
  const { spawn } = await import("node:child_process");
  const second = spawn(executablePath, [...sandboxArguments(), ROOT, ...desktopArguments(dataDir, argv)], {
    env: { ...display(), ...DESKTOP_ENVIRONMENT },
    stdio: "ignore",
  });
  await new Promise((done) => second.once("exit", done));
}

/** Chromium refuses to run sandboxed as root. */
const sandboxArguments = (): string[] => (process.getuid?.() === 0 ? ["--no-sandbox"] : []);

/** The screen and what a program needs to run at all. */
const display = (): Record<string, string> =>
  Object.fromEntries(
    [
      "PATH",
      "HOME",
      "DISPLAY",
      "WAYLAND_DISPLAY",
      "XDG_RUNTIME_DIR",
      "DBUS_SESSION_BUS_ADDRESS",
      "SystemRoot",
      "APPDATA",
    ]
      .map((name) => [name, process.env[name]])
      .filter((pair): pair is [string, string] => pair[1] !== undefined),
  );

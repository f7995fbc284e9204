// Drives the shell itself over the stand-in, its windows being pages of a real Chromium with the real preload script and the
// real server behind them.
import type { Browser } from "@playwright/test";
import { runDesktop } from "../../main/desktop/run-desktop.ts";
import { startServer } from "../../main/desktop/start-server.ts";
import { buildPreload } from "./build-preload.ts";
import { desktopDeps } from "./desktop-deps.ts";
import {
  DESKTOP_ENVIRONMENT,
  type DesktopDriver,
  type DesktopStart,
  desktopArguments,
  makeDataFolders,
  type RunningDesktop,
} from "./desktop-driver.ts";
import { createElectronStandIn, type ElectronStandIn } from "./electron-stand-in.ts";
import { lendBrowser } from "./stand-in-pages.ts";

export function driveStandIn(browser: Browser): DesktopDriver {
  const folders = makeDataFolders();
  const running: { standIn: ElectronStandIn; lent: ReturnType<typeof lendBrowser> }[] = [];
  const preload = buildPreload();

  const start = async (options: DesktopStart = {}): Promise<RunningDesktop> => {
    const dataDir = options.dataDir ?? folders.make();
    const late: { standIn?: ElectronStandIn } = {};
    const lent = lendBrowser({
      browser,
      preload: await preload,
      standIn: () => {
        if (late.standIn === undefined) throw new Error("asked too early");
        return late.standIn;
      },
    });
    const standIn = createElectronStandIn({ openPage: lent.openPage });
    late.standIn = standIn;
    running.push({ standIn, lent });
    const given = desktopDeps(standIn, desktopArguments(dataDir, options.argv));
    await runDesktop({
      ...given,
      environment: { ...given.environment, ...DESKTOP_ENVIRONMENT, ...options.environment },
      startServer,
    });
    const pageOf = () => lent.pageOf(standIn.window());
    return {
      dataDir,
      page: pageOf,
      isVisible: async () => standIn.windows.some(({ state }) => state.visible),
      closeWindow: async () => standIn.window().close(),
      startAgain: async (...argv) => standIn.startAgain(...argv),
      trayLabels: async () => standIn.seen.tray.menu.map(({ label = "" }) => label),
      clickTray: async (id) => standIn.clickTray(id),
      clickMenu: async (id) => standIn.clickMenu(id),
      power: async (event) => standIn.power(event),
      crashPage: async () => {
        const page = await pageOf();
        const crashed = page.waitForEvent("crash");
        page.goto("chrome://crash").catch(() => undefined);
        await crashed;
      },
      opened: async () => standIn.seen.opened,
      openedFolders: async () => standIn.seen.openedPaths,
      isGranted: async (permission) =>
        standIn.seen.permissionRequest?.(permission) === true &&
        standIn.seen.permissionCheck?.(permission) === true,
      callAsStranger: async () => {
        const senderFrame = { origin: "https://elsewhere.example", parent: null };
        const event = { sender: { id: standIn.window().id }, senderFrame };
        return JSON.stringify(await standIn.invoke("desktop:about", event));
      },
      quit: async () => standIn.calls.app.quit(),
      ended: standIn.exited,
    };
  };
  return {
    start,
    close: async () => {
      for (const { standIn, lent } of running.splice(0)) {
        if (standIn.exits.length === 0) standIn.calls.app.quit();
        await standIn.exited;
        await lent.close();
      }
      folders.remove();
    },
  };
}

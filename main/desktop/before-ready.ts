// The phases before Electron is ready: single instance, then everything that must be set before the first page can exist.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { LINK_SCHEME } from "./deep-link.ts";
import type { DesktopDeps } from "./desktop-deps.ts";
import { type DesktopArguments, readArguments } from "./read-arguments.ts";
import { SHELL_SCHEME } from "./trouble-page.ts";

/** Where the browser inside keeps its own things, away from the gateway's. */
export const BROWSER_FOLDER = "window";
const APP_ID = "ai.aventora.gateway";

/**
 * One app per data folder. False when another one has it: that one comes to the front, with what this one was started for.
 * @throws Error of the file system, when the data folder cannot be made
 */
export function claimInstance(
  { calls }: Pick<DesktopDeps, "calls">,
  dataFolder: string,
  onSecond: (call: DesktopArguments) => void,
): boolean {
  const folder = join(dataFolder, BROWSER_FOLDER);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Electron tells instances apart by this folder.
  calls.app.setPath("userData", folder);
  if (!calls.app.requestSingleInstanceLock()) return false;
  calls.app.on("second-instance", (_event, argv) => onSecond(readArguments(argv.slice(1))));
  return true;
}

export function prepareApp({
  calls,
  version,
  platform,
}: Pick<DesktopDeps, "calls" | "version" | "platform">): void {
  const { app, protocol } = calls;
  app.enableSandbox();
  // The console speaks to this computer alone; nothing of the page finds out more addresses.
  app.commandLine.appendSwitch("force-webrtc-ip-handling-policy", "disable_non_proxied_udp");
  protocol.registerSchemesAsPrivileged([
    { scheme: SHELL_SCHEME, privileges: { standard: true, secure: true } },
  ]);
  // A checkout would leave the system pointing at a program that is soon gone.
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME);
  if (platform === "win32") app.setAppUserModelId(APP_ID);
  app.setAboutPanelOptions({
    applicationName: "Aventora Gateway",
    applicationVersion: version,
    version: "",
    copyright: "MIT licence",
  });
}

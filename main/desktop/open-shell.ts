// The standing shell: server, windows, tray, menus, notifications and the calls of the console, tied together, and the
// phases of the start from the server on.
import { answerCalls } from "./answer-calls.ts";
import { catchFatal } from "./catch-fatal.ts";
import { closePolicy } from "./close-policy.ts";
import { desktopCalls } from "./desktop-calls.ts";
import { findTray } from "./find-tray.ts";
import { createLeaveForUpdate } from "./leave-for-update.ts";
import { createLoginItem, type LoginItemSwitch } from "./login-item.ts";
import { createNeedTeller } from "./notify-needs.ts";
import { openWindows } from "./open-windows.ts";
import { createQuit, type Quit } from "./quit.ts";
import { createRunningServer, type RunningServer } from "./run-server.ts";
import { shellCommands } from "./shell-commands.ts";
import type { ShellDeps } from "./shell-deps.ts";
import { createStateDisplay } from "./show-state.ts";
import { createTray, type DesktopTray } from "./tray.ts";
import { createUpdates, type Updates } from "./updates.ts";

/** Where the console says what became of an update. */
const UPDATES_ROUTE = "/settings/this-computer";

/** What somebody asked for while the app was starting. */
export interface Wanted {
  readonly hidden: boolean;
  readonly route: string | null;
}

export interface DesktopShell {
  /** Somebody wants to see the app: a second start, a link, the Dock. */
  open(route?: string): void;
  /** The phases from the server on; `wanted` is asked when the window could be shown. */
  start(wanted: () => Wanted): Promise<void>;
}

export function openShell(deps: ShellDeps): DesktopShell {
  const { calls, timer, log } = deps;
  let tray: DesktopTray | null = null;
  const late = { refresh: (): void => undefined, onClose: (): void => undefined };

  const server = createRunningServer({
    ...deps,
    onChange: () => late.refresh(),
    onDown: (trouble) => {
      if (!quit.isLeaving()) windows.sayTrouble(trouble, () => void startServer(open));
    },
  });
  const quit = createQuit({ ...deps, app: calls.app, stop: server.stop, onBegin: () => windows.close() });
  const windows = openWindows({
    ...deps,
    address: server.address,
    onClose: () => late.onClose(),
    onSessionEnd: quit.hurry,
    onFolder: () => commands.openFolder(),
    onQuit: () => quit.begin(),
  });
  const open = (route?: string): void => {
    if (!quit.isLeaving()) windows.open(route);
  };
  const commands = shellCommands({
    ...deps,
    open,
    server,
    consoleWindow: windows.console,
    quit: () => quit.begin(),
  });
  const teller = createNeedTeller({ ...deps, isFocused: windows.console.isFocused, open });
  late.refresh = createStateDisplay({ ...deps, server, teller, commands, tray: () => tray });
  late.onClose = closePolicy({
    ...deps,
    window: windows.console,
    hasTray: () => tray !== null,
    quit: () => quit.begin(),
    say: teller.say,
  });

  const loginItem = createLoginItem(deps);
  renewLoginItem(loginItem, log);
  const updates = openUpdates(deps, { server, quit, restart: () => startServer(() => open(UPDATES_ROUTE)) });
  const answers = desktopCalls({ ...deps, loginItem, updates });
  answerCalls(calls.ipcMain, answers, { window: windows.console.caller, log });
  calls.app.on("activate", () => open());
  calls.powerMonitor.on("shutdown", (event) => {
    event?.preventDefault();
    quit.hurry();
  });
  catchFatal(deps, quit);

  const startServer = async (show: () => void): Promise<void> => {
    const problem = await server.start();
    if (quit.isLeaving()) return;
    if (problem === null) show();
    else windows.sayTrouble(problem, () => void startServer(open));
  };
  return {
    open,
    start: async (wanted) => {
      late.refresh();
      const foundTray = findTray(deps).then((found) => {
        if (found && !quit.isLeaving()) tray = createTray(deps, commands, log);
        late.refresh();
      });
      const mayHide = (): boolean => wanted().hidden || loginItem.startedHidden();
      if (!mayHide()) windows.console.prepare();
      await startServer(() => undefined);
      await foundTray;
      // Without a tray icon nobody could find a hidden app again.
      if (server.address() !== null && !(mayHide() && tray !== null)) open(wanted().route ?? undefined);
      timer.after(0, updates.start);
    },
  };
}

function renewLoginItem(loginItem: LoginItemSwitch, log: ShellDeps["log"]): void {
  try {
    loginItem.renew();
  } catch (error) {
    log(`starting at sign-in was not renewed: ${String(error)}`);
  }
}

interface UpdateTies {
  readonly server: RunningServer;
  readonly quit: Quit;
  readonly restart: () => Promise<void>;
}

const openUpdates = (deps: ShellDeps, { server, quit, restart }: UpdateTies): Updates =>
  createUpdates({
    ...deps,
    keepRestorePoint: server.keepRestorePoint,
    leave: createLeaveForUpdate({ ...deps, ...deps.calls, quit, restart }),
    packaged: deps.calls.app.isPackaged,
    after: deps.timer.after,
    // The console asks how things stand.
    onChange: () => undefined,
    onError: (during, error) => deps.log(`an update failed (${during}): ${String(error)}`),
  });

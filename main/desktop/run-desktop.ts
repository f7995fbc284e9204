// The desktop app's start, in phases: arguments, single instance, before ready, ready, server, window and tray, after. Each
// phase is a few lines here; what they do is in the files they call.
import { randomBytes } from "node:crypto";
import { dataFolderOf } from "../common-flags.ts";
import { claimInstance, prepareApp } from "./before-ready.ts";
import { routeOfLink } from "./deep-link.ts";
import type { DesktopDeps } from "./desktop-deps.ts";
import { openDesktopFile } from "./desktop-file.ts";
import { guardContents } from "./guard-contents.ts";
import { guardSession } from "./guard-session.ts";
import { openLogFile } from "./log-file.ts";
import { createOpenExternal } from "./open-external.ts";
import { openShell } from "./open-shell.ts";
import { readArguments } from "./read-arguments.ts";

/** Resolves when the app stands, or is on its way out because another one runs already. */
export async function runDesktop(deps: DesktopDeps): Promise<void> {
  const { calls, timer } = deps;
  const call = readArguments(deps.argv);
  const dataFolder = dataFolderOf(call.flags, deps.environment);

  // Until the shell stands, what others ask for is kept; the last one counts.
  const wanted: { hidden: boolean; route: string | null } = { hidden: call.hidden, route: call.route };
  const late: { open?: (route?: string) => void } = {};
  const ask = (route: string | null): void => {
    wanted.hidden = false;
    wanted.route = route ?? wanted.route;
    late.open?.(route ?? undefined);
  };
  if (!claim(deps, dataFolder, ask)) return;

  const writeLog = openLogFile(dataFolder, timer.now);
  const log = (line: string): void => writeLog(`${new Date(timer.now()).toISOString()} desktop: ${line}`);
  const openExternal = createOpenExternal((url) => calls.shell.openExternal(url));
  calls.app.on("open-url", (event, url) => {
    event.preventDefault();
    ask(routeOfLink(url));
  });
  // Without a listener Electron would end with the last window.
  calls.app.on("window-all-closed", () => undefined);
  prepareApp(deps);
  const guard = guardContents({ app: calls.app, openExternal, log });

  await calls.app.whenReady();
  const place: { origin: string | null } = { origin: null };
  const session = guardSession(calls, { consoleOrigin: () => place.origin });
  await session.setProxy({ mode: "direct" });
  const shell = openShell({
    ...deps,
    call,
    dataFolder,
    file: openDesktopFile(dataFolder, (error) => log(`desktop.json was not kept: ${String(error)}`)),
    guard,
    session,
    openExternal,
    writeLog,
    log,
    nonce: () => randomBytes(16).toString("base64"),
    onOrigin: (origin) => {
      place.origin = origin;
    },
  });
  late.open = shell.open;
  await shell.start(() => wanted);
}

/** False: this process has nothing more to do. */
function claim(deps: DesktopDeps, dataFolder: string, ask: (route: string | null) => void): boolean {
  const { app, dialog } = deps.calls;
  try {
    if (claimInstance(deps, dataFolder, (second) => ask(second.route))) return true;
    app.exit(0);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    dialog.showErrorBox("Aventora Gateway", `The data folder ${dataFolder} cannot be used: ${why}`);
    app.exit(1);
  }
  return false;
}

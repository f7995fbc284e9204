// Whether the app starts when the person signs in, and with its window or only the tray icon.
import type { LoginItem, LoginItemChange } from "../../shared/desktop-contract.ts";
import { autostartFile, readAutostart, renewAutostart, writeAutostart } from "./autostart-file.ts";
import type { DesktopDeps } from "./desktop-deps.ts";
import type { DesktopFile } from "./desktop-file.ts";

export const HIDDEN = "--hidden";

export interface LoginItemSwitch {
  read(): LoginItem;
  /** Throws a sentence where it cannot be switched. */
  change(change: LoginItemChange): LoginItem;
  /** At each start: what starts at sign-in is the program that runs now. Throws what the file system says. */
  renew(): void;
  /** Started by the system at sign-in on a Mac, which hands no arguments over, and wanted without a window. */
  startedHidden(): boolean;
}

type LoginDeps = Pick<DesktopDeps, "calls" | "platform" | "environment" | "executable"> & {
  readonly file: DesktopFile;
};

const NOT_INSTALLED = "Starting at sign-in can be switched on in the installed app, not in a checkout.";

export function createLoginItem(deps: LoginDeps): LoginItemSwitch {
  const { calls, platform, environment, executable, file } = deps;
  const problem = calls.app.isPackaged ? null : NOT_INSTALLED;
  const autostart = autostartFile(environment);
  // An AppImage runs from a place that is gone with it; this is the file itself.
  const program = environment.APPIMAGE || executable;
  const current = (): LoginItemChange => {
    if (platform === "linux") return readAutostart(autostart);
    const hidden = file.read().hiddenAtLogin;
    const args = platform === "win32" && hidden ? [HIDDEN] : [];
    return { openAtLogin: calls.app.getLoginItemSettings({ args }).openAtLogin, hidden };
  };
  const read = (): LoginItem =>
    problem === null ? { ...current(), problem } : { openAtLogin: false, hidden: false, problem };
  return {
    read,
    change: (change) => {
      if (problem !== null) throw new Error(problem);
      if (platform === "linux") writeAutostart(autostart, program, change);
      else {
        const args = platform === "win32" && change.hidden ? [HIDDEN] : [];
        calls.app.setLoginItemSettings({ openAtLogin: change.openAtLogin, args });
        file.change({ hiddenAtLogin: change.hidden });
      }
      return read();
    },
    renew: () => {
      if (problem === null && platform === "linux") renewAutostart(autostart, program);
    },
    startedHidden: () =>
      platform === "darwin" && file.read().hiddenAtLogin && calls.app.getLoginItemSettings().wasOpenedAtLogin,
  };
}

// What a person can ask of the shell from tray and menu bar.
import type { ConsoleWindow } from "./console-window.ts";
import type { MenuCommands } from "./menus.ts";
import type { RunningServer } from "./run-server.ts";
import type { ShellDeps } from "./shell-deps.ts";
import type { TrayCommands } from "./tray.ts";

interface CommandDeps extends Pick<ShellDeps, "calls" | "dataFolder" | "readme" | "log"> {
  readonly open: (route?: string) => void;
  readonly quit: () => void;
  readonly server: RunningServer;
  readonly consoleWindow: ConsoleWindow;
}

export function shellCommands(deps: CommandDeps): TrayCommands & MenuCommands {
  const { calls, consoleWindow, log, open, readme } = deps;
  const switchOutreach = (change: "pause" | "resume"): void => {
    deps.server.switchOutreach(change).then(
      () => consoleWindow.send({ command: "outreach-switched" }),
      (error: unknown) => log(`outreach could not be switched: ${String(error)}`),
    );
  };
  const openPath = (path: string): void => {
    calls.shell.openPath(path).then(
      (problem) => problem !== "" && log(`${path} was not opened: ${problem}`),
      (error: unknown) => log(`${path} was not opened: ${String(error)}`),
    );
  };
  return {
    open: () => open(),
    go: open,
    find: () => {
      open();
      consoleWindow.send({ command: "find" });
    },
    pauseOutreach: () => switchOutreach("pause"),
    resumeOutreach: () => switchOutreach("resume"),
    openFolder: () => openPath(deps.dataFolder),
    openReadme: readme === null ? undefined : () => openPath(readme),
    about: () => calls.app.showAboutPanel(),
    quit: deps.quit,
  };
}

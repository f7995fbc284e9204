// The two windows of the app and the ways between them: the console, and the page that says why it cannot be shown.
import { type ConsoleWindow, createConsoleWindow } from "./console-window.ts";
import { describeTrouble, PAGE_TROUBLE } from "./describe-trouble.ts";
import type { StartTrouble } from "./desktop-deps.ts";
import type { ShellDeps } from "./shell-deps.ts";
import type { TroubleText } from "./trouble-page.ts";
import { createTroubleWindow } from "./trouble-window.ts";
import { watchRenderer } from "./watch-renderer.ts";

export interface WindowsDeps extends ShellDeps {
  readonly address: () => string | null;
  readonly onClose: () => void;
  readonly onSessionEnd: () => void;
  readonly onFolder: () => void;
  readonly onQuit: () => void;
}

export interface Windows {
  readonly console: ConsoleWindow;
  /** Shows the console, or what is in its place. */
  open(route?: string): void;
  /** Says why the server could not start; `retry` is its button. */
  sayTrouble(problem: StartTrouble, retry: () => void): void;
  /** Both away, for good. */
  close(): void;
}

export function openWindows(deps: WindowsDeps): Windows {
  let retry: () => void = () => undefined;
  const trouble = createTroubleWindow({
    ...deps,
    onCommand: (command) => {
      if (command === "retry") retry();
      else if (command === "folder") deps.onFolder();
      else deps.onQuit();
    },
  });
  const say = (text: TroubleText, again: () => void): void => {
    retry = again;
    consoleWindow.destroy();
    trouble.show(text);
  };
  const open = (route?: string): void => {
    if (deps.address() === null) {
      trouble.focus();
      return;
    }
    trouble.close();
    consoleWindow.open(route);
  };
  const losses = watchRenderer({
    ...deps,
    reload: () => consoleWindow.reload(),
    giveUp: () => say(PAGE_TROUBLE, open),
  });
  const consoleWindow = createConsoleWindow({ ...deps, losses });
  return {
    console: consoleWindow,
    open,
    sayTrouble: (problem, again) => say(describeTrouble(problem), again),
    close: () => {
      consoleWindow.destroy();
      trouble.close();
    },
  };
}

// Shows the page of trouble-page.ts in a small window without scripts, and hears its buttons.
import type { DesktopTimer } from "./desktop-deps.ts";
import type { ElectronCalls, SessionCalls, WindowCalls } from "./electron-calls.ts";
import type { ContentsGuard } from "./guard-contents.ts";
import { SESSION } from "./guard-session.ts";
import {
  commandOf,
  PAGE_ADDRESS,
  renderTroublePage,
  SHELL_SCHEME,
  type TroubleCommand,
  type TroubleText,
} from "./trouble-page.ts";

export interface TroubleWindow {
  show(text: TroubleText): void;
  /** To the front, if it is there. */
  focus(): void;
  close(): void;
}

interface TroubleWindowDeps {
  readonly calls: Pick<ElectronCalls, "createWindow">;
  readonly session: SessionCalls;
  readonly guard: ContentsGuard;
  readonly timer: DesktopTimer;
  readonly nonce: () => string;
  readonly log: (line: string) => void;
  readonly onCommand: (command: TroubleCommand) => void;
}

export function createTroubleWindow(deps: TroubleWindowDeps): TroubleWindow {
  let window: WindowCalls | null = null;
  let text: TroubleText | null = null;
  deps.session.protocol.handle(SHELL_SCHEME, ({ url }) =>
    text !== null && url === PAGE_ADDRESS
      ? renderTroublePage(text, deps.nonce())
      : new Response(null, { status: 404 }),
  );

  const make = (): WindowCalls => {
    const onRefused = (url: string): boolean => {
      const command = commandOf(url);
      // A command may take this very window away, which must not happen in the middle of its own event.
      if (command !== null) deps.timer.after(0, () => deps.onCommand(command));
      return true;
    };
    const made = deps.guard.admit({ mayGo: () => false, onRefused }, () =>
      deps.calls.createWindow(TROUBLE_WINDOW),
    );
    made.on("ready-to-show", () => made.show());
    made.on("closed", () => {
      if (window === made) window = null;
    });
    return made;
  };

  return {
    show: (next) => {
      text = next;
      window ??= make();
      window
        .loadURL(PAGE_ADDRESS)
        .catch((error: unknown) => deps.log(`the page was not shown: ${String(error)}`));
      window.focus();
    },
    focus: () => window?.focus(),
    close: () => {
      window?.destroy();
      window = null;
    },
  };
}

const TROUBLE_WINDOW = {
  width: 620,
  height: 460,
  show: false,
  title: "Aventora Gateway",
  autoHideMenuBar: true,
  webPreferences: {
    partition: SESSION,
    javascript: false,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    devTools: false,
    spellcheck: false,
  },
} as const;

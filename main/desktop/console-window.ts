// The window with the console: loaded from the gateway's own listener, remembered where it was, closed to the tray.
import type { DesktopCommand, DesktopCommandChannel } from "../../shared/desktop-contract.ts";
import type { DesktopTimer } from "./desktop-deps.ts";
import type { DesktopFile } from "./desktop-file.ts";
import type { ElectronCalls, WindowCalls } from "./electron-calls.ts";
import type { ContentsGuard } from "./guard-contents.ts";
import { SESSION } from "./guard-session.ts";
import type { RendererLosses } from "./watch-renderer.ts";
import { LEAST, placeWindow } from "./window-bounds.ts";

export interface ConsoleWindow {
  /** Makes the window without showing it, so that it is there when the server is. */
  prepare(): void;
  /** Shows the window, making it where there is none; with a route, goes there. */
  open(route?: string): void;
  /** Tells the console, if its window is there. */
  send(command: DesktopCommand): void;
  /** Loads the page again after it was lost. */
  reload(): void;
  /** Whose calls are answered. */
  caller(): { readonly id: number; readonly origin: string } | null;
  /** The person has it before them, or is about to. */
  isFocused(): boolean;
  hide(): void;
  minimize(): void;
  /** For good, without asking anybody. */
  destroy(): void;
}

interface ConsoleWindowDeps {
  readonly calls: Pick<ElectronCalls, "createWindow" | "displays" | "app">;
  readonly guard: ContentsGuard;
  readonly file: DesktopFile;
  readonly timer: DesktopTimer;
  readonly preload: string;
  readonly losses: RendererLosses;
  readonly log: (line: string) => void;
  /** The console's address with its token; null while the server does not run. */
  readonly address: () => string | null;
  /** The person closes the window; it stays unless this takes it away. */
  readonly onClose: () => void;
  /** The computer signs the person out. */
  readonly onSessionEnd: () => void;
}

const COMMANDS: DesktopCommandChannel = "desktop:command";
const SETTLED_MS = 500;

export function createConsoleWindow(deps: ConsoleWindowDeps): ConsoleWindow {
  let window: WindowCalls | null = null;
  /** Settles when the page is there; null before it was asked for. */
  let loaded: Promise<void> | null = null;
  let wasShown = false;

  const origin = (): string | null => originOf(deps.address());
  const load = (into: WindowCalls, route = ""): void => {
    const address = deps.address();
    if (address === null) return;
    // The token is swapped for a cookie and taken out of the address; the route survives that.
    const loading = into.loadURL(route === "" ? address : `${address}#${route}`).catch((error: unknown) => {
      deps.log(`the console was not loaded: ${withoutToken(String(error))}`);
      // Whoever opens it again has it loaded again; aborted only means that another page came in between.
      if (loaded === loading && !String(error).includes("ERR_ABORTED")) loaded = null;
      // Its own page of the failure is more than no window.
      if (!into.isDestroyed()) into.show();
    });
    loaded = loading;
  };

  const make = (): WindowCalls => {
    const memory = deps.file.read();
    const mayGo = (url: string): boolean => originOf(url) === origin();
    const made = deps.guard.admit({ mayGo }, () => deps.calls.createWindow(optionsOf(deps)));
    window = made;
    loaded = null;
    wasShown = false;
    if (memory.maximized) made.maximize();
    rememberPlace(made, deps);
    deps.losses.watch(made);
    made.on("ready-to-show", () => {
      if (!wasShown) made.show();
      wasShown = true;
    });
    made.on("close", (event) => {
      event.preventDefault();
      deps.onClose();
    });
    made.on("closed", () => {
      if (window === made) window = null;
    });
    made.on("session-end", deps.onSessionEnd);
    return made;
  };

  const send = (to: WindowCalls, command: DesktopCommand): void => {
    void loaded?.then(() => {
      if (!to.isDestroyed()) to.webContents.send(COMMANDS, command);
    });
  };

  return {
    prepare: () => {
      if (window === null) make();
    },
    open: (route) => {
      if (deps.address() === null) return;
      const shown = window ?? make();
      if (loaded === null) return load(shown, route);
      if (shown.isMinimized()) shown.restore();
      shown.show();
      shown.focus();
      if (route !== undefined) send(shown, { command: "go", to: route });
    },
    send: (command) => {
      if (window !== null) send(window, command);
    },
    reload: () => {
      if (window !== null) load(window, routeOf(window.webContents.getURL()));
    },
    caller: () => {
      const at = origin();
      return window === null || at === null ? null : { id: window.webContents.id, origin: at };
    },
    isFocused: () => window !== null && (!wasShown || window.isFocused()),
    hide: () => window?.hide(),
    minimize: () => window?.minimize(),
    destroy: () => {
      window?.destroy();
      window = null;
      loaded = null;
    },
  };
}

const originOf = (url: string | null): string | null =>
  url !== null && URL.canParse(url) ? new URL(url).origin : null;
/** Where a page was: the route is in the hash. One that died before it was loaded has no address yet. */
const routeOf = (url: string): string => (URL.canParse(url) ? new URL(url).hash.slice(1) : "");
const withoutToken = (text: string): string => text.replace(/token=[^&#\s]*/g, "token=…");

function optionsOf({ calls, file, preload }: ConsoleWindowDeps) {
  const areas = calls.displays().map(({ workArea }) => workArea);
  return {
    ...placeWindow(file.read().bounds, areas),
    minWidth: LEAST.width,
    minHeight: LEAST.height,
    show: false,
    title: "Aventora Gateway",
    webPreferences: {
      preload,
      partition: SESSION,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      devTools: !calls.app.isPackaged,
      // Its dictionaries would be fetched from elsewhere.
      spellcheck: false,
    },
  };
}

function rememberPlace(window: WindowCalls, { file, timer }: ConsoleWindowDeps): void {
  let cancel: () => void = () => undefined;
  const keep = (): void => {
    cancel();
    if (window.isDestroyed() || window.isMinimized()) return;
    file.change({ bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  };
  const soon = (): void => {
    cancel();
    cancel = timer.after(SETTLED_MS, keep);
  };
  window.on("moved", soon);
  window.on("resized", soon);
  window.on("close", keep);
  window.on("closed", () => cancel());
}

// Electron for tests on machines without it: the one stand-in of what main/desktop/electron-calls.ts names, which the
// compiler holds to electron.d.ts. It keeps what the shell handed over, and lets a test be the system and the person. Pages
// are only addresses unless a browser is lent (stand-in-pages.ts).
import { EventEmitter } from "node:events";
import type { BrowserWindowConstructorOptions, MenuItemConstructorOptions } from "electron";
import type {
  CallEvent,
  ContentsCalls,
  ElectronCalls,
  Permission,
  WindowCalls,
} from "../../main/desktop/electron-calls.ts";

type Listener = (...given: never[]) => void;
type Template = readonly MenuItemConstructorOptions[];
type CallHandler = (event: CallEvent, ...given: unknown[]) => Promise<unknown>;
type AnyRequest = Parameters<
  Parameters<ReturnType<ElectronCalls["openSession"]>["webRequest"]["onBeforeRequest"]>[0]
>;

/** Electron's event with what it says; `prevented` tells what a listener did about it. */
export function makeEvent<Facts extends object>(facts: Facts) {
  const event = {
    ...facts,
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true;
    },
  };
  return event;
}

function listeners() {
  const emitter = new EventEmitter();
  const names: string[] = [];
  return {
    names,
    on: (name: string, listener: Listener): unknown => {
      names.push(name);
      return emitter.on(name, listener as (...given: unknown[]) => void);
    },
    once: (name: string, listener: Listener): unknown =>
      emitter.once(name, listener as (...given: unknown[]) => void),
    emit: (name: string, ...given: readonly unknown[]): void => void emitter.emit(name, ...given),
  };
}

/** What a lent browser does for a window's page. */
export interface StandInPage {
  load(url: string): Promise<void>;
  url(): string;
  deliver(channel: string, sent: unknown): void;
  close(): void;
}
export type OpenPage = (window: StandInWindow) => StandInPage;

const plainPage: OpenPage = (window) => {
  let at = "";
  return {
    load: async (url) => {
      at = url;
      window.emit("ready-to-show");
    },
    url: () => at,
    deliver: () => undefined,
    close: () => undefined,
  };
};

export interface StandInWindow {
  readonly options: BrowserWindowConstructorOptions;
  readonly id: number;
  readonly calls: WindowCalls;
  readonly page: StandInPage;
  /** Everything the shell sent to the page, in order. */
  readonly sent: { readonly channel: string; readonly value: unknown }[];
  readonly loads: string[];
  emit(name: string, ...given: readonly unknown[]): void;
  emitOnContents(name: string, ...given: readonly unknown[]): void;
  /** The page wants to go somewhere; whether it may. */
  navigate(url: string, kind?: "will-navigate" | "will-redirect"): boolean;
  navigateFrame(url: string): boolean;
  /** The page wants a window; whether it gets one. */
  openWindow(url: string): boolean;
  /** The person closes it. */
  close(): void;
  state: { visible: boolean; focused: boolean; minimized: boolean; destroyed: boolean };
}

export interface StandInOptions {
  readonly packaged?: boolean;
  /** False: another instance has the folder. */
  readonly first?: boolean;
  /** What the system's own updater says when it is told to take an update in. */
  readonly takesIn?: "update-downloaded" | "error";
  readonly openPage?: OpenPage;
  readonly canNotify?: boolean;
  readonly tray?: boolean;
}

export type ElectronStandIn = ReturnType<typeof createElectronStandIn>;

export function createElectronStandIn(options: StandInOptions = {}) {
  const app = listeners();
  const power = listeners();
  const trayEvents = listeners();
  const native = listeners();
  const windows: StandInWindow[] = [];
  const handlers = new Map<string, CallHandler>();
  const exits: number[] = [];
  const exited = Promise.withResolvers<number>();
  const seen = {
    sandboxed: false,
    switches: [] as string[],
    paths: {} as Record<string, string>,
    protocols: [] as string[],
    schemes: [] as string[],
    about: {} as object,
    aboutShown: 0,
    login: { openAtLogin: false, args: [] as string[] },
    opened: [] as string[],
    openedPaths: [] as string[],
    errorBoxes: [] as string[],
    messageBoxes: [] as string[],
    notifications: [] as { title: string; body: string; click(): void }[],
    proxy: "",
    partitions: [] as string[],
    tray: { image: "", tip: "", menu: [] as Template, there: false },
    menu: [] as Template,
    permissionRequest: null as ((permission: Permission) => boolean) | null,
    permissionCheck: null as ((permission: Permission) => boolean) | null,
    device: null as (() => boolean) | null,
    requests: null as ((url: string) => boolean) | null,
    served: new Map<string, (request: { readonly url: string }) => Response>(),
  };
  const answers = {
    message: [] as number[],
    open: [] as string[],
    save: [] as string[],
    wasOpenedAtLogin: false,
  };
  const lock = { held: false };
  let ids = 0;
  /** As when the app quits: each window is asked. False: one stays, and the app with it. */
  const closeWindows = (): boolean => {
    for (const window of windows) if (!window.state.destroyed) window.close();
    return windows.every(({ state }) => state.destroyed);
  };

  const createWindow = (given: BrowserWindowConstructorOptions): WindowCalls => {
    const window = makeWindow(given, ++ids, options.openPage ?? plainPage, (contents) =>
      app.emit("web-contents-created", makeEvent({}), contents),
    );
    windows.push(window);
    return window.calls;
  };

  const calls = {
    app: {
      isPackaged: options.packaged ?? true,
      on: app.on,
      whenReady: async () => undefined,
      quit: () => {
        const event = makeEvent({});
        app.emit("before-quit", event);
        if (!event.defaultPrevented && closeWindows()) calls.app.exit(0);
      },
      exit: (code = 0) => {
        lock.held = false;
        exits.push(code);
        exited.resolve(code);
      },
      setPath: (name, path) => {
        seen.paths[name] = path;
      },
      enableSandbox: () => {
        seen.sandboxed = true;
      },
      requestSingleInstanceLock: () => {
        lock.held ||= options.first ?? true;
        return lock.held;
      },
      releaseSingleInstanceLock: () => {
        lock.held = false;
      },
      setAsDefaultProtocolClient: (scheme) => seen.protocols.push(scheme) > 0,
      setAppUserModelId: () => undefined,
      setAboutPanelOptions: (about) => {
        seen.about = about;
      },
      showAboutPanel: () => void seen.aboutShown++,
      getLoginItemSettings: (asked) => ({
        openAtLogin: seen.login.openAtLogin && (asked?.args ?? []).join(" ") === seen.login.args.join(" "),
        wasOpenedAtLogin: answers.wasOpenedAtLogin,
        status: "enabled",
        executableWillLaunchAtLogin: false,
        launchItems: [],
      }),
      setLoginItemSettings: ({ openAtLogin = false, args = [] }) => {
        seen.login = { openAtLogin, args };
      },
      commandLine: { appendSwitch: (name, value) => void seen.switches.push(`${name}=${value ?? ""}`) },
    },
    ipcMain: { handle: (channel, handler) => void handlers.set(channel, handler) },
    dialog: {
      showErrorBox: (title, content) => void seen.errorBoxes.push(`${title}: ${content}`),
      showMessageBox: async ({ message }) => {
        seen.messageBoxes.push(message);
        return { response: answers.message.shift() ?? 2, checkboxChecked: false };
      },
      showSaveDialog: async () => {
        const filePath = answers.save.shift() ?? "";
        return { canceled: filePath === "", filePath };
      },
      showOpenDialog: async () => {
        const filePaths = answers.open.splice(0, 1);
        return { canceled: filePaths.length === 0, filePaths };
      },
    },
    shell: {
      openExternal: async (url) => void seen.opened.push(url),
      openPath: async (path) => {
        seen.openedPaths.push(path);
        return "";
      },
    },
    nativeUpdater: () => ({
      once: native.once,
      checkForUpdates: () => {
        const says = options.takesIn ?? "update-downloaded";
        setImmediate(() => native.emit(says, new Error("the signature is not ours")));
      },
    }),
    powerMonitor: { on: power.on },
    protocol: {
      registerSchemesAsPrivileged: (schemes) =>
        void seen.schemes.push(...schemes.map(({ scheme }) => scheme)),
    },
    displays: () => [],
    openSession: (partition) => {
      seen.partitions.push(partition);
      return {
        setProxy: async ({ mode = "" }) => {
          seen.proxy = mode;
        },
        setPermissionRequestHandler: (handler) => {
          seen.permissionRequest = (permission) => {
            let granted = false;
            handler({}, permission, (answer) => {
              granted = answer;
            });
            return granted;
          };
        },
        setPermissionCheckHandler: (handler) => {
          seen.permissionCheck = (permission) => handler({}, permission);
        },
        setDevicePermissionHandler: (handler) => {
          seen.device = handler;
        },
        webRequest: {
          onBeforeRequest: (listener) => {
            seen.requests = (url) => {
              let allowed = false;
              const details: AnyRequest[0] = { url };
              listener(details, ({ cancel }) => {
                allowed = !cancel;
              });
              return allowed;
            };
          },
        },
        protocol: { handle: (scheme, handler) => void seen.served.set(scheme, handler) },
      };
    },
    createWindow,
    createTray: (image) => {
      if (options.tray === false) throw new Error("no tray here");
      Object.assign(seen.tray, { image, there: true });
      return {
        setImage: (path) => {
          seen.tray.image = path;
        },
        setToolTip: (tip) => {
          seen.tray.tip = tip;
        },
        setContextMenu: (menu) => {
          seen.tray.menu = menu;
        },
        on: trayEvents.on,
      };
    },
    createNotification: ({ title = "", body = "" }) => {
      const events = listeners();
      return {
        show: () =>
          void seen.notifications.push({ title, body, click: () => events.emit("click", makeEvent({})) }),
        close: () => undefined,
        on: events.on,
      };
    },
    canNotify: () => options.canNotify ?? true,
    setApplicationMenu: (template) => {
      seen.menu = template;
    },
    versions: { electron: "45.0.0", chrome: "150.0.0.0", node: "24.0.0" },
  } satisfies ElectronCalls;

  return {
    calls: calls as ElectronCalls,
    seen,
    answers,
    windows,
    exits,
    exited: exited.promise,
    /** Another program started now would give way to this one. */
    holdsLock: () => lock.held,
    onNative: native.on,
    /** Electron's autoUpdater.quitAndInstall on macOS: all windows are closed first, and only then the app quits. */
    quitAndInstallNatively: (): void => {
      if (closeWindows()) calls.app.quit();
    },
    appListens: app.names,
    /** The one window that is there; fails when there is none or more. */
    window: (): StandInWindow => {
      const there = windows.filter(({ state }) => !state.destroyed);
      const [one] = there;
      if (one === undefined || there.length > 1) throw new Error(`${there.length} windows`);
      return one;
    },
    startAgain: (...argv: string[]) => app.emit("second-instance", makeEvent({}), ["program", ...argv], "/"),
    openUrl: (url: string) => app.emit("open-url", makeEvent({}), url),
    activate: () => app.emit("activate"),
    power: (name: "suspend" | "resume") => power.emit(name),
    /** On Linux and macOS; where nobody asks the system to wait, it quits the app right away. True: it waits. */
    shutDown: (): boolean => {
      const event = makeEvent({});
      power.emit("shutdown", event);
      if (!event.defaultPrevented) calls.app.quit();
      return event.defaultPrevented;
    },
    /** A page nobody of the shell made. */
    makeForeignPage: () => {
      const window = makeWindow({}, ++ids, plainPage, (contents) =>
        app.emit("web-contents-created", makeEvent({}), contents),
      );
      return window;
    },
    clickTray: (id: string) => press(seen.tray.menu, id),
    clickMenu: (id: string) => press(seen.menu, id),
    clickTrayIcon: () => trayEvents.emit("click"),
    channels: () => [...handlers.keys()],
    /** As ipcRenderer.invoke in a page; the frame says who calls. */
    invoke: (channel: string, event: CallEvent, ...given: readonly unknown[]): Promise<unknown> =>
      handlers.get(channel)?.(event, ...given) ?? Promise.reject(new Error(`nobody answers ${channel}`)),
  };
}

function press(menu: Template, id: string): void {
  const item = findItem(menu, id);
  if (item?.click === undefined) throw new Error(`no ${id} in the menu`);
  (item.click as () => void)();
}

/** The entry of a menu with this id, however deep. */
export function findItem(menu: Template, id: string): MenuItemConstructorOptions | undefined {
  for (const item of menu) {
    if (item.id === id) return item;
    const below = Array.isArray(item.submenu) ? findItem(item.submenu, id) : undefined;
    if (below !== undefined) return below;
  }
  return undefined;
}

function makeWindow(
  options: BrowserWindowConstructorOptions,
  id: number,
  openPage: OpenPage,
  announce: (contents: ContentsCalls) => void,
): StandInWindow {
  const [own, contentsEvents] = [listeners(), listeners()];
  const state = { visible: options.show !== false, focused: false, minimized: false, destroyed: false };
  const bounds = {
    x: options.x ?? 40,
    y: options.y ?? 40,
    width: options.width ?? 800,
    height: options.height ?? 600,
  };
  let onOpen: Parameters<ContentsCalls["setWindowOpenHandler"]>[0] = () => ({ action: "allow" });
  const destroy = (): void => {
    if (state.destroyed) return;
    Object.assign(state, { destroyed: true, visible: false, focused: false });
    window.page.close();
    own.emit("closed");
  };
  const contents: ContentsCalls = {
    id,
    on: contentsEvents.on,
    getURL: () => window.page.url(),
    send: (channel, value: unknown) => {
      window.sent.push({ channel, value });
      window.page.deliver(channel, value);
    },
    close: destroy,
    forcefullyCrashRenderer: () =>
      contentsEvents.emit("render-process-gone", makeEvent({}), { reason: "killed", exitCode: 9 }),
    isDestroyed: () => state.destroyed,
    setWindowOpenHandler: (handler) => {
      onOpen = handler;
    },
  };
  const calls: WindowCalls = {
    on: own.on,
    webContents: contents,
    loadURL: async (url) => {
      window.loads.push(url);
      await window.page.load(url);
    },
    show: () => void Object.assign(state, { visible: true, focused: true }),
    hide: () => void Object.assign(state, { visible: false, focused: false }),
    focus: () => {
      state.focused = state.visible;
    },
    minimize: () => void Object.assign(state, { minimized: true, focused: false }),
    restore: () => {
      state.minimized = false;
    },
    maximize: () => undefined,
    destroy,
    isMinimized: () => state.minimized,
    isMaximized: () => false,
    isFocused: () => state.focused,
    isDestroyed: () => state.destroyed,
    getNormalBounds: () => bounds,
  };
  const ask = (name: string, url: string, isMainFrame: boolean): boolean => {
    const event = makeEvent({ url, isMainFrame, isSameDocument: false, frame: null });
    contentsEvents.emit(name, event);
    return !event.defaultPrevented;
  };
  announce(contents);
  const window: StandInWindow = {
    options,
    id,
    calls,
    sent: [],
    loads: [],
    state,
    emit: own.emit,
    emitOnContents: contentsEvents.emit,
    navigate: (url, kind = "will-navigate") => ask("will-frame-navigate", url, true) && ask(kind, url, true),
    navigateFrame: (url) => ask("will-frame-navigate", url, false),
    openWindow: (url) => {
      const details = { url, frameName: "", features: "", disposition: "new-window" as const };
      return onOpen({ ...details, referrer: { url: "", policy: "default" } }).action === "allow";
    },
    close: () => {
      const event = makeEvent({});
      own.emit("close", event);
      if (!event.defaultPrevented) destroy();
    },
    page: undefined as unknown as StandInPage,
  };
  Object.assign(window, { page: openPage(window) });
  return window;
}

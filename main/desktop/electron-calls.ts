// Everything the shell asks of Electron, as one narrow type made from Electron's own. main.ts hands the real thing in, tests
// a stand-in; the compiler holds both to electron.d.ts. No other file of the shell knows more of Electron than this.
import type {
  App,
  AutoUpdater,
  BrowserWindow,
  BrowserWindowConstructorOptions,
  Dialog,
  Event,
  IpcMainInvokeEvent,
  MenuItemConstructorOptions,
  MessageBoxOptions,
  MessageBoxReturnValue,
  Notification,
  NotificationConstructorOptions,
  OpenDialogOptions,
  Protocol,
  RenderProcessGoneDetails,
  SaveDialogOptions,
  Screen,
  Session,
  Shell,
  Tray,
  WebContents,
  WebContentsWillFrameNavigateEventParams,
  WebContentsWillNavigateEventParams,
  WebContentsWillRedirectEventParams,
  WebRequest,
} from "electron";

/** `on` for just these events; Electron's own overloads must have each of them in this form. */
type On<Events> = ToIntersection<
  { [Name in keyof Events]: (event: Name, listener: Events[Name]) => unknown }[keyof Events]
>;
type ToIntersection<Union> = (Union extends unknown ? (one: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;
/** What a listener may read of an object Electron hands to it. */
type Seen<T, Names extends keyof T> = Readonly<Pick<T, Names>>;

export interface AppEvents {
  "second-instance": (event: Event, argv: string[]) => void;
  "open-url": (event: Event, url: string) => void;
  activate: () => void;
  "window-all-closed": () => void;
  "before-quit": (event: Event) => void;
  "web-contents-created": (event: Event, contents: WebContents) => void;
}

export interface WindowEvents {
  "ready-to-show": () => void;
  close: (event: Event) => void;
  closed: () => void;
  moved: () => void;
  resized: () => void;
  /** Windows only: the person signs out or the computer shuts down. */
  "session-end": () => void;
  unresponsive: () => void;
  responsive: () => void;
}

export interface ContentsEvents {
  "will-navigate": (event: Event<WebContentsWillNavigateEventParams>) => void;
  "will-frame-navigate": (event: Event<WebContentsWillFrameNavigateEventParams>) => void;
  "will-redirect": (event: Event<WebContentsWillRedirectEventParams>) => void;
  "will-attach-webview": (event: Event) => void;
  "render-process-gone": (event: Event, details: RenderProcessGoneDetails) => void;
}

export type ContentsCalls = Pick<
  WebContents,
  "id" | "getURL" | "send" | "close" | "isDestroyed" | "setWindowOpenHandler" | "forcefullyCrashRenderer"
> & { readonly on: On<ContentsEvents> };

export type WindowCalls = Pick<
  BrowserWindow,
  | "loadURL"
  | "show"
  | "hide"
  | "focus"
  | "minimize"
  | "restore"
  | "maximize"
  | "destroy"
  | "isMinimized"
  | "isMaximized"
  | "isFocused"
  | "isDestroyed"
  | "getNormalBounds"
> & { readonly on: On<WindowEvents>; readonly webContents: ContentsCalls };

export type AppCalls = Pick<
  App,
  | "isPackaged"
  | "whenReady"
  | "quit"
  | "exit"
  | "setPath"
  | "enableSandbox"
  | "requestSingleInstanceLock"
  | "releaseSingleInstanceLock"
  | "setAsDefaultProtocolClient"
  | "setAppUserModelId"
  | "setAboutPanelOptions"
  | "showAboutPanel"
  | "getLoginItemSettings"
  | "setLoginItemSettings"
> & {
  readonly on: On<AppEvents>;
  readonly commandLine: Pick<App["commandLine"], "appendSwitch">;
};

export interface PowerEvents {
  suspend: () => void;
  resume: () => void;
  /**
   * macOS and Linux: the computer shuts down or restarts. Prevented, the system waits a few seconds for the app to end by
   * itself; Electron's types leave out the event that is handed over.
   */
  shutdown: (event?: Pick<Event, "preventDefault">) => void;
}

export type Permission = Parameters<NonNullable<Parameters<Session["setPermissionCheckHandler"]>[0]>>[1];

export interface SessionCalls extends Pick<Session, "setProxy"> {
  setPermissionRequestHandler(
    handler: (contents: unknown, permission: Permission, callback: (granted: boolean) => void) => void,
  ): void;
  setPermissionCheckHandler(handler: (contents: unknown, permission: Permission) => boolean): void;
  setDevicePermissionHandler(handler: () => boolean): void;
  readonly webRequest: {
    onBeforeRequest(
      listener: (
        details: Seen<Parameters<NonNullable<Parameters<WebRequest["onBeforeRequest"]>[0]>>[0], "url">,
        callback: (response: { cancel: boolean }) => void,
      ) => void,
    ): void;
  };
  readonly protocol: {
    handle(scheme: string, handler: (request: { readonly url: string }) => Response): void;
  };
}

/** Who called: only this much of it is looked at. */
export interface CallEvent {
  readonly sender: Seen<IpcMainInvokeEvent["sender"], "id">;
  readonly senderFrame: { readonly origin: string; readonly parent: object | null } | null;
}

export interface TrayCalls extends Pick<Tray, "setToolTip"> {
  /** Path of a PNG; its `@2x` neighbour is found by Electron. */
  setImage(path: string): void;
  setContextMenu(template: MenuItemConstructorOptions[]): void;
  readonly on: On<{ click: () => void }>;
}

export type NotificationCalls = Pick<Notification, "show" | "close"> & {
  readonly on: On<{ click: () => void }>;
};

/** The updater of macOS itself, which electron-updater leads. */
export type NativeUpdaterCalls = Pick<AutoUpdater, "checkForUpdates"> & {
  readonly once: On<{
    "update-downloaded": () => void;
    "update-not-available": () => void;
    error: (error: Error) => void;
  }>;
};

export interface ElectronCalls {
  readonly app: AppCalls;
  readonly ipcMain: {
    handle(channel: string, listener: (event: CallEvent, ...given: unknown[]) => Promise<unknown>): void;
  };
  readonly dialog: Pick<Dialog, "showErrorBox"> & {
    showMessageBox(options: MessageBoxOptions): Promise<MessageBoxReturnValue>;
    showSaveDialog: (options: SaveDialogOptions) => ReturnType<Dialog["showSaveDialog"]>;
    showOpenDialog: (options: OpenDialogOptions) => ReturnType<Dialog["showOpenDialog"]>;
  };
  readonly shell: Pick<Shell, "openExternal" | "openPath">;
  /** macOS only. */
  nativeUpdater(): NativeUpdaterCalls;
  readonly powerMonitor: { readonly on: On<PowerEvents> };
  readonly protocol: Pick<Protocol, "registerSchemesAsPrivileged">;
  /** Only once the app is ready. */
  displays(): ReturnType<Screen["getAllDisplays"]>;
  openSession(partition: string): SessionCalls;
  createWindow(options: BrowserWindowConstructorOptions): WindowCalls;
  createTray(image: string): TrayCalls;
  createNotification(options: NotificationConstructorOptions): NotificationCalls;
  canNotify(): boolean;
  setApplicationMenu(template: MenuItemConstructorOptions[]): void;
  readonly versions: { readonly electron: string; readonly chrome: string; readonly node: string };
}

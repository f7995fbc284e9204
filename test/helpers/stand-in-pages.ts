// Lends the stand-in a real browser: each of its windows is a page in Chromium with the real preload script, and what the
// page tries (going elsewhere, opening windows, calling the shell, dying) is told to the shell as Electron would.
import type { Browser, BrowserContext, Frame, Page, Request, Route } from "@playwright/test";
import type { ElectronStandIn, OpenPage, StandInWindow } from "./electron-stand-in.ts";
import { makeEvent } from "./electron-stand-in.ts";

/** Chromium knows nothing of the shell's own scheme; there it stands for it. */
const SHELL = "aventora-shell://page/";
const SHELL_AS = "http://aventora-shell.localhost/";
const toBrowser = (url: string): string => (url.startsWith(SHELL) ? SHELL_AS + url.slice(SHELL.length) : url);
const toShell = (url: string): string =>
  url.startsWith(SHELL_AS) ? SHELL + url.slice(SHELL_AS.length) : url;

export interface LentBrowser {
  readonly openPage: OpenPage;
  /** The page behind a window, once it is there. */
  pageOf(window: StandInWindow): Promise<Page>;
  close(): Promise<void>;
}

export interface LentDeps {
  readonly browser: Browser;
  readonly preload: string;
  readonly standIn: () => ElectronStandIn;
}

export function lendBrowser({ browser, preload, standIn }: LentDeps): LentBrowser {
  const pages = new Map<StandInWindow, { page: Promise<Page>; context: Promise<BrowserContext> }>();
  const openPage: OpenPage = (window) => {
    const script = window.options.webPreferences?.javascript !== false;
    const context = browser.newContext({ javaScriptEnabled: script, viewport: { width: 1200, height: 800 } });
    const state = { loading: false, url: "" };
    const makePage = async (): Promise<Page> => {
      const page = await (await context).newPage();
      page.on("crash", () => {
        place.page = makePage();
        window.emitOnContents("render-process-gone", makeEvent({}), { reason: "crashed", exitCode: 5 });
      });
      page.on("framenavigated", (frame) => {
        if (frame === page.mainFrame()) state.url = toShell(frame.url());
      });
      return page;
    };
    const setUp = async (): Promise<Page> => {
      await prepare(await context, {
        window,
        standIn: standIn(),
        preload,
        script,
        state,
        pageOf: () => place.page,
      });
      return makePage();
    };
    const place = { context, page: setUp() };
    pages.set(window, place);
    return {
      load: async (url) => {
        const page = await place.page;
        state.loading = true;
        try {
          await page.goto(toBrowser(url));
        } finally {
          state.loading = false;
        }
        window.emit("ready-to-show");
      },
      url: () => state.url,
      deliver: (channel, sent) => {
        void place.page.then((page) =>
          page.evaluate(
            ([to, value]) => dispatchEvent(new CustomEvent("stand-in-sent", { detail: { to, value } })),
            [channel, sent] as const,
          ),
        );
      },
      close: () => void context.then((one) => one.close()),
    };
  };
  return {
    openPage,
    pageOf: (window) => pages.get(window)?.page ?? Promise.reject(new Error("no such window")),
    close: async () => {
      for (const { context } of pages.values()) await (await context).close();
    },
  };
}

interface Prepared {
  readonly window: StandInWindow;
  readonly standIn: ElectronStandIn;
  readonly preload: string;
  readonly script: boolean;
  readonly state: { loading: boolean };
  readonly pageOf: () => Promise<Page>;
}

async function prepare(context: BrowserContext, deps: Prepared): Promise<void> {
  const { window, standIn, preload, script } = deps;
  // What was refused leaves an empty window in Chromium; Electron would not have made it.
  context.on("page", (page) => {
    void page.opener().then((opener) => (opener === null ? undefined : page.close()));
  });
  await context.route("**/*", (route, request) => decide(route, request, deps));
  if (!script) return;
  await context.exposeBinding("standInInvoke", async ({ frame }, channel: string, given: unknown[]) => {
    const origin = new URL(frame.url()).origin;
    const senderFrame = { origin, parent: frame.parentFrame() };
    return standIn.invoke(channel, { sender: { id: window.id }, senderFrame }, ...given);
  });
  // As Electron does: in the main frame only, before the page's own scripts.
  await context.addInitScript(`if (window === window.top) {
    const electron = {
      contextBridge: { exposeInMainWorld: (name, api) => { window[name] = api; } },
      ipcRenderer: {
        invoke: (channel, ...given) => window.standInInvoke(channel, given),
        on: (channel, hear) => addEventListener("stand-in-sent", ({ detail }) => {
          if (detail.to === channel) hear({}, detail.value);
        }),
      },
    };
    const require = (name) => { if (name === "electron") return electron; throw new Error("not for the page: " + name); };
    const [exports, module] = [{}, { exports: {} }];
    (function () { ${preload} })();
  }`);
}

/** Null while a new window is only being made. */
function frameOf(request: Request): Frame | null {
  try {
    return request.frame();
  } catch {
    return null;
  }
}

async function decide(route: Route, request: Request, deps: Prepared): Promise<void> {
  const { window, standIn, state } = deps;
  const url = toShell(request.url());
  const own = await deps.pageOf();
  if (request.isNavigationRequest()) {
    const frame = frameOf(request);
    if (frame?.page() !== own) return window.openWindow(url) ? route.continue() : route.abort();
    const isMain = frame === own.mainFrame();
    const asked = isMain && state.loading;
    if (isMain) state.loading = false;
    const allowed = asked || (isMain ? window.navigate(url) : window.navigateFrame(url));
    // As a navigation that never began: the page stays as it is.
    if (!allowed) return route.fulfill({ status: 204 });
  }
  const scheme = url.slice(0, url.indexOf(":"));
  const served = standIn.seen.served.get(scheme)?.({ url });
  if (served !== undefined) {
    const headers = Object.fromEntries(served.headers);
    const body = (await served.text()).replaceAll(SHELL, SHELL_AS);
    return route.fulfill({ status: served.status, headers, body });
  }
  if (standIn.seen.requests?.(url) === false) return route.abort("blockedbyclient");
  return route.continue();
}

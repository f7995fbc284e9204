// What every page of the app may not do, whoever made it: go elsewhere, open windows, hold web views. And no page comes into
// being but the shell's own. Set up before the app is ready, so that nothing is earlier.
import type { ContentsCalls, ElectronCalls, WindowCalls } from "./electron-calls.ts";
import type { ExternalOpener } from "./open-external.ts";

export interface PageRules {
  /** Whether the page itself may go there. */
  readonly mayGo: (url: string) => boolean;
  /** Called for an address it may not go to; true when that was a command of the page, so that nothing is opened. */
  readonly onRefused?: (url: string) => boolean;
}

export interface ContentsGuard {
  /** Makes a window whose page is the shell's own and keeps to these rules. */
  admit(rules: PageRules, make: () => WindowCalls): WindowCalls;
}

interface GuardDeps {
  readonly app: ElectronCalls["app"];
  readonly openExternal: ExternalOpener;
  readonly log: (line: string) => void;
}

const NOWHERE: PageRules = { mayGo: () => false };

export function guardContents({ app, openExternal, log }: GuardDeps): ContentsGuard {
  let expected: PageRules | null = null;
  app.on("web-contents-created", (_event, contents) => {
    const rules = expected;
    expected = null;
    hold(contents, rules ?? NOWHERE, { openExternal, log });
    // The developer tools, which only a checkout opens, are a page as well.
    if (rules !== null || !app.isPackaged) return;
    log("a page that is not the shell's own was closed");
    // Not in the middle of its own making.
    setImmediate(() => {
      if (!contents.isDestroyed()) contents.close();
    });
  });
  return {
    admit: (rules, make) => {
      expected = rules;
      try {
        return make();
      } finally {
        expected = null;
      }
    },
  };
}

function hold(
  contents: ContentsCalls,
  rules: PageRules,
  { openExternal, log }: Omit<GuardDeps, "app">,
): void {
  const openOutside = (url: string): void => {
    openExternal(url).catch((error: unknown) => log(`not opened: ${String(error)}`));
  };
  const check = (event: { readonly url: string; preventDefault(): void }): void => {
    if (rules.mayGo(event.url)) return;
    event.preventDefault();
    if (rules.onRefused?.(event.url) !== true) openOutside(event.url);
  };
  contents.on("will-navigate", check);
  contents.on("will-redirect", check);
  contents.on("will-frame-navigate", (event) => {
    // The main frame was asked about above.
    if (!event.isMainFrame) event.preventDefault();
  });
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url);
    return { action: "deny" };
  });
}

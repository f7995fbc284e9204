// Electron's security checklist (electronjs.org/docs/latest/tutorial/security), item by item: what the shell hands over to
// Electron holds it. What only the built program shows (fuses, what is inside) is checked where it is built.
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { externalAddress } from "../../../main/desktop/open-external.ts";
import { PAGE_ADDRESS, renderTroublePage } from "../../../main/desktop/trouble-page.ts";
import { renderAdminPage } from "../../../server/http/admin-page.ts";
import { DESKTOP_CALLS } from "../../../shared/desktop-contract.ts";
import { CONSOLE, openDesktop } from "../../helpers/open-desktop.ts";

const ROOT = resolve(import.meta.dirname, "../../..");
const SOURCES = readdirSync(join(ROOT, "main/desktop"))
  .filter((name) => name.endsWith(".ts"))
  .map((name) => ({ name, text: readFileSync(join(ROOT, "main/desktop", name), "utf8") }));
const namedIn = (pattern: RegExp): string[] =>
  SOURCES.filter(({ text }) => pattern.test(text)).map(({ name }) => name);

type Opened = Awaited<ReturnType<typeof openDesktop>>;

/** Both windows the app ever makes. */
async function bothWindows() {
  const working = await openDesktop();
  const failing = await openDesktop({
    startServer: async () => ({ trouble: { code: "port_in_use", sentence: "Port 8010 is taken." } }),
  });
  return [working, failing].map(({ standIn }) => standIn.window());
}

const preferences = async () => (await bothWindows()).map(({ options }) => options.webPreferences ?? {});

const ITEMS: readonly (readonly [item: string, check: (app: Opened) => void | Promise<void>])[] = [
  [
    "1 only load secure content: the console on this computer and the shell's own page, nothing else",
    ({ standIn }) => {
      const mayAsk = standIn.seen.requests ?? (() => true);
      expect(mayAsk(`${CONSOLE}/admin.js`)).toBe(true);
      expect(mayAsk(PAGE_ADDRESS)).toBe(true);
      for (const url of [
        "https://elsewhere.example/x.js",
        "http://127.0.0.1:8010/",
        "file:///etc/passwd",
        "ftp://a/",
      ])
        expect(mayAsk(url), url).toBe(false);
    },
  ],
  [
    "2 no Node integration",
    async () => {
      for (const page of await preferences())
        expect(page).toMatchObject({
          nodeIntegration: false,
          nodeIntegrationInWorker: false,
          nodeIntegrationInSubFrames: false,
        });
    },
  ],
  [
    "3 context isolation",
    async () => {
      for (const page of await preferences()) expect(page.contextIsolation).toBe(true);
    },
  ],
  [
    "4 process sandboxing, for every page",
    async ({ standIn }) => {
      expect(standIn.seen.sandboxed).toBe(true);
      for (const page of await preferences()) expect(page.sandbox).toBe(true);
    },
  ],
  [
    "5 permission requests are answered, and refused but for copying",
    ({ standIn: { seen } }) => {
      for (const permission of [
        "geolocation",
        "media",
        "notifications",
        "openExternal",
        "clipboard-read",
      ] as const) {
        expect(seen.permissionRequest?.(permission), permission).toBe(false);
        expect(seen.permissionCheck?.(permission), permission).toBe(false);
      }
      expect(seen.permissionRequest?.("clipboard-sanitized-write")).toBe(true);
      expect(seen.device?.()).toBe(false);
    },
  ],
  [
    "6 web security stays on",
    async () => {
      for (const page of await preferences()) expect(page.webSecurity).toBe(true);
    },
  ],
  [
    "7 a Content Security Policy on every page",
    () => {
      const own = renderTroublePage({ title: "a", sentence: "<b>", remedy: "c" }, "N0nce").headers;
      expect(own.get("content-security-policy")).toContain("default-src 'none'; style-src 'nonce-N0nce'");
      expect(renderAdminPage("{{nonce}}", "n").contentSecurityPolicy).toContain("default-src 'self'");
    },
  ],
  [
    "8 no insecure content let in",
    async () => {
      for (const page of await preferences()) expect(page.allowRunningInsecureContent ?? false).toBe(false);
    },
  ],
  [
    "9 no experimental features",
    async () => {
      for (const page of await preferences()) expect(page.experimentalFeatures ?? false).toBe(false);
    },
  ],
  [
    "10 no blink features",
    async ({ standIn }) => {
      for (const page of await preferences()) expect(page.enableBlinkFeatures).toBeUndefined();
      expect(standIn.seen.switches).toEqual(["force-webrtc-ip-handling-policy=disable_non_proxied_udp"]);
    },
  ],
  [
    "11 no web views, so none that may open windows",
    async () => {
      for (const page of await preferences()) expect(page.webviewTag).toBe(false);
    },
  ],
  [
    "12 a web view that came all the same is not attached",
    ({ standIn }) => {
      const event = {
        prevented: false,
        preventDefault: () => void Object.assign(event, { prevented: true }),
      };
      standIn.window().emitOnContents("will-attach-webview", event, {}, {});
      expect(event.prevented).toBe(true);
    },
  ],
  [
    "13 navigation only within the console",
    ({ standIn }) => {
      const window = standIn.window();
      expect(window.navigate(`${CONSOLE}/#/settings`)).toBe(true);
      const away = [
        "https://www.followupboss.com/",
        "http://127.0.0.1:8010/",
        "data:text/html,x",
        `${CONSOLE}.evil.example/`,
      ];
      for (const url of away) {
        expect(window.navigate(url), url).toBe(false);
        expect(window.navigate(url, "will-redirect"), url).toBe(false);
      }
      expect(window.navigateFrame(`${CONSOLE}/`)).toBe(false);
    },
  ],
  [
    "14 no new windows, and no page but the shell's own",
    async ({ standIn }) => {
      expect(standIn.window().openWindow(`${CONSOLE}/`)).toBe(false);
      expect(standIn.window().openWindow("https://www.followupboss.com/")).toBe(false);
      const stranger = standIn.makeForeignPage();
      expect(stranger.navigate(`${CONSOLE}/`)).toBe(false);
      await new Promise((done) => setImmediate(done));
      expect(stranger.state.destroyed).toBe(true);
    },
  ],
  [
    "15 only addresses of known kinds are handed to the computer's programs",
    async ({ standIn }) => {
      const bad = [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "smb://host/x",
        "http://elsewhere.example/",
        "ms-msdt:x",
      ];
      for (const url of [...bad, "https://user:word@a.example/", "mailto:", "vbscript:x", "https://"])
        expect(externalAddress(url), url).toBeNull();
      for (const url of bad) standIn.window().openWindow(url);
      await new Promise((done) => setImmediate(done));
      expect(standIn.seen.opened).toEqual([]);
      expect(namedIn(/\bshell\.openExternal\b/)).toEqual(["run-desktop.ts"]);
    },
  ],
  [
    "16 a current Electron, named to the digit",
    () => {
      const { devDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
        devDependencies: Record<string, string>;
      };
      expect(devDependencies.electron).toMatch(/^(4[5-9]|[5-9]\d)\.\d+\.\d+$/);
    },
  ],
  [
    "17 the sender of every call is looked at",
    async ({ standIn }) => {
      const ours = { origin: CONSOLE, parent: null };
      const id = standIn.window().id;
      const strangers = [
        { sender: { id: id + 1 }, senderFrame: ours },
        { sender: { id }, senderFrame: { origin: CONSOLE, parent: {} } },
        { sender: { id }, senderFrame: { origin: "http://127.0.0.1:8010", parent: null } },
        { sender: { id }, senderFrame: null },
      ];
      expect(standIn.channels()).toEqual(Object.keys(DESKTOP_CALLS).map((name) => `desktop:${name}`));
      for (const channel of standIn.channels())
        for (const event of strangers)
          expect(await standIn.invoke(channel, event)).toEqual({
            ok: false,
            message: "This page may not call the desktop app.",
          });
      const answer = await standIn.invoke("desktop:updates", { sender: { id }, senderFrame: ours });
      expect(answer).toMatchObject({ ok: true, value: { state: "off" } });
    },
  ],
  [
    "18 no file:// anywhere",
    ({ standIn }) => {
      expect(standIn.seen.schemes).toEqual(["aventora-shell"]);
      expect(namedIn(/loadFile|file:\/\//)).toEqual([]);
      expect(standIn.windows.flatMap(({ loads }) => loads).filter((url) => !url.startsWith(CONSOLE))).toEqual(
        [],
      );
    },
  ],
  [
    "19 fuses are set when the program is packed; nothing here needs one of them on",
    () => {
      expect(namedIn(/ELECTRON_RUN_AS_NODE|NODE_OPTIONS|utilityProcess|child_process\W+fork/)).toEqual([]);
    },
  ],
  [
    "20 the page gets calls, never Electron itself",
    () => {
      expect(namedIn(/^import \{[^}]*\} from "electron"/m).toSorted()).toEqual(["main.ts", "preload.ts"]);
      expect(namedIn(/\bipcRenderer\b/)).toEqual(["preload.ts"]);
      expect(namedIn(/\bipcMain\.handle\b/)).toEqual(["answer-calls.ts"]);
      const preload = SOURCES.find(({ name }) => name === "preload.ts")?.text ?? "";
      expect(preload.match(/exposeInMainWorld/g)).toHaveLength(1);
      expect([...preload.matchAll(/^import (?!type).*from "(.*)"/gm)].map(([, from]) => from)).toEqual([
        "electron",
      ]);
    },
  ],
];

describe("Electron's security checklist", () => {
  test("has twenty items", () => expect(ITEMS).toHaveLength(20));
  test.each(ITEMS)("%s", async (_item, check) => check(await openDesktop()));
  test("and besides: certificate errors, client certificates and sign-in questions are left to Electron, which refuses", async () => {
    const { standIn } = await openDesktop();
    const listened = [...standIn.appListens];
    for (const name of ["certificate-error", "select-client-certificate", "login"])
      expect(listened).not.toContain(name);
    expect(standIn.window().options.webPreferences?.devTools).toBe(false);
    expect(standIn.seen.proxy).toBe("direct");
  });
});

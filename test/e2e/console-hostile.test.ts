// A hostile page in the same browser as an open console: another origin on this computer, and a foreign name that resolves
// to it (DNS rebinding). Whatever it tries, it reads nothing and changes nothing.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Browser, type BrowserContext, chromium, expect, type Page, test } from "@playwright/test";
import { outreachOf } from "../helpers/ask-console.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";
import { findChromium } from "./find-chromium.ts";

const EVIL = "evil.example";
let at: TestWorld;
let hostile: Server;
let browser: Browser;
let context: BrowserContext;

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  at = await startTestWorld();
  hostile = createServer((_request, response) => {
    response
      .writeHead(200, { "content-type": "text/html" })
      .end("<title>Hostile</title><h1>Free phones</h1>");
  });
  await new Promise<void>((ready) => hostile.listen(0, "127.0.0.1", ready));
  browser = await chromium.launch({
    executablePath: findChromium(process.env).path,
    args: ["--no-sandbox", "--disable-gpu", `--host-resolver-rules=MAP ${EVIL} 127.0.0.1`],
  });
  context = await browser.newContext();
  const console_ = await context.newPage();
  await console_.goto(`${at.adminUrl}/?token=${at.adminToken}`);
  await expect(console_.getByRole("heading", { name: "Home" })).toBeVisible();
});
test.afterAll(async () => {
  await browser.close();
  await new Promise((closed) => hostile.close(closed));
  await at.close();
});

/** On the same name another port is the same site, so that the console's cookie would go along; the worst case. */
const places = () => {
  const { port } = hostile.address() as AddressInfo;
  return [`http://127.0.0.1:${port}/`, `http://localhost:${port}/`, `http://${EVIL}:${port}/`];
};
async function onHostile(url: string): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(url);
  return page;
}
const untouched = async (): Promise<void> => {
  expect((await outreachOf(at)).paused).toBeNull();
  expect(await stillThere()).toContain("fub-test");
};
const stillThere = async () => {
  const answer = await fetch(`${at.adminUrl}/api/settings`, {
    headers: { authorization: `Bearer ${at.adminToken}` },
  });
  return ((await answer.json()) as { tenants: { domain_name: string }[] }).tenants.map(
    ({ domain_name }) => domain_name,
  );
};

test("its requests read nothing and do nothing, whatever their kind", async () => {
  for (const place of places()) {
    const page = await onHostile(place);
    const got = await page.evaluate(async (console_) => {
      const attempt = async (path: string, options: RequestInit): Promise<string> => {
        try {
          const answer = await fetch(console_ + path, { credentials: "include", ...options });
          return `${answer.type} ${answer.status} ${(await answer.text()).length}`;
        } catch {
          return "refused";
        }
      };
      const loads = (tag: "script" | "img" | "link", path: string): Promise<string> =>
        new Promise((done) => {
          const node = document.createElement(tag);
          node.addEventListener("load", () => done("loaded"));
          node.addEventListener("error", () => done("refused"));
          if (node instanceof HTMLLinkElement) {
            node.rel = "stylesheet";
            node.href = console_ + path;
          } else node.src = console_ + path;
          document.body.append(node);
        });
      const stream = new Promise<string>((done) => {
        const source = new EventSource(`${console_}/api/stream`, { withCredentials: true });
        source.onopen = () => done("open");
        source.onerror = () => done("refused");
      });
      const body = '{"revision":null,"setup":{"platform":{"FUB_SYSTEM":"hacked"}}}';
      const headers = { "content-type": "application/json" };
      return {
        read: await attempt("/api/settings", {}),
        readOpaque: await attempt("/api/settings", { mode: "no-cors" }),
        save: await attempt("/api/settings", { method: "POST", body, headers }),
        saveAsText: await attempt("/api/settings", { method: "POST", mode: "no-cors", body }),
        pause: await attempt("/api/outreach/pause", { method: "POST", mode: "no-cors" }),
        remove: await attempt("/api/tenants/fub-test", {
          method: "DELETE",
          body: '{"revision":null}',
          headers,
        }),
        script: await loads("script", "/api/settings"),
        ownScript: await loads("script", "/admin.js"),
        style: await loads("link", "/admin.css"),
        image: await loads("img", "/icon.svg"),
        stream: await stream,
      };
    }, at.adminUrl);
    expect([place, Object.entries(got).filter(([, came]) => came !== "refused")]).toEqual([place, []]);
    expect(Object.keys(got)).toHaveLength(11);
    await page.close();
  }
  await untouched();
});

test("a form it posts by itself is refused", async () => {
  for (const place of places()) {
    const page = await onHostile(place);
    const answer = page.waitForResponse((response) => response.url().endsWith("/api/outreach/pause"));
    await page.evaluate((console_) => {
      const form = document.createElement("form");
      form.method = "post";
      form.enctype = "text/plain";
      form.action = `${console_}/api/outreach/pause`;
      document.body.append(form);
      form.submit();
    }, at.adminUrl);
    expect((await answer).status(), place).toBe(403);
    await page.close();
  }
  await untouched();
});

test("the console does not stand in its frame", async () => {
  for (const place of places()) {
    const page = await onHostile(place);
    await page.evaluate((console_) => {
      const frame = document.createElement("iframe");
      frame.src = `${console_}/`;
      document.body.append(frame);
    }, at.adminUrl);
    await expect.poll(() => page.frames().length).toBe(2);
    await page.waitForTimeout(700);
    const framed = page.frames()[1];
    expect(framed?.url(), place).toMatch(/^chrome-error:|^about:blank$/);
    expect(await framed?.locator("#app").count()).toBe(0);
    await page.close();
  }
});

test("a window it opens tells it nothing and takes no word from it", async () => {
  for (const place of places()) {
    const page = await onHostile(place);
    const opened = context.waitForEvent("page");
    await page.evaluate((console_) => {
      (window as { prey?: Window | null }).prey = open(`${console_}/#/settings`);
    }, at.adminUrl);
    const prey = await opened;
    await prey.waitForLoadState();
    const got = await page.evaluate(() => {
      const { prey: w } = window as { prey?: Window | null };
      const attempt = (act: () => unknown): string => {
        try {
          return String(act());
        } catch {
          return "refused";
        }
      };
      return [
        attempt(() => w?.document?.body.innerText ?? "refused"),
        attempt(() => w?.localStorage.length ?? "refused"),
        attempt(() => (w?.location.href === undefined ? "refused" : w.location.href)),
      ];
    });
    expect([place, got]).toEqual([place, ["refused", "refused", "refused"]]);
    await page.evaluate(() => {
      (window as { prey?: Window | null }).prey?.postMessage({ path: "/outreach/pause" }, "*");
    });
    await prey.close();
    await page.close();
  }
  await untouched();
});

test("a foreign name that leads to the console is not answered", async () => {
  const port = new URL(at.adminUrl).port;
  const page = await context.newPage();
  for (const path of ["/", "/index.html", "/admin.js", "/api/settings", `/?token=${at.adminToken}`]) {
    const answer = await page.goto(`http://${EVIL}:${port}${path}`);
    expect([path, answer?.status()]).toEqual([path, 403]);
    expect(await page.content()).not.toContain('id="app"');
  }
  expect(await context.cookies(`http://${EVIL}:${port}`)).toEqual([]);
  await page.close();
  await untouched();
});

// What the desktop app must do, written once for both drivers: over the stand-in wherever tests run (test/e2e), and over
// Electron where its program is (test/desktop).
import { createServer, type Server } from "node:net";
import { expect, type Page, test } from "@playwright/test";
import { createSandbox } from "../../server/sandbox/create-sandbox.ts";
import { demoSetup } from "../../server/sandbox/demo/demo-setup.ts";
import { demoWorld } from "../../server/sandbox/demo/demo-world.ts";
import { DESKTOP_CALLS } from "../../shared/desktop-contract.ts";
import type { DesktopDriver, RunningDesktop } from "./desktop-driver.ts";

/** Asks the gateway as the page does, with its cookie. */
const ask = <T>(page: Page, path: string, body?: unknown): Promise<T> =>
  page.evaluate(
    async ([to, sent]) => {
      const how =
        sent === null
          ? {}
          : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(sent) };
      return (await fetch(`/api${to}`, how)).json();
    },
    [path, body ?? null] as const,
  ) as Promise<T>;

async function consoleOf(app: RunningDesktop): Promise<Page> {
  const page = await app.page();
  await expect(page.getByRole("navigation", { name: "Rooms" })).toBeVisible();
  return page;
}

export function desktopScenarios(driver: () => DesktopDriver): void {
  test("first run: the console opens, its token is gone from the address, and only the agreed calls are there", async () => {
    const app = await driver().start();
    const page = await consoleOf(app);
    await expect(page.getByRole("link", { name: /Set up my brokerage/ })).toBeVisible();
    expect(page.url()).not.toContain("token");
    const seen = await page.evaluate(() => ({
      calls: Object.keys(Reflect.get(window, "aventoraDesktop")),
      more: ["require", "process", "module", "Buffer", "electron", "ipcRenderer"].filter(
        (name) => name in window,
      ),
    }));
    expect(seen.calls.toSorted()).toEqual([...Object.keys(DESKTOP_CALLS), "onMenu"].toSorted());
    expect(seen.more).toEqual([]);
    await app.clickMenu("settings");
    await page.getByRole("link", { name: "This computer" }).click();
    await expect(page.getByText("Updates are off until builds are signed")).toBeVisible();
    await expect(page.getByText(app.dataDir)).toBeVisible();
    await app.clickMenu("find");
    await expect(page.getByRole("textbox", { name: /Name, phone/ })).toBeFocused();
  });

  test("a second start brings the first to the front, and to where its link leads", async () => {
    const app = await driver().start();
    const page = await consoleOf(app);
    await app.closeWindow();
    expect(await app.isVisible()).toBe(false);
    await app.startAgain("aventora-gateway://settings");
    await expect(page).toHaveURL(/#\/settings$/);
    expect(await app.isVisible()).toBe(true);
    await app.startAgain("aventora-gateway://settings/../../x?token=1");
    await app.startAgain("--hidden");
    await expect(page).toHaveURL(/#\/settings$/);
    expect((await app.page()) === page).toBe(true);
  });

  test("closed to the tray the gateway goes on; the tray pauses outreach, opens the window and quits", async () => {
    const app = await driver().start();
    const page = await consoleOf(app);
    await app.closeWindow();
    await expect.poll(app.trayLabels).toContain("Pause all outreach");
    await app.clickTray("pause-outreach");
    await expect.poll(app.trayLabels).toContain("Let outreach go on");
    const home = await ask<{ outreach: { paused: { by: string } | null } }>(page, "/home");
    expect(home.outreach.paused?.by).toBe("somebody at the desktop app");
    await app.clickTray("open");
    expect(await app.isVisible()).toBe(true);
    await expect(page.getByText("Paused by somebody at the desktop app").first()).toBeVisible();
    await app.clickTray("resume-outreach");
    await expect.poll(app.trayLabels).toContain("Pause all outreach");
    await app.clickTray("quit");
    expect(await app.ended).toBe(0);
  });

  test("sleep and wake: what came meanwhile is looked for at once", async () => {
    const app = await driver().start();
    const page = await consoleOf(app);
    await app.power("suspend");
    await app.power("resume");
    const woke = () => ask<{ entries: readonly unknown[] }>(page, "/journal?event=gateway.woke");
    await expect.poll(async () => (await woke()).entries.length).toBe(1);
  });

  test("quit under load loses nothing and repeats nothing", async () => {
    const world = demoWorld();
    const sandbox = createSandbox({ accounts: world.accounts });
    const { url: crm } = await sandbox.listen(0);
    try {
      const environment = { FUB_API_BASE_URL: `${crm}/v1` };
      const first = await driver().start({ environment });
      const page = await consoleOf(first);
      const { dataDir } = first;
      const setup = demoSetup(world);
      await ask(page, "/setup", setup);
      const key = setup.tenants?.[0]?.call_management_api_key ?? "";
      const { public_url } = await ask<{ public_url: string }>(page, "/status");
      const ids = await startMany(public_url, key, 12);
      expect(await statesOf(page, ids)).not.toEqual(ids.map(() => "completed connected"));
      await first.quit();
      expect(await first.ended).toBe(0);
      const second = await driver().start({ environment, dataDir });
      const again = await consoleOf(second);
      const done = ids.map(() => "completed connected");
      await expect.poll(() => statesOf(again, ids), { timeout: 30_000 }).toEqual(done);
      const listed = await ask<{ engagements: readonly unknown[] }>(again, "/engagements?limit=100");
      expect(listed.engagements).toHaveLength(ids.length);
    } finally {
      await driver().close();
      await sandbox.close();
    }
  });

  test("the page dies and is loaded again where it was, and the server does not notice", async () => {
    const app = await driver().start();
    const page = await consoleOf(app);
    const { started_at } = await ask<{ started_at: string }>(page, "/status");
    await app.clickMenu("journal");
    await expect(page).toHaveURL(/#\/journal$/);
    await app.crashPage();
    const next = await consoleOf(app);
    await expect(next).toHaveURL(/#\/journal$/);
    expect((await ask<{ started_at: string }>(next, "/status")).started_at).toBe(started_at);
  });

  test("a port that is taken is said, with a way to try again", async () => {
    const { server, port } = await takePort();
    const app = await driver().start({ argv: ["--port", `${port}`] });
    const page = await app.page();
    await expect(page.getByRole("heading", { name: "The gateway's port is taken" })).toBeVisible();
    await expect(page.getByText(`Port ${port} on 127.0.0.1 is already in use`)).toBeVisible();
    await page.getByRole("link", { name: "Open data folder" }).click();
    await expect.poll(app.openedFolders).toEqual([app.dataDir]);
    await new Promise((done) => server.close(done));
    // A try that is still under way is not doubled, so one more may be needed.
    await expect(async () => {
      if ((await app.page()) === page) await page.getByRole("link", { name: "Try again" }).click();
      const rooms = (await app.page()).getByRole("navigation", { name: "Rooms" });
      await expect(rooms).toBeVisible({ timeout: 3_000 });
    }).toPass();
  });

  test("guards: no way out of the console, no windows, no permissions, no calls from strangers", async () => {
    const app = await driver().start();
    const page = await consoleOf(app);
    const at = page.url();
    await page.evaluate(() => {
      location.href = "https://www.followupboss.com/help";
    });
    await expect.poll(app.opened).toContain("https://www.followupboss.com/help");
    await page.evaluate(() => void window.open("https://app.followupboss.com/2/people"));
    await expect.poll(app.opened).toContain("https://app.followupboss.com/2/people");
    await page.evaluate(() => {
      for (const url of ["file:///etc/passwd", "http://elsewhere.example/", "aventora-shell://page/quit"])
        location.href = url;
    });
    await page.evaluate(() => void window.open("http://elsewhere.example/"));
    await page.evaluate(async () => {
      const frame = document.createElement("iframe");
      frame.src = "/?frame";
      document.body.append(frame);
    });
    expect(page.url()).toBe(at);
    await expect(page.getByRole("navigation", { name: "Rooms" })).toBeVisible();
    expect(await app.opened()).toHaveLength(2);
    expect(await page.evaluate(() => fetch("https://elsewhere.example/").catch(() => "refused"))).toBe(
      "refused",
    );
    expect(await app.isGranted("geolocation")).toBe(false);
    expect(await app.isGranted("notifications")).toBe(false);
    expect(await app.isGranted("clipboard-sanitized-write")).toBe(true);
    expect(await app.callAsStranger()).toContain("may not call");
    const say = (call: string, given: unknown) =>
      page.evaluate(
        ([name, sent]) => {
          const bridge = Reflect.get(window, "aventoraDesktop");
          return bridge[name](sent).then(String, (error: Error) => error.message);
        },
        [call, given] as const,
      );
    expect(await say("openExternal", "file:///etc/passwd")).toContain("Only web pages");
    expect(await say("setLoginItem", { openAtLogin: "yes" })).toContain("does not understand");
    expect(await say("chooseFile", { purpose: "anything" })).toContain("does not understand");
  });
}

async function startMany(url: string, key: string, count: number): Promise<string[]> {
  const starts = Array.from({ length: count }, async (_one, index) => {
    const response = await fetch(`${url}/integration/start`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body: JSON.stringify(orderOf(index)),
    });
    expect(response.status).toBe(202);
    return ((await response.json()) as { engagement_id: string }).engagement_id;
  });
  return Promise.all(starts);
}

const statesOf = (page: Page, ids: readonly string[]): Promise<string[]> =>
  Promise.all(
    ids.map(async (id) => {
      const one = await ask<{ status: string; outcome: string | null }>(page, `/engagements/${id}`);
      return `${one.status} ${one.outcome}`;
    }),
  );

const orderOf = (index: number) => ({
  domain_name: "fub-test",
  type: "informational",
  // Endings of 10 and more are answered.
  phone_number: `+14165552${110 + index}`,
});

async function takePort(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  return { server, port: typeof address === "object" && address !== null ? address.port : 0 };
}

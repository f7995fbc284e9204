// How the shell lives: start in phases, windows that close, hide and die, sleep, notifications, leaving.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { autostartFile, writeAutostart } from "../../../main/desktop/autostart-file.ts";
import { findTray } from "../../../main/desktop/find-tray.ts";
import { makeEvent, type OpenPage } from "../../helpers/electron-stand-in.ts";
import { CALM, CONSOLE, need, openDesktop, until } from "../../helpers/open-desktop.ts";

describe("starting", () => {
  test("a second instance leaves at once and touches nothing", async () => {
    const { standIn } = await openDesktop({ electron: { first: false } });
    expect(standIn.exits).toEqual([0]);
    expect([standIn.windows, standIn.seen.partitions, standIn.channels()]).toEqual([[], [], []]);
  });

  test("the data folder decides what an instance is, and the link is registered only by an installed app", async () => {
    const { standIn, dataDir } = await openDesktop();
    expect(standIn.seen.paths.userData).toBe(join(dataDir, "window"));
    expect(standIn.seen.protocols).toEqual(["aventora-gateway"]);
    expect(standIn.seen.about).toMatchObject({ applicationVersion: "1.2.3" });
    const checkout = await openDesktop({ electron: { packaged: false } });
    expect(checkout.standIn.seen.protocols).toEqual([]);
  });

  test("hidden it opens no window until somebody asks; without a tray icon it is never hidden", async () => {
    const { standIn } = await openDesktop({ argv: ["--hidden"] });
    expect(standIn.windows).toEqual([]);
    standIn.clickTrayIcon();
    expect(standIn.window().loads).toHaveLength(1);
    const bare = await openDesktop({ argv: ["--hidden"], run: async () => "(false,)" });
    expect(bare.standIn.seen.tray.there).toBe(false);
    expect(bare.standIn.window().loads).toHaveLength(1);
  });

  test("a link it was started with is where it opens; the token never gets into a log or a later address", async () => {
    const { standIn } = await openDesktop({ argv: ["aventora-gateway://engagement/e-9"] });
    expect(standIn.window().loads).toEqual([`${CONSOLE}/?token=secret-of-the-console#/outreach/e/e-9`]);
    standIn.openUrl("aventora-gateway://settings");
    await until(() => standIn.window().sent.length > 0, "the route being sent");
    expect(standIn.window().sent).toEqual([
      { channel: "desktop:command", value: { command: "go", to: "/settings" } },
    ]);
  });

  test("an AppImage that was updated is what starts at the next sign-in", async () => {
    const config = mkdtempSync(join(tmpdir(), "desktop-life-"));
    onTestFinished(() => rmSync(config, { recursive: true, force: true }));
    const environment = { XDG_CONFIG_HOME: config };
    const file = autostartFile(environment);
    writeAutostart(file, "/home/ann/gateway-1.2.2.AppImage", { openAtLogin: true, hidden: true });
    await openDesktop({ environment: { ...environment, APPIMAGE: "/home/ann/gateway-1.2.3.AppImage" } });
    expect(readFileSync(file, "utf8")).toContain('Exec="/home/ann/gateway-1.2.3.AppImage" --hidden\n');
  });

  test("a bar of icons is asked for on Linux: by one program, else by the other, else there is none", async () => {
    const ask = (answers: Record<string, string>) =>
      findTray({
        platform: "linux",
        run: async (program) => answers[program] ?? Promise.reject(new Error("no such program")),
      });
    expect(await ask({ gdbus: "(true,)" })).toBe(true);
    expect(await ask({ gdbus: "(false,)", "dbus-send": "boolean true" })).toBe(false);
    expect(await ask({ "dbus-send": "   boolean true" })).toBe(true);
    expect(await ask({})).toBe(false);
    expect(await findTray({ platform: "win32", run: () => Promise.reject(new Error("not asked")) })).toBe(
      true,
    );
  });
});

describe("closing the window", () => {
  test("hides it, and says once that the gateway goes on", async () => {
    const { standIn } = await openDesktop();
    const window = standIn.window();
    window.close();
    expect(window.state).toMatchObject({ visible: false, destroyed: false });
    standIn.activate();
    expect(window.state.visible).toBe(true);
    window.close();
    expect(standIn.seen.notifications.map(({ title }) => title)).toEqual([
      "The gateway goes on in the background",
    ]);
  });

  test("where there is no tray icon asks: keep it running, cancel, or quit", async () => {
    const { standIn } = await openDesktop({ electron: { tray: false } });
    const window = standIn.window();
    standIn.answers.message.push(1, 2, 0);
    window.close();
    await until(() => window.state.minimized, "being minimized");
    standIn.activate();
    window.close();
    await until(() => standIn.seen.messageBoxes.length === 2, "the second question");
    expect(window.state).toMatchObject({ minimized: false, visible: true, destroyed: false });
    window.close();
    expect(await standIn.exited).toBe(0);
  });
});

describe("a page that dies", () => {
  const die = (opened: Awaited<ReturnType<typeof openDesktop>>) =>
    opened.standIn
      .window()
      .emitOnContents("render-process-gone", makeEvent({}), { reason: "crashed", exitCode: 1 });

  const pageAt =
    (url: string, load: () => Promise<void>): OpenPage =>
    () => ({ load, url: () => url, deliver: () => undefined, close: () => undefined });

  test("before it was loaded has no address yet, and is loaded all the same", async () => {
    const opened = await openDesktop({ electron: { openPage: pageAt("", async () => undefined) } });
    die(opened);
    await until(() => opened.standIn.window().loads.length === 2, "being loaded again");
  });

  test("for hanging is ended first, since it would hang on in its process, and then loaded again", async () => {
    const timers: { ms: number; act: () => void }[] = [];
    const after = (ms: number, act: () => void) => {
      timers.push({ ms, act });
      return () => undefined;
    };
    const { standIn } = await openDesktop({ timer: { now: () => 0, after } });
    const window = standIn.window();
    const gone: string[] = [];
    window.calls.webContents.on("render-process-gone", (_event, { reason }) => void gone.push(reason));
    window.emit("unresponsive");
    timers.find(({ ms }) => ms === 15_000)?.act();
    expect(gone).toEqual(["killed"]);
    timers.filter(({ ms }) => ms === 200).forEach(({ act }) => void act());
    expect(window.loads).toHaveLength(2);
  });

  test("for not being reached is loaded when somebody opens it again", async () => {
    const opened = await openDesktop({
      electron: { openPage: pageAt("", () => Promise.reject(new Error("ERR_CONNECTION_REFUSED"))) },
    });
    const window = opened.standIn.window();
    await until(() => window.state.visible, "the page of the failure");
    opened.standIn.clickTrayIcon();
    expect(window.loads).toHaveLength(2);
  });

  test("is loaded again three times a minute; then a page without scripts says so, and leads back", async () => {
    const opened = await openDesktop();
    const { standIn, said } = opened;
    for (let time = 2; time <= 4; time++) {
      die(opened);
      await until(() => standIn.window().loads.length === time, "being loaded again");
    }
    die(opened);
    await until(() => standIn.windows.length === 2, "the page that says so");
    expect(standIn.window().loads).toEqual(["aventora-shell://page/"]);
    expect(standIn.window().options.webPreferences?.javascript).toBe(false);
    expect(said).toEqual([]);
    standIn.window().navigate("aventora-shell://page/retry");
    await until(() => standIn.windows.length === 3, "the console again");
    expect(standIn.window().loads[0]).toContain(CONSOLE);
  });
});

test("sleep and waking are told to the gateway", async () => {
  const { standIn, said } = await openDesktop();
  standIn.power("suspend");
  standIn.power("resume");
  expect(said).toEqual(["sleep", "wake"]);
});

describe("what needs a person", () => {
  test("is told once for each cause, also over a restart, and again when it comes back", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "desktop-life-"));
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
    const first = await openDesktop({ dataDir, argv: ["--hidden"], glance: { ...CALM, needs: [need("a")] } });
    const told = first.standIn.seen.notifications;
    await until(() => told.length === 1, "the first");
    told[0]?.click();
    expect(first.standIn.window().loads[0]).toContain("#/outreach/e/a");
    first.standIn.window().close();
    first.become({ ...CALM, needs: [need("a"), need("b", { sentence: "+16475550131 waits." })] });
    await until(() => told.length === 3, "the second, after the one of the tray");
    expect(told[2]?.body).toBe("a number ending in 31 waits.");
    first.standIn.calls.app.quit();
    await first.standIn.exited;

    const second = await openDesktop({
      dataDir,
      argv: ["--hidden"],
      glance: { ...CALM, needs: [need("b")] },
    });
    await until(() => second.standIn.seen.tray.tip.includes("1 thing needs you"), "the tray");
    expect(second.standIn.seen.notifications).toEqual([]);
    second.become({ ...CALM, needs: [need("b"), need("a")] });
    await until(() => second.standIn.seen.notifications.length === 1, "the first cause again");
  });

  test("is not told to whoever has the console before them", async () => {
    const { standIn } = await openDesktop({ glance: { ...CALM, needs: [need("a")] } });
    await until(() => standIn.seen.tray.tip.includes("1 thing needs you"), "the tray");
    expect(standIn.window().state.focused).toBe(true);
    expect(standIn.seen.notifications).toEqual([]);
  });
});

describe("leaving", () => {
  test("drains first, windows gone; asked twice it ends at once", async () => {
    const stopping = Promise.withResolvers<void>();
    const { standIn, said } = await openDesktop({ stop: () => stopping.promise });
    standIn.clickTray("quit");
    await until(() => said.length > 0, "stopping");
    expect(said).toEqual(["stop 5000"]);
    expect(standIn.windows.every(({ state }) => state.destroyed)).toBe(true);
    expect(standIn.seen.tray.tip).toContain("Stopping");
    expect(standIn.exits).toEqual([]);
    standIn.calls.app.quit();
    expect(standIn.exits).toEqual([0]);
    stopping.resolve();
  });

  test("does not wait for ever, and a failure to stop is an exit code", async () => {
    const timers: { ms: number; act: () => void }[] = [];
    const timer = {
      now: () => 0,
      after: (ms: number, act: () => void) => {
        timers.push({ ms, act });
        return () => undefined;
      },
    };
    const stuck = await openDesktop({ timer, argv: ["--hidden"], stop: () => new Promise(() => undefined) });
    stuck.standIn.calls.app.quit();
    timers.find(({ ms }) => ms === 10_000)?.act();
    expect(await stuck.standIn.exited).toBe(1);
    const failing = await openDesktop({ stop: () => Promise.reject(new Error("disk")) });
    failing.standIn.calls.app.quit();
    expect(await failing.standIn.exited).toBe(1);
  });

  test.each(["shutdown", "session-end"] as const)(
    "hurries at the system's %s, and still lets what runs end",
    async (how) => {
      const stopping = Promise.withResolvers<void>();
      const { standIn, said } = await openDesktop({ stop: () => stopping.promise });
      if (how === "shutdown") expect(standIn.shutDown()).toBe(true);
      else standIn.window().emit("session-end");
      await until(() => said.length > 0, "stopping");
      // The system asks in another way as well, which is no reason to cut off what runs.
      standIn.calls.app.quit();
      expect(standIn.exits).toEqual([]);
      stopping.resolve();
      expect(await standIn.exited).toBe(0);
      expect(said).toEqual(["stop 1500"]);
    },
  );

  test("after an error nobody caught: closed cleanly, then said once, exit code 1", async () => {
    const stopping = Promise.withResolvers<void>();
    const { standIn, said, fatal } = await openDesktop({ stop: () => stopping.promise });
    fatal.happen(new Error("a bug"));
    fatal.happen(new Error("another"));
    await until(() => said.length > 0, "stopping");
    // The box would hold everything, the gateway's end with it, until somebody clicks.
    expect(standIn.seen.errorBoxes).toEqual([]);
    stopping.resolve();
    expect(await standIn.exited).toBe(1);
    expect(said).toEqual(["stop 5000"]);
    expect(standIn.seen.errorBoxes).toHaveLength(1);
    expect(standIn.seen.errorBoxes[0]).not.toContain("a bug");
  });

  test("is not what follows a server that goes down: the window says why, and Try again starts it anew", async () => {
    const { standIn, said, goDown, starts } = await openDesktop();
    goDown("The restored database could not be opened.");
    await until(() => standIn.seen.tray.tip?.includes("Not running") ?? false, "the tray to tell");
    expect(said).toEqual(["stop 0"]);
    await until(
      () => standIn.window().loads.at(-1)?.startsWith("aventora-shell:") ?? false,
      "the page that says why",
    );
    standIn.window().navigate("aventora-shell://page/retry");
    await until(() => starts() === 2, "the next start");
    expect(standIn.exits).toEqual([]);
  });

  test("from a server that could not start: its page quits as well, and opens the data folder", async () => {
    const trouble = { code: "data_folder_in_use", sentence: "Another gateway uses it." };
    const { standIn, dataDir } = await openDesktop({ startServer: async () => ({ trouble }) });
    expect(standIn.seen.tray.tip).toContain("Not running");
    standIn.window().navigate("aventora-shell://page/folder");
    await until(() => standIn.seen.openedPaths.length > 0, "the folder");
    expect(standIn.seen.openedPaths).toEqual([dataDir]);
    standIn.window().navigate("aventora-shell://page/quit");
    expect(await standIn.exited).toBe(0);
  });
});

// What the shell keeps on disk: its memory, its log, the entry for starting at sign-in; and what it finds there.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DESKTOP_FILE, openDesktopFile } from "../../../main/desktop/desktop-file.ts";
import { LOG_FOLDER, openLogFile } from "../../../main/desktop/log-file.ts";
import { createLoginItem } from "../../../main/desktop/login-item.ts";
import { electronProgram, findElectron } from "../../../main/find-electron.ts";
import { desktopDeps } from "../../helpers/desktop-deps.ts";
import { createElectronStandIn } from "../../helpers/electron-stand-in.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "desktop-files-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const memory = () => openDesktopFile(folder, (error) => expect.fail(String(error)));

describe("the memory", () => {
  test("comes back as it was, for this user alone", () => {
    const bounds = { x: 1, y: 2, width: 800, height: 600 };
    memory().change({ bounds, toldOfTray: true });
    expect(memory().read()).toMatchObject({ bounds, toldOfTray: true, maximized: false, toldNeeds: [] });
    if (process.platform !== "win32") expect(statSync(join(folder, DESKTOP_FILE)).mode & 0o777).toBe(0o600);
  });

  test.each([
    ["cut off", '{"bounds": {"x"'],
    ["something else", '"text"'],
    ["nonsense in one field", '{"bounds": {"x": "left"}, "toldOfTray": true}'],
  ])("%s: what can be used is, the rest begins anew", (_name, text) => {
    writeFileSync(join(folder, DESKTOP_FILE), text);
    expect(memory().read()).toMatchObject({ bounds: null, toldOfTray: text.includes("true") });
  });

  test("a folder that cannot be written is told, and nothing is thrown", () => {
    const errors: unknown[] = [];
    openDesktopFile(join(folder, "gone"), (error) => errors.push(error)).change({ maximized: true });
    expect(errors).toHaveLength(1);
  });
});

test("the log is a file a day, two weeks of them", () => {
  const day = { now: Date.parse("2026-03-01T10:00:00Z") };
  const write = openLogFile(folder, () => day.now);
  for (let index = 0; index < 20; index++) {
    write(`day ${index}`);
    day.now += 86_400_000;
  }
  writeFileSync(join(folder, LOG_FOLDER, "gateway-notes.txt"), "mine");
  write("last\n");
  const names = readdirSync(join(folder, LOG_FOLDER)).toSorted();
  expect(names).toHaveLength(15);
  expect(names.slice(0, 1)).toEqual(["gateway-2026-03-08.log"]);
  expect(readFileSync(join(folder, LOG_FOLDER, "gateway-2026-03-21.log"), "utf8")).toBe("last\n");
});

describe("starting at sign-in", () => {
  const on = { openAtLogin: true, hidden: true };
  const open = (platform: NodeJS.Platform, packaged = true, more: Record<string, string> = {}) => {
    const standIn = createElectronStandIn({ packaged });
    const environment = { XDG_CONFIG_HOME: folder, ...more };
    const item = createLoginItem({ ...desktopDeps(standIn, []), platform, environment, file: memory() });
    return { item, standIn };
  };

  test("on Linux is an entry in the autostart folder, made and taken away", () => {
    const { item } = open("linux");
    expect(item.read()).toEqual({ openAtLogin: false, hidden: false, problem: null });
    expect(item.change(on)).toEqual({ ...on, problem: null });
    const file = join(folder, "autostart", "aventora-gateway.desktop");
    expect(readFileSync(file, "utf8")).toContain(`Exec="/opt/Aventora Gateway/aventora-gateway" --hidden\n`);
    expect(item.change({ openAtLogin: true, hidden: false })).toMatchObject({
      openAtLogin: true,
      hidden: false,
    });
    writeFileSync(file, `${readFileSync(file, "utf8")}Hidden=true\n`);
    expect(item.read().openAtLogin).toBe(false);
    item.change({ openAtLogin: false, hidden: false });
    expect(readdirSync(join(folder, "autostart"))).toEqual([]);
  });

  test("of an AppImage names the file itself, with everything quoted that a shell would read", () => {
    open("linux", true, { APPIMAGE: '/home/a "b"/50%$x.AppImage' }).item.change(on);
    const text = readFileSync(join(folder, "autostart", "aventora-gateway.desktop"), "utf8");
    expect(text).toContain('Exec="/home/a \\\\"b\\\\"/50%%\\\\$x.AppImage" --hidden');
  });

  test("of an AppImage goes on with the next version, whose file has another name; one that was switched off stays off", () => {
    const file = join(folder, "autostart", "aventora-gateway.desktop");
    const version = (name: string, packaged = true) =>
      open("linux", packaged, { APPIMAGE: `/home/a "b"/${name}.AppImage` }).item;
    version("2").renew();
    expect(existsSync(file)).toBe(false);
    version("1").change(on);
    const own = `${readFileSync(file, "utf8")}Comment=my own words\n`;
    writeFileSync(file, own);
    version("2", false).renew();
    expect(readFileSync(file, "utf8")).toBe(own);
    version("2").renew();
    expect(readFileSync(file, "utf8")).toBe(own.replace("1.AppImage", "2.AppImage"));
    for (const other of [`${own}Hidden=true\n`, own.replace("Exec=", "Exec=nice ")]) {
      writeFileSync(file, other);
      version("2").renew();
      expect(readFileSync(file, "utf8")).toBe(other);
    }
  });

  test("on Windows and macOS is the system's own; on a Mac hidden is remembered here", () => {
    const windows = open("win32");
    expect(windows.item.change(on)).toMatchObject(on);
    expect(windows.standIn.seen.login).toEqual({ openAtLogin: true, args: ["--hidden"] });
    const mac = open("darwin");
    mac.item.change(on);
    expect(mac.standIn.seen.login).toEqual({ openAtLogin: true, args: [] });
    expect(mac.item.startedHidden()).toBe(false);
    mac.standIn.answers.wasOpenedAtLogin = true;
    expect(mac.item.startedHidden()).toBe(true);
  });

  test("cannot be switched in a checkout, and says so", () => {
    const { item } = open("linux", false);
    expect(item.read().problem).toContain("installed app");
    expect(() => item.change(on)).toThrow("installed app");
  });
});

test("Electron is found where its program is, without being asked for it", () => {
  const electron = join(folder, "node_modules", "electron");
  mkdirSync(join(electron, "dist"), { recursive: true });
  const found = (environment: Record<string, string>) => findElectron(folder, environment, "linux");
  expect(found({ DISPLAY: ":0" })).toMatchObject({ program: null, missing: /not downloaded/ });
  writeFileSync(join(electron, "path.txt"), "electron");
  expect(electronProgram(folder, {})).toBeNull();
  writeFileSync(join(electron, "dist", "electron"), "");
  expect(found({ DISPLAY: ":0" }).missing).toContain("not built");
  mkdirSync(join(folder, "dist", "desktop"), { recursive: true });
  writeFileSync(join(folder, "dist", "desktop", "main.js"), "");
  expect(found({})).toMatchObject({ program: null, missing: "there is no screen" });
  expect(found({ WAYLAND_DISPLAY: "wayland-0" })).toEqual({
    program: join(electron, "dist", "electron"),
    missing: null,
  });
  expect(findElectron(folder, {}, "win32").program).not.toBeNull();
  expect(electronProgram(folder, { ELECTRON_OVERRIDE_DIST_PATH: join(electron, "dist") })).toContain("dist");
});

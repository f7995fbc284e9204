// The calls of the console, and what the compiler holds of the port to Electron.
import type { App } from "electron";
import { expect, test } from "vitest";
import type { ElectronCalls } from "../../../main/desktop/electron-calls.ts";
import { CONSOLE, openDesktop, until } from "../../helpers/open-desktop.ts";

type AppOn = ElectronCalls["app"]["on"];
/** Electron's own app is what the port asks for; an event Electron does not have is not. */
const held = [
  (app: App): AppOn => app.on,
  // @ts-expect-error there is no such event
  (app: App): ((event: "second-instances", listener: () => void) => unknown) => app.on,
  // @ts-expect-error this event hands over an event first
  (app: App): ((event: "before-quit", listener: (code: number) => void) => unknown) => app.on,
];

async function openAndCall() {
  const opened = await openDesktop();
  const { standIn } = opened;
  const event = { sender: { id: standIn.window().id }, senderFrame: { origin: CONSOLE, parent: null } };
  return {
    ...opened,
    call: (name: string, ...given: unknown[]) => standIn.invoke(`desktop:${name}`, event, ...given),
  };
}

test("about, a file to save to or to open, addresses to open: each answers as agreed", async () => {
  expect(held).toHaveLength(3);
  const { standIn, call, dataDir } = await openAndCall();
  expect(await call("about")).toMatchObject({
    ok: true,
    value: { version: "1.2.3", packaged: true, dataFolder: dataDir },
  });
  standIn.answers.save.push("/home/ann/a.gwbackup");
  standIn.answers.open.push("/home/ann/b.gwbackup");
  const choose = (purpose: string) => call("chooseFile", { purpose });
  expect(await choose("backup-save")).toEqual({ ok: true, value: "/home/ann/a.gwbackup" });
  expect(await choose("backup-open")).toEqual({ ok: true, value: "/home/ann/b.gwbackup" });
  expect(await choose("backup-save")).toEqual({ ok: true, value: null });
  expect(await choose("backup-open")).toEqual({ ok: true, value: null });
  expect(await call("openExternal", "https://www.followupboss.com/")).toEqual({ ok: true, value: undefined });
  expect(standIn.seen.opened).toEqual(["https://www.followupboss.com/"]);
});

test("other arguments than agreed are refused with a sentence, and do nothing", async () => {
  const { standIn, call } = await openAndCall();
  const refused = { ok: false, message: "The desktop app does not understand this call." };
  expect(await call("about", "more")).toEqual(refused);
  expect(await call("openExternal")).toEqual(refused);
  expect(await call("openExternal", "https://a.example/", "_blank")).toEqual(refused);
  expect(await call("chooseFile", { purpose: "backup-open", path: "/etc" })).toEqual(refused);
  expect(await call("setLoginItem", { openAtLogin: true })).toEqual(refused);
  expect(await call("openExternal", "file:///etc/passwd")).toMatchObject({ ok: false });
  expect(standIn.seen.opened).toEqual([]);
});

test("the menu opens places, the finder, the data folder and the About panel, and pauses outreach", async () => {
  const { standIn, said, dataDir } = await openAndCall();
  const sent = () => standIn.window().sent.map(({ value }) => value);
  standIn.clickMenu("journal");
  standIn.clickMenu("find");
  await until(() => sent().length === 2, "both commands");
  expect(sent()).toEqual([{ command: "go", to: "/journal" }, { command: "find" }]);
  standIn.clickMenu("folder");
  standIn.clickMenu("about");
  expect([standIn.seen.openedPaths, standIn.seen.aboutShown]).toEqual([[dataDir], 1]);
  standIn.clickMenu("pause-outreach");
  await until(() => sent().length === 3, "the console being told");
  expect(said).toEqual(["pause by somebody at the desktop app"]);
  await until(() => standIn.seen.tray.tip.includes("paused"), "the tray");
  standIn.clickMenu("resume-outreach");
  await until(() => said.length === 2, "going on");
});

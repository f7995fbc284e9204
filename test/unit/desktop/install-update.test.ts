// An update that is installed, on each system as its updater goes about it: the gateway is closed first, the program ends,
// and where the installer does not begin, everything comes back.
import { describe, expect, test } from "vitest";
import { readArguments } from "../../../main/desktop/read-arguments.ts";
import { createRunningServer } from "../../../main/desktop/run-server.ts";
import type { BuildInfo } from "../../../shared/about.schema.ts";
import type { UpdateState } from "../../../shared/desktop-contract.ts";
import { desktopDeps } from "../../helpers/desktop-deps.ts";
import { createElectronStandIn, type StandInOptions } from "../../helpers/electron-stand-in.ts";
import { CONSOLE, type DesktopTest, openDesktop, until } from "../../helpers/open-desktop.ts";
import { createUpdaterStandIn, type UpdaterKind } from "../../helpers/updater-stand-in.ts";

const BUILD: BuildInfo = {
  ...{ version: "1.2.3", commit: "abc", changed: false, date: null },
  ...{ signed: true, channel: "latest" },
};
const PLATFORM = { AppImage: "linux", NSIS: "win32", macOS: "darwin" } as const;

interface Given extends Pick<DesktopTest, "stop" | "startServer"> {
  readonly fails?: boolean;
  readonly electron?: StandInOptions;
}

/** An app of this system whose console has a newer version ready to be installed. */
async function open(kind: UpdaterKind, { fails, electron, ...more }: Given = {}) {
  const late: { made?: ReturnType<typeof createUpdaterStandIn> } = {};
  const opened = await openDesktop({
    ...{ ...more, build: BUILD, platform: PLATFORM[kind], electron: electron ?? {} },
    environment: kind === "AppImage" ? { APPIMAGE: "/home/ann/gateway-1.2.3.AppImage" } : {},
    openUpdater: async () => {
      late.made ??= createUpdaterStandIn(opened.standIn, kind, fails);
      return late.made.updater;
    },
  });
  const { standIn, said } = opened;
  const ask = async (call: string, ...given: unknown[]): Promise<UpdateState> => {
    const from = { sender: { id: standIn.window().id }, senderFrame: { origin: CONSOLE, parent: null } };
    const answer = await standIn.invoke(`desktop:${call}`, from, ...given);
    return (answer as { value: UpdateState }).value;
  };
  const states: string[] = [];
  /** Asks until the console is told of it. */
  const become = (wanted: UpdateState["state"]): Promise<void> =>
    until(() => {
      void ask("updates").then(({ state }) => states.push(state));
      return states.includes(wanted);
    }, wanted);
  await become("available");
  expect(await ask("stepUpdate", "fetch")).toMatchObject({ state: "ready", version: "1.3.0" });
  return { ...opened, ask, become, told: () => [...said, ...(late.made?.done ?? [])] };
}

const CLOSED = ["keep update", "stop 5000", "told to install"];

describe("an update is installed", () => {
  test("on macOS, whose updater closes all windows before it quits: none of them stays", async () => {
    const { standIn, ask, told } = await open("macOS");
    await ask("stepUpdate", "install");
    expect(await standIn.exited).toBe(0);
    expect(told()).toEqual(CLOSED);
  });

  test("from an AppImage, whose new program is there before the old one ends: it does not give way", async () => {
    const { standIn, ask, told } = await open("AppImage");
    await ask("stepUpdate", "install");
    expect(await standIn.exited).toBe(0);
    expect(told()).toEqual([...CLOSED, "the new program runs"]);
  });

  test("on Windows, and meanwhile a second start still finds this one", async () => {
    const { standIn, ask, told } = await open("NSIS");
    await ask("stepUpdate", "install");
    expect(await standIn.exited).toBe(0);
    expect(told()).toEqual([...CLOSED, "the installer waits"]);
  });

  test("also where the gateway does not stop cleanly: nothing is lost by ending it", async () => {
    const { standIn, ask, told } = await open("NSIS", { stop: () => Promise.reject(new Error("disk")) });
    await ask("stepUpdate", "install");
    expect(await standIn.exited).toBe(0);
    expect(told()).toContain("the installer waits");
  });
});

describe("an update is not installed", () => {
  test.each(["AppImage", "NSIS"] as const)(
    "where the installer of an %s cannot begin: the gateway runs again and the console says so",
    async (kind) => {
      const { standIn, ask, become, starts, told } = await open(kind, { fails: true });
      await ask("stepUpdate", "install");
      await until(() => starts() === 2, "the gateway's next start");
      await until(() => standIn.windows.at(-1)?.state.visible === true, "the console");
      expect(standIn.window().loads[0]).toContain("#/settings/this-computer");
      await become("failed");
      expect([standIn.exits, standIn.holdsLock(), told()]).toEqual([[], true, CLOSED]);
      // And it still leaves as it should.
      standIn.clickTray("quit");
      expect(await standIn.exited).toBe(0);
    },
  );

  test("where macOS does not take it in: the gateway was never stopped", async () => {
    const { standIn, ask, become, told, starts } = await open("macOS", { electron: { takesIn: "error" } });
    await ask("stepUpdate", "install");
    await become("failed");
    expect([told(), starts(), standIn.exits]).toEqual([["keep update"], 1, []]);
  });

  test("while no gateway runs, since no backup would be kept", async () => {
    const standIn = createElectronStandIn();
    const trouble = { code: "data_folder_in_use", sentence: "Another gateway uses it." };
    const nothing = (): void => undefined;
    const server = createRunningServer({
      ...desktopDeps(standIn, []),
      ...{ call: readArguments([]), writeLog: nothing, log: nothing, onOrigin: nothing },
      ...{ onChange: nothing, onDown: nothing, startServer: async () => ({ trouble }) },
    });
    expect(await server.start()).toEqual(trouble);
    await expect(server.keepRestorePoint()).rejects.toThrow("does not run");
  });
});

import { describe, expect, test } from "vitest";
import { decideUpdates } from "../../../main/desktop/decide-updates.ts";
import type { UpdaterCalls } from "../../../main/desktop/updater-calls.ts";
import { createUpdates, type UpdatesDeps } from "../../../main/desktop/updates.ts";
import type { BuildInfo } from "../../../shared/about.schema.ts";

const SIGNED: BuildInfo = {
  ...{ version: "1.0.0", commit: "abc", changed: false, date: null },
  ...{ signed: true, channel: "beta" },
};

/** An update server that has 1.1.0, and a gateway whose doings are written down in order. */
function open(changes: Partial<UpdatesDeps> = {}, calls: Partial<UpdaterCalls> = {}) {
  const done: string[] = [];
  const said: string[] = [];
  const timers: (() => void)[] = [];
  const updater = {
    ...{
      autoDownload: true,
      autoInstallOnAppQuit: true,
      allowDowngrade: true,
      logger: console,
      channel: null,
    },
    checkForUpdates: async () => {
      done.push("look");
      return { isUpdateAvailable: true, updateInfo: { version: "1.1.0" } };
    },
    downloadUpdate: async () => {
      done.push("fetch");
      return [];
    },
    ...calls,
  } as unknown as UpdaterCalls;
  const updates = createUpdates({
    ...{ packaged: true, build: SIGNED },
    openUpdater: async () => {
      done.push("load");
      return updater;
    },
    keepRestorePoint: async () => void done.push("backup"),
    leave: () => {
      done.push("install");
      return new Promise(() => undefined);
    },
    after: (_ms, act) => {
      timers.push(act);
      return () => void timers.splice(timers.indexOf(act), 1);
    },
    onChange: ({ state }) => void said.push(state),
    onError: (during, error) => void done.push(`${during}: ${String(error)}`),
    ...changes,
  });
  return { updates, updater, done, said, timers };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("updates are off", () => {
  test.each([
    ["out of a checkout", { packaged: false, build: SIGNED }, /checkout/],
    [
      "before builds are signed",
      { packaged: true, build: { ...SIGNED, signed: false } },
      /until builds are signed/,
    ],
    ["when the build says nothing", { packaged: true, build: null }, /until builds are signed/],
    [
      "without a place they come from",
      { packaged: true, build: { ...SIGNED, channel: null } },
      /not told where/,
    ],
  ])("%s: nothing is loaded or asked, and why is said", async (_when, facts, sentence) => {
    const { updates, done, timers } = open(facts);
    updates.start();
    await updates.look();
    await updates.fetch();
    await updates.install();
    expect(updates.state()).toMatchObject({
      state: "off",
      version: null,
      sentence: expect.stringMatching(sentence),
    });
    expect([done, timers]).toEqual([[], []]);
  });

  test("and on only for a signed package that was told its channel", () => {
    expect(decideUpdates({ packaged: true, build: SIGNED })).toEqual({ allowed: true, channel: "beta" });
  });
});

describe("an update", () => {
  test("is found, fetched and installed only when told so, with a backup kept first", async () => {
    const { updates, updater, done, said } = open();
    updates.start();
    await settled();
    expect(updates.state()).toMatchObject({ state: "available", version: "1.1.0" });
    expect(updater).toMatchObject({
      autoDownload: false,
      autoInstallOnAppQuit: false,
      allowDowngrade: false,
    });
    expect(updater).toMatchObject({ channel: "beta", logger: null });
    await updates.install();
    expect(done).toEqual(["load", "look"]);
    expect(await updates.fetch()).toMatchObject({ state: "ready" });
    expect((await updates.install()).sentence).toContain("Keeping a backup");
    await settled();
    expect(done).toEqual(["load", "look", "fetch", "backup", "install"]);
    expect(said).toEqual(["looking", "available", "looking", "ready", "looking"]);
  });

  test("is looked for again a day later, until the program ends", async () => {
    const { updates, done, timers } = open({}, { checkForUpdates: async () => null });
    updates.start();
    updates.start();
    await settled();
    expect(updates.state().state).toBe("current");
    expect(timers).toHaveLength(1);
    timers[0]?.();
    await settled();
    expect(timers).toHaveLength(2);
    updates.stop();
    expect(timers).toHaveLength(1);
    expect(done).toEqual(["load"]);
  });

  test("that is rolled out to others first is not there yet", async () => {
    const notYet = { isUpdateAvailable: false, updateInfo: { version: "1.1.0" } };
    const { updates } = open({}, { checkForUpdates: (async () => notYet) as never });
    expect(await updates.look()).toMatchObject({ state: "current", version: null });
  });

  test("is not installed when no backup could be kept", async () => {
    const { updates, done } = open({ keepRestorePoint: () => Promise.reject(new Error("disk full")) });
    await updates.look();
    await updates.fetch();
    expect(await updates.install()).toMatchObject({
      state: "failed",
      sentence: expect.stringContaining("No backup"),
    });
    expect(done).toEqual(["load", "look", "fetch", "save: Error: disk full"]);
    // Tried again from the beginning.
    expect(await updates.look()).toMatchObject({ state: "available" });
  });

  test.each([
    ["look", { checkForUpdates: () => Promise.reject(new Error("no network")) }, /tried again later/],
    ["fetch", { downloadUpdate: () => Promise.reject(new Error("cut off")) }, /could not be fetched whole/],
    ["install", {}, /This version keeps running/],
  ])("that fails to %s says so and changes nothing", async (during, calls, sentence) => {
    const { updates, done } = open({ leave: () => Promise.reject(new Error("refused")) }, calls);
    await updates.look();
    await updates.fetch();
    await updates.install();
    await settled();
    expect(updates.state()).toMatchObject({ state: "failed", sentence: expect.stringMatching(sentence) });
    expect(done.at(-1)).toMatch(new RegExp(`^${during}: `));
  });
});

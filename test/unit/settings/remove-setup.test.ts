// Taking a brokerage or an agent out of the settings and putting them back, when something fails on the way as well.
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkSetupShape } from "../../../server/settings/check-setup-shape.ts";
import { KeychainError } from "../../../server/settings/keychain.ts";
import type { SettingsRoom } from "../../../server/settings/settings-room.ts";
import { memoryKeychain, openIn, refusalOf, tempFolder } from "./open-test-settings.ts";

const SETUP = checkSetupShape({
  platform: { FUB_SYSTEM_KEY: "the-system-key" },
  tenants: [
    { domain_name: "first", fub_api_key: "fka_first" },
    {
      domain_name: "acme",
      fub_api_key: "fka_acme",
      users: [
        { id: "u1", name: "Ann", fub_api_key: "fka_ann" },
        { id: "u2", name: "Ben", fub_api_key: "fka_ben" },
      ],
    },
    { domain_name: "acme-two", fub_api_key: "fka_acme_two", users: [{ id: "u1", fub_api_key: "fka_cy" }] },
  ],
});

async function openSetUp(keychain = memoryKeychain()) {
  const dataDir = await tempFolder();
  const settings = await openIn(dataDir, { keychain });
  await settings.apply(SETUP);
  return { dataDir, settings, keychain };
}
const keysOf = (settings: SettingsRoom) =>
  [
    settings.secret("tenant/acme/fub_api_key"),
    settings.secret("user/acme/u1/fub_api_key"),
    settings.secret("user/acme/u2/fub_api_key"),
  ].map((key) => key ?? null);
const slugs = (settings: SettingsRoom) => settings.current().tenants.map((tenant) => tenant.domain_name);

describe("removing", () => {
  test("a brokerage takes its keys and its agents' from the vault, and nobody else's", async () => {
    const { settings, keychain, dataDir } = await openSetUp();
    const removed = await settings.remove({ tenant: "acme" }, null);
    expect(slugs(settings)).toEqual(["first", "acme-two"]);
    expect(keysOf(settings)).toEqual([null, null, null]);
    expect([...keychain.entries.values()].sort()).toEqual([
      "fka_acme_two",
      "fka_cy",
      "fka_first",
      "the-system-key",
    ]);
    expect(removed.secrets.size).toBe(3);
    expect([settings.wasRemoved("acme"), settings.wasRemoved("first"), settings.wasRemoved("x")]).toEqual([
      true,
      false,
      false,
    ]);
    const again = await openIn(dataDir, { keychain });
    expect([slugs(again), again.wasRemoved("acme")]).toEqual([["first", "acme-two"], true]);
    expect(again.notices()).toEqual([]);
    expect(await readFile(join(dataDir, "settings.json"), "utf8")).not.toContain("user/acme/");
  });

  test("and putting back gives the same settings, in the same order, under the same revision", async () => {
    const { settings, dataDir, keychain } = await openSetUp();
    const [before, revision] = [settings.current(), settings.revision()];
    for (const removal of [{ tenant: "acme" }, { tenant: "acme", userId: "u1" }]) {
      const removed = await settings.remove(removal, settings.revision());
      expect(settings.revision()).not.toBe(revision);
      await settings.restore(removed);
      expect(settings.current()).toEqual(before);
      expect(settings.revision()).toBe(revision);
      expect(keysOf(settings)).toEqual(["fka_acme", "fka_ann", "fka_ben"]);
      expect(settings.wasRemoved("acme")).toBe(false);
    }
    expect((await openIn(dataDir, { keychain })).revision()).toBe(revision);
  });

  test("an agent leaves their brokerage where it is", async () => {
    const { settings } = await openSetUp();
    await settings.remove({ tenant: "acme", userId: "u1" }, null);
    expect(settings.tenant("acme")?.users.map((user) => user.id)).toEqual(["u2"]);
    expect(keysOf(settings)).toEqual(["fka_acme", null, "fka_ben"]);
    expect(settings.wasRemoved("acme")).toBe(false);
  });

  test("is forgotten when a brokerage of the same name is set up again", async () => {
    const { settings } = await openSetUp();
    await settings.remove({ tenant: "acme" }, null);
    await settings.apply(checkSetupShape({ tenants: [{ domain_name: "acme" }] }));
    expect(settings.wasRemoved("acme")).toBe(false);
    expect(settings.secret("tenant/acme/fub_api_key")).toBeUndefined();
  });
});

describe("when something fails", () => {
  test("a vault that does not open changes nothing", async () => {
    const { settings, keychain, dataDir } = await openSetUp();
    keychain.trouble = new KeychainError("failed", "it is locked");
    const locked = await openIn(dataDir, { keychain });
    expect((await refusalOf(locked.remove({ tenant: "acme" }, null))).code).toBe("vault_unavailable");
    expect(slugs(locked)).toEqual(["first", "acme", "acme-two"]);
    keychain.trouble = undefined;
    expect(keysOf(settings)).toEqual(["fka_acme", "fka_ann", "fka_ben"]);
  });

  test("a settings file that cannot be written brings the keys back", async () => {
    const { settings, keychain, dataDir } = await openSetUp();
    const [before, entries] = [settings.current(), new Map(keychain.entries)];
    // A folder in the place of the file that is written first.
    await mkdir(join(dataDir, "settings.json.tmp"));
    const refused = await refusalOf(settings.remove({ tenant: "acme" }, null));
    expect(refused.sentence).toContain("could not be saved");
    expect(settings.current()).toEqual(before);
    expect(keychain.entries).toEqual(entries);
    expect(keysOf(settings)).toEqual(["fka_acme", "fka_ann", "fka_ben"]);
    await rm(join(dataDir, "settings.json.tmp"), { recursive: true });
    await settings.remove({ tenant: "acme" }, null);
    expect(slugs(settings)).toEqual(["first", "acme-two"]);
  });

  test("what is not there, or was changed by somebody else since, stays", async () => {
    const { settings } = await openSetUp();
    expect((await refusalOf(settings.remove({ tenant: "nobody" }, null))).code).toBe("tenant_not_found");
    expect((await refusalOf(settings.remove({ tenant: "acme", userId: "u9" }, null))).code).toBe(
      "user_not_found",
    );
    const seen = settings.revision();
    await settings.apply(checkSetupShape({ tenants: [{ domain_name: "acme", cool_down_minutes: 3 }] }));
    const refused = await refusalOf(settings.remove({ tenant: "first" }, seen));
    expect(refused.details).toMatchObject({
      changed: [{ path: "tenants.acme.cool_down_minutes", theirs: 3 }],
    });
    expect(slugs(settings)).toEqual(["first", "acme", "acme-two"]);
  });

  test("nothing is put back over what has its name by now, or without its brokerage", async () => {
    const { settings } = await openSetUp();
    const user = await settings.remove({ tenant: "acme", userId: "u1" }, null);
    const tenant = await settings.remove({ tenant: "acme" }, null);
    expect((await refusalOf(settings.restore(user))).code).toBe("wrong_state");
    await settings.restore(tenant);
    expect((await refusalOf(settings.restore(tenant))).code).toBe("wrong_state");
    await settings.restore(user);
    expect((await refusalOf(settings.restore(user))).code).toBe("wrong_state");
  });
});

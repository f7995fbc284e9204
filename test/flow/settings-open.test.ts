// Opening the settings over real files: first start, what survives damage, the order of environment and file.
import { readdir, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sealSettings } from "../../server/settings/seal-settings.ts";
import { createFakeClock } from "../helpers/fake-clock.ts";
import {
  lockedKeychain,
  memoryKeychain,
  noKeychain,
  openIn,
  refusalOf,
  tempFolder,
} from "../unit/settings/open-test-settings.ts";

const acme = { tenants: [{ domain_name: "acme", fub_api_key: "fka_one" }] };
const read = (folder: string, file: string) => readFile(join(folder, file), "utf8");
const asides = async (folder: string) =>
  (await readdir(folder)).filter((name) => name.startsWith("settings.json.corrupt-"));

describe("a first start", () => {
  test("makes settings that are there again at the next start", async () => {
    const folder = join(await tempFolder(), "new", "data");
    const first = await openIn(folder);
    expect(first.notices()).toEqual([]);
    expect(first.platform()).toMatchObject({ PORT: 8010, ADMIN_PORT: 8011, FUB_SYSTEM: "Aventora" });
    const again = await openIn(folder);
    expect(again.current()).toEqual(first.current());
    expect(Object.isFrozen(again.platform())).toBe(true);
    if (process.platform !== "win32") {
      expect((await stat(join(folder, "settings.json"))).mode & 0o777).toBe(0o600);
    }
  });

  test("opened for reading only, leaves no trace", async () => {
    const folder = await tempFolder();
    const room = await openIn(folder, { readOnly: true, keychain: memoryKeychain() });
    expect(room.vault()).toMatchObject({ kind: "none", ok: true });
    await expect(room.apply(acme)).rejects.toThrow(/reading only/);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("a damaged settings file", () => {
  test.each([
    ["cut in the middle", (folder: string) => truncate(join(folder, "settings.json"), 300)],
    ["emptied", (folder: string) => truncate(join(folder, "settings.json"), 0)],
    ["full of zeros", (folder: string) => writeFile(join(folder, "settings.json"), Buffer.alloc(2000))],
    [
      "changed by hand",
      async (folder: string) =>
        writeFile(
          join(folder, "settings.json"),
          (await read(folder, "settings.json")).replace('"acme"', '"acne"'),
        ),
    ],
  ])("%s loses nothing, is kept aside and is told", async (_, damage) => {
    const folder = await tempFolder();
    await (await openIn(folder)).apply(acme);
    await damage(folder);
    const damaged = await read(folder, "settings.json");

    const room = await openIn(folder);
    expect(room.current().tenants.map((tenant) => tenant.domain_name)).toEqual(["acme"]);
    expect(room.secret("tenant/acme/fub_api_key")).toBe("fka_one");
    const [aside] = await asides(folder);
    expect(await read(folder, aside ?? "")).toBe(damaged);
    expect(room.notices().join()).toContain(aside);
    expect(room.notices().join()).toContain("2026-03-02T15:00:00.000Z");
    expect((await openIn(folder)).notices()).toEqual([]);
  });

  test("is never taken for a first start when no copy is whole", async () => {
    const folder = await tempFolder();
    await openIn(folder);
    for (const file of ["settings.json", "settings.json.1"]) await truncate(join(folder, file), 10);
    for (let start = 0; start < 2; start++) {
      const error = await refusalOf(openIn(folder));
      expect(error.code).toBe("settings_unreadable");
      expect(error.sentence).toContain(folder);
    }
    expect(await read(folder, "settings.json")).toHaveLength(10);
  });

  test("keeps at most five asides, the newest", async () => {
    const folder = await tempFolder();
    const clock = createFakeClock();
    await openIn(folder, { clock });
    for (let i = 0; i < 7; i++) {
      await writeFile(join(folder, "settings.json"), `broken ${i}`);
      await clock.advance(1000);
      await openIn(folder, { clock });
    }
    const kept = (await asides(folder)).sort();
    expect(await Promise.all(kept.map((name) => read(folder, name)))).toEqual(
      [2, 3, 4, 5, 6].map((i) => `broken ${i}`),
    );
  });

  test("opened for reading only is used and left alone", async () => {
    const folder = await tempFolder();
    await (await openIn(folder)).apply(acme);
    await truncate(join(folder, "settings.json"), 10);
    const room = await openIn(folder, { readOnly: true });
    expect(room.tenant("acme")).toBeDefined();
    expect(room.secret("tenant/acme/fub_api_key")).toBe("fka_one");
    expect(await asides(folder)).toEqual([]);
  });
});

describe("settings with content this version cannot use", () => {
  const put = (folder: string, settings: object) =>
    writeFile(join(folder, "settings.json"), sealSettings(settings, 5, "2026-01-01T00:00:00.000Z"));

  test("lose the one value, keep the original aside and say so once", async () => {
    const folder = await tempFolder();
    const tenants = [{ domain_name: "acme" }, { domain_name: "no good" }];
    await put(folder, {
      version: 1,
      installation_id: "gw_12345678",
      vault: null,
      platform: { COLOUR: 1 },
      tenants,
    });
    const room = await openIn(folder);
    expect(room.current().tenants.map((tenant) => tenant.domain_name)).toEqual(["acme"]);
    expect(room.notices().join("\n")).toMatch(/platform\.COLOUR.*\n.*domain_name/s);
    expect(await read(folder, (await asides(folder))[0] ?? "")).toContain("COLOUR");
    expect(await read(folder, "settings.json")).not.toContain("COLOUR");
  });

  test("of a newer version stop the start and stay untouched", async () => {
    const folder = await tempFolder();
    await put(folder, { version: 9, installation_id: "gw_12345678" });
    const before = await read(folder, "settings.json");
    const error = await refusalOf(openIn(folder));
    expect(error.code).toBe("settings_unreadable");
    expect(error.sentence).toContain("version 9");
    expect(await read(folder, "settings.json")).toBe(before);
    expect(await readdir(folder)).toEqual(["settings.json"]);
  });
});

describe("environment, flags and file", () => {
  test("the environment wins over the file, a flag over both, and neither is stored", async () => {
    const folder = await tempFolder();
    await (await openIn(folder)).apply({
      platform: { PORT: 1000, HOST: "0.0.0.0", FUB_SYSTEM_KEY: "stored" },
    });
    const environment = { PORT: "2000", FUB_SYSTEM_KEY: "from outside" };
    const room = await openIn(folder, { environment, flags: { PORT: 3000 } });
    expect(room.platform()).toMatchObject({ PORT: 3000, HOST: "0.0.0.0" });
    expect(room.secret("platform/FUB_SYSTEM_KEY")).toBe("from outside");
    expect([...room.locks()].sort()).toEqual(["FUB_SYSTEM_KEY", "PORT"]);
    await room.apply({ platform: { FUB_SYSTEM: "Mine" } });
    const plain = await openIn(folder);
    expect(plain.platform()).toMatchObject({ PORT: 1000, FUB_SYSTEM: "Mine" });
    expect(plain.secret("platform/FUB_SYSTEM_KEY")).toBe("stored");
  });

  test("INTERNAL_START_URL at our own listener is not used; at SERVER_URL it stops the start", async () => {
    const folder = await tempFolder();
    const room = await openIn(folder, { environment: { INTERNAL_START_URL: "http://127.0.0.1:8010" } });
    expect(room.platform().INTERNAL_START_URL).toBeUndefined();
    expect(room.notices().join()).toContain("INTERNAL_START_URL");
    const own = "https://gw.example.com";
    const environment = { SERVER_URL: own, INTERNAL_START_URL: `${own}/` };
    expect((await refusalOf(openIn(folder, { environment }))).sentence).toContain("INTERNAL_START_URL");
  });
});

describe("the place for keys", () => {
  test("is the keychain where one works, and is not changed by GATEWAY_VAULT_KEY later", async () => {
    const folder = await tempFolder();
    const keychain = memoryKeychain();
    await (await openIn(folder, { keychain })).apply(acme);
    expect([...keychain.entries.values()]).toEqual(["fka_one"]);
    const room = await openIn(folder, { keychain, environment: { GATEWAY_VAULT_KEY: "later" } });
    expect(room.vault()).toMatchObject({ kind: "keychain", ok: true });
    expect(room.secret("tenant/acme/fub_api_key")).toBe("fka_one");
    expect(room.notices().join()).toContain("GATEWAY_VAULT_KEY is set but not used");
  });

  test("is the file where there is no keychain or GATEWAY_VAULT_KEY is set, said plainly", async () => {
    const alone = await openIn(await tempFolder());
    expect(alone.vault()).toMatchObject({ kind: "file", ok: true });
    expect(alone.vault().sentence).toContain("vault.key");
    const keychain = memoryKeychain();
    const keyed = await openIn(await tempFolder(), { keychain, environment: { GATEWAY_VAULT_KEY: "k" } });
    expect(keyed.vault()).toMatchObject({ kind: "file", ok: true });
    expect(keychain.asked).toBe(0);
  });

  test("is not chosen while the keychain is locked, and is at the first apply after it opens", async () => {
    const folder = await tempFolder();
    const keychain = lockedKeychain();
    const room = await openIn(folder, { keychain });
    expect(room.vault()).toMatchObject({ kind: "none", ok: false });
    expect((await refusalOf(room.apply(acme))).code).toBe("vault_unavailable");
    expect(room.current().tenants).toEqual([]);
    expect((await readdir(folder)).filter((name) => name.startsWith("vault"))).toEqual([]);

    keychain.trouble = undefined;
    await room.apply(acme);
    expect(room.vault()).toMatchObject({ kind: "keychain", ok: true });
    expect(room.current().vault).toBe("keychain");
  });

  test("once the keychain, a locked or vanished keychain is an error and not the file", async () => {
    const folder = await tempFolder();
    await (await openIn(folder, { keychain: memoryKeychain() })).apply(acme);
    for (const keychain of [lockedKeychain(), noKeychain()]) {
      const room = await openIn(folder, { keychain });
      expect(room.vault()).toMatchObject({ kind: "keychain", ok: false });
      expect(room.secret("tenant/acme/fub_api_key")).toBeUndefined();
      expect(room.tenant("acme")).toBeDefined();
      const changed = { tenants: [{ domain_name: "acme", track: "B" as const, fub_api_key: "fka_two" }] };
      expect((await refusalOf(room.apply(changed))).code).toBe("vault_unavailable");
      expect(room.tenant("acme")?.track).toBe("A");
    }
  });

  test("says when it holds nothing of what was stored, and takes the keys again", async () => {
    const folder = await tempFolder();
    await (await openIn(folder, { keychain: memoryKeychain() })).apply(acme);
    const room = await openIn(folder, { keychain: memoryKeychain() });
    expect(room.vault().ok).toBe(false);
    expect(room.notices().join()).toContain("tenant/acme/fub_api_key");
    await room.apply(acme);
    expect(room.vault().ok).toBe(true);
    expect(room.notices()).toEqual([]);
  });
});

import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createFileVault } from "../../../server/settings/file-vault.ts";
import { KeychainError } from "../../../server/settings/keychain.ts";
import { createKeychainVault } from "../../../server/settings/keychain-vault.ts";
import { limitKeychain } from "../../../server/settings/limit-keychain.ts";
import { createFakeClock } from "../../helpers/fake-clock.ts";
import { memoryKeychain, refusalOf, tempFolder } from "./open-test-settings.ts";

const one = (name: string, secret: string | undefined) => new Map([[name, secret]]);

describe("the file vault", () => {
  test("gives back what was stored, from a file that shows neither names nor secrets", async () => {
    const dataDir = await tempFolder();
    const vault = createFileVault({ dataDir, vaultKey: undefined });
    await vault.save(
      new Map([
        ["tenant/acme/fub_api_key", "fka_Ünïcode"],
        ["b", "2"],
      ]),
    );
    await vault.save(one("b", undefined));

    const again = createFileVault({ dataDir, vaultKey: undefined });
    expect(await again.read(["tenant/acme/fub_api_key", "b", "constructor"])).toEqual(
      new Map([["tenant/acme/fub_api_key", "fka_Ünïcode"]]),
    );
    const text = await readFile(join(dataDir, "vault.json"), "utf8");
    expect(text).not.toMatch(/fka_|fub_api_key|acme/);
    for (const file of ["vault.json", "vault.key"]) {
      if (process.platform !== "win32") expect((await stat(join(dataDir, file))).mode & 0o777).toBe(0o600);
    }
    expect(again.sentence()).toContain("vault.key");
  });

  test("with another key, or none, says so and leaves the file alone", async () => {
    const dataDir = await tempFolder();
    await createFileVault({ dataDir, vaultKey: "right" }).save(one("a", "1"));
    const before = await readFile(join(dataDir, "vault.json"), "utf8");
    for (const vaultKey of ["wrong", undefined]) {
      const vault = createFileVault({ dataDir, vaultKey });
      expect((await refusalOf(vault.read(["a"]))).sentence).toContain("GATEWAY_VAULT_KEY");
      expect((await refusalOf(vault.save(one("a", "2")))).code).toBe("vault_unavailable");
    }
    expect(await readFile(join(dataDir, "vault.json"), "utf8")).toBe(before);
    expect(await createFileVault({ dataDir, vaultKey: "right" }).read(["a"])).toEqual(one("a", "1"));
  });

  test("does not make a new key file over an existing vault", async () => {
    const dataDir = await tempFolder();
    await createFileVault({ dataDir, vaultKey: undefined }).save(one("a", "1"));
    await writeFile(join(dataDir, "vault.key"), "");
    const vault = createFileVault({ dataDir, vaultKey: undefined });
    expect((await refusalOf(vault.save(one("b", "2")))).sentence).toContain("vault.key is missing");
    expect(await readFile(join(dataDir, "vault.key"), "utf8")).toBe("");
  });

  test("damaged anywhere is refused, never half read and never written over", async () => {
    const dataDir = await tempFolder();
    await createFileVault({ dataDir, vaultKey: "k" }).save(one("a", "secret-one"));
    const path = join(dataDir, "vault.json");
    const text = await readFile(path, "utf8");
    const damage = fc.oneof(
      fc.integer({ min: 0, max: text.length - 3 }).map((cut) => text.slice(0, cut)),
      fc.integer({ min: 0, max: text.length - 2 }).map((at) => {
        const other = text[at] === "7" ? "8" : "7";
        return text.slice(0, at) + other + text.slice(at + 1);
      }),
    );
    await fc.assert(
      fc.asyncProperty(damage, async (damaged) => {
        await writeFile(path, damaged);
        const vault = createFileVault({ dataDir, vaultKey: "k" });
        expect((await refusalOf(vault.save(one("b", "2")))).code).toBe("vault_unavailable");
        expect(await readFile(path, "utf8")).toBe(damaged);
      }),
      { numRuns: 40 },
    );
  });
});

describe("the keychain vault", () => {
  test("keeps two installations apart", async () => {
    const keychain = memoryKeychain();
    await createKeychainVault(keychain, "gw_1").save(one("a", "1"));
    expect([...keychain.entries]).toEqual([["gw_1/a", "1"]]);
    expect(await createKeychainVault(keychain, "gw_2").read(["a"])).toEqual(new Map());
  });

  test("asks a locked keychain once, however many secrets there are", async () => {
    const keychain = memoryKeychain(new KeychainError("failed", "locked"));
    await refusalOf(createKeychainVault(keychain, "gw_1").read(["a", "b", "c", "d"]));
    expect(keychain.asked).toBe(1);
  });

  test("puts earlier secrets back when one in the middle cannot be stored", async () => {
    const keychain = memoryKeychain();
    const vault = createKeychainVault(keychain, "gw_1");
    await vault.save(
      new Map([
        ["a", "1"],
        ["b", "2"],
      ]),
    );
    const set = keychain.set;
    keychain.set = async (account, secret) => {
      if (secret === "too long") throw new KeychainError("failed", "refused");
      await set(account, secret);
    };
    const error = await refusalOf(
      vault.save(
        new Map([
          ["a", "new"],
          ["n", "new"],
          ["b", "too long"],
        ]),
      ),
    );
    expect(error.code).toBe("vault_unavailable");
    expect(await vault.read(["a", "b", "n"])).toEqual(
      new Map([
        ["a", "1"],
        ["b", "2"],
      ]),
    );
  });
});

describe("a keychain that does not answer", () => {
  test("fails after the limit, is not asked again meanwhile, and is used again once it answers", async () => {
    const clock = createFakeClock();
    const keychain = memoryKeychain();
    let answer = (): void => undefined;
    const silent = {
      ...keychain,
      get: () => new Promise<string>((resolve) => (answer = () => resolve("late"))),
    };
    const limited = limitKeychain(silent, clock, 5000);
    const refused = expect(limited.get("a")).rejects.toThrow(/locked/);
    await clock.advance(5000);
    await refused;
    await expect(limited.set("b", "1")).rejects.toThrow(/locked/);
    expect(keychain.asked).toBe(0);

    answer();
    await clock.settle();
    await limited.set("b", "1");
    expect(keychain.entries.get("b")).toBe("1");
    expect(clock.sleepers()).toBe(0);
  });
});

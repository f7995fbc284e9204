// What stands on disk after an installation, and what is never touched.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { withVaultKey } from "../../../main/read-vault-key.ts";
import { chooseKind } from "../../../main/service/choose-kind.ts";
import {
  type Definition,
  ensureVaultKey,
  installDefinition,
  removeDefinition,
} from "../../../main/service/install-files.ts";
import { withMark } from "../../../main/service/own-mark.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gateway-install-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const definition = (text: string): Definition => ({
  file: join(folder, "units/a.service"),
  text: withMark(text),
});

describe("a definition", () => {
  test("is written, kept, brought up to date, and left alone once somebody changed it", () => {
    const [one, two] = [definition("one\n"), definition("two\n")];
    expect(installDefinition(one, false)).toBe("absent");
    expect(statSync(one.file).mode & 0o777).toBe(0o644);
    expect(installDefinition(one, false)).toBe("same");
    expect(installDefinition(two, false)).toBe("older");
    writeFileSync(two.file, `${two.text}mine\n`);
    expect(() => installDefinition(one, false)).toThrow(/changed by hand.*--force/);
    expect(() => removeDefinition(one, false)).toThrow(/changed by hand/);
    expect(readFileSync(two.file, "utf8")).toBe(`${two.text}mine\n`);
    expect(installDefinition(one, true)).toBe("changed");
    expect(removeDefinition(two, false)).toBe("older");
    expect(removeDefinition(two, false)).toBe("absent");
  });

  test("where it may not be written says what to do", () => {
    mkdirSync(join(folder, "units"));
    writeFileSync(join(folder, "file"), "");
    expect(() => installDefinition({ file: join(folder, "file/a.service"), text: "x" }, false)).toThrow(
      /cannot be used/,
    );
    if (process.getuid?.() === 0) return;
    chmodSync(join(folder, "units"), 0o500);
    expect(() => installDefinition(definition("x"), false)).toThrow(/needs an administrator.*--user/);
  });
});

describe("the key of the vault", () => {
  const file = (): string => join(folder, "config/vault-key");
  const data = (): string => join(folder, "data");

  test("is made for its owner alone and never made anew", () => {
    expect(ensureVaultKey(file(), data(), undefined)).toBe("made");
    const key = readFileSync(file(), "utf8");
    expect(key).toMatch(/^[0-9a-f]{64}\n$/);
    expect([statSync(file()).mode & 0o777, statSync(dirname(file())).mode & 0o777]).toEqual([0o600, 0o700]);
    expect(ensureVaultKey(file(), data(), "another")).toBe("kept");
    expect(readFileSync(file(), "utf8")).toBe(key);
  });

  test("of a data folder in use is taken over, and asked for where it is not known", () => {
    mkdirSync(data());
    writeFileSync(join(data(), "vault.json"), JSON.stringify({ opened_by: "environment" }));
    expect(() => ensureVaultKey(file(), data(), undefined)).toThrow(/opened by GATEWAY_VAULT_KEY/);
    expect(existsSync(file())).toBe(false);
    ensureVaultKey(file(), data(), "as it was");
    expect(withVaultKey({ PATH: "x" }, file())).toEqual({ PATH: "x", GATEWAY_VAULT_KEY: "as it was" });
  });

  test("is the named file's before the variable's, the variable's before the service's", () => {
    const write = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    write("GATEWAY_VAULT_KEY", "credential");
    const all = {
      GATEWAY_VAULT_KEY: "variable",
      GATEWAY_VAULT_KEY_FILE: write("a", "file of the variable\n"),
      CREDENTIALS_DIRECTORY: folder,
    };
    const keyOf = (environment: Record<string, string>, option?: string) =>
      withVaultKey(environment, option).GATEWAY_VAULT_KEY;
    expect(keyOf(all, write("b", "option"))).toBe("option");
    expect(keyOf(all)).toBe("file of the variable");
    expect(keyOf({ ...all, GATEWAY_VAULT_KEY_FILE: "" })).toBe("variable");
    expect(keyOf({ CREDENTIALS_DIRECTORY: folder })).toBe("credential");
    expect(keyOf({ CREDENTIALS_DIRECTORY: join(folder, "gone") })).toBeUndefined();
    expect(keyOf({})).toBeUndefined();
    expect(() => keyOf({}, write("empty", " \n"))).toThrow(/is empty/);
    expect(() => keyOf({ GATEWAY_VAULT_KEY_FILE: join(folder, "gone") })).toThrow(/could not be read/);
  });
});

test.each([
  [undefined, "linux", "systemd"],
  [undefined, "darwin", "launchd"],
  [undefined, "win32", "windows"],
  ["windows", "linux", "windows"],
] as const)("--for %s on %s is %s", (named, platform, kind) => {
  expect(chooseKind(named, platform)).toBe(kind);
});

test("a service manager nobody knows is refused with those that are", () => {
  expect(() => chooseKind("upstart", "linux")).toThrow(/systemd, launchd, windows, not “upstart”/);
  expect(() => chooseKind(undefined, "freebsd")).toThrow(/--for/);
});

// The real Secret Service: gnome-keyring in D-Bus sessions of its own. Where these programs are missing the tests are
// skipped and say so; the rules are then still held by the tests with a keychain in memory.
import { execFile, execFileSync } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { tempFolder } from "../unit/settings/open-test-settings.ts";

const run = promisify(execFile);
const script = join(import.meta.dirname, "../unit/settings/keychain-session.ts");

const UNLOCKED = "echo -n pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1";
const LOCKED = "gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1";
/** Registered on the bus, then frozen: every question goes unanswered. */
const FROZEN = `echo -n pw | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 &
  DAEMON=$!; sleep 1; kill -STOP $DAEMON; trap 'kill -KILL $DAEMON' EXIT`;

const ACME = JSON.stringify({ tenants: [{ domain_name: "acme", fub_api_key: "fka_one" }] });
const ACME_AGAIN = ACME.replace("fka_one", "fka_two");

interface Seen {
  opened: number;
  refused: string;
  vault: { kind: string; ok: boolean; sentence: string };
  tenants: string[];
  secret: string | null;
}

const missing = missingProgram();
if (missing !== undefined)
  process.stderr.write(`Not tested with a real keychain: ${missing} is not installed.\n`);

function missingProgram(): string | undefined {
  if (process.platform !== "linux") return "a Secret Service (this is not Linux; its parts)";
  return ["dbus-run-session", "gnome-keyring-daemon", "bash"].find((program) => {
    try {
      execFileSync("which", [program], { stdio: "ignore" });
      return false;
    } catch {
      return true;
    }
  });
}

/** Opens settings inside a fresh session whose keyring files are in `home`. */
async function inSession(home: string, daemon: string, args: string[], config?: string): Promise<Seen> {
  const command = `${daemon}\n"$0" "$@"`;
  const options = config === undefined ? [] : [`--config-file=${config}`];
  const { stdout } = await run(
    "dbus-run-session",
    [...options, "--", "bash", "-c", command, process.execPath, script, ...args],
    { env: { PATH: process.env.PATH, HOME: home }, timeout: 25_000 },
  );
  return JSON.parse(stdout) as Seen;
}

describe.skipIf(missing !== undefined)("with a real keychain", () => {
  test("keys live in the keychain only, and are there again in the next session", async () => {
    const [home, data] = [await tempFolder(), await tempFolder()];
    const first = await inSession(home, UNLOCKED, [data, ACME]);
    expect(first).toMatchObject({ refused: "", secret: "fka_one", vault: { kind: "keychain", ok: true } });
    const files = await readdir(data);
    expect(files.filter((name) => name.startsWith("vault"))).toEqual([]);
    const texts = await Promise.all(files.map((name) => readFile(join(data, name), "utf8")));
    expect(texts.join()).not.toContain("fka_one");
    expect(await inSession(home, UNLOCKED, [data])).toMatchObject({ secret: "fka_one", tenants: ["acme"] });
  });

  test("a locked keychain is told and changes nothing, and works again once unlocked", async () => {
    const [home, data] = [await tempFolder(), await tempFolder()];
    await inSession(home, UNLOCKED, [data, ACME]);
    const locked = await inSession(home, LOCKED, [data, ACME_AGAIN]);
    expect(locked).toMatchObject({ tenants: ["acme"], secret: null, vault: { kind: "keychain", ok: false } });
    expect(locked.vault.sentence).toContain("Is it locked?");
    expect(locked.refused).toContain("Is it locked?");
    expect(locked.opened).toBeLessThan(10_000);
    expect(await inSession(home, UNLOCKED, [data])).toMatchObject({ secret: "fka_one", vault: { ok: true } });
  });

  test("a first start with a locked keychain makes no file of keys instead", async () => {
    const [home, data, other] = [await tempFolder(), await tempFolder(), await tempFolder()];
    await inSession(home, UNLOCKED, [other, ACME]);
    const locked = await inSession(home, LOCKED, [data, ACME]);
    expect(locked).toMatchObject({ tenants: [], secret: null, vault: { kind: "none", ok: false } });
    expect(locked.vault.sentence).toContain("GATEWAY_VAULT_KEY");
    expect((await readdir(data)).filter((name) => name.startsWith("vault"))).toEqual([]);
  });

  test("a keychain that never answers does not hold up the start", async () => {
    const [home, data] = [await tempFolder(), await tempFolder()];
    await inSession(home, UNLOCKED, [data, ACME]);
    const frozen = await inSession(home, FROZEN, [data]);
    expect(frozen).toMatchObject({ tenants: ["acme"], vault: { kind: "keychain", ok: false } });
    expect(frozen.opened).toBeLessThan(10_000);
  });

  test("a session bus on which nothing offers a keychain means the encrypted file", async () => {
    const [home, data] = [await tempFolder(), await tempFolder()];
    const config = join(home, "bus.conf");
    await writeFile(
      config,
      `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
      <busconfig><type>session</type><listen>unix:dir=${home}</listen><policy context="default">
      <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`,
    );
    const seen = await inSession(home, ":", [data, ACME], config);
    expect(seen).toMatchObject({ refused: "", secret: "fka_one", vault: { kind: "file", ok: true } });
  });
});

test.skipIf(process.platform !== "linux")(
  "a machine without a session bus uses the encrypted file",
  async () => {
    const [home, data] = [await tempFolder(), await tempFolder()];
    const { stdout } = await run(process.execPath, [script, data, ACME], {
      env: { PATH: process.env.PATH, HOME: home },
    });
    expect(JSON.parse(stdout)).toMatchObject({ secret: "fka_one", vault: { kind: "file", ok: true } });
  },
);

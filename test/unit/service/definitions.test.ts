// The definitions as wholes: what each says for each kind of wish, read by the systems' own tools where they are at hand.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { launchdPlist } from "../../../main/service/launchd-plist.ts";
import { stepsAfterInstall } from "../../../main/service/next-steps.ts";
import { judgeDefinition, withMark } from "../../../main/service/own-mark.ts";
import {
  exampleMachine,
  planService,
  type ServiceMachine,
  type ServiceWishes,
} from "../../../main/service/service-plan.ts";
import { systemdUnit } from "../../../main/service/systemd-unit.ts";
import { windowsNotes } from "../../../main/service/windows-notes.ts";
import { readPlist, readUnitText, readUnitWords } from "./read-quoted.ts";

const machine: ServiceMachine = {
  node: "/opt/gateway/node_modules/.bin/node",
  cli: "/opt/gateway/main/cli.js",
  home: "/home/ann",
  here: true,
  ownDataDir: "/home/ann/.local/share/aventora-gateway",
};
const plan = (wishes: Partial<ServiceWishes> = {}, on: Partial<ServiceMachine> = {}) =>
  planService({ kind: "systemd", ofUser: false, serveOptions: [], ...wishes }, { ...machine, ...on });
const settingOf = (unit: string, name: string): string | undefined =>
  new RegExp(`^${name}=(.*)$`, "m").exec(unit)?.[1];

describe("the plan", () => {
  test.each([
    ["systemd", false, "/var/lib/aventora-gateway", "/etc/systemd/system/aventora-gateway.service"],
    [
      "systemd",
      true,
      "/home/ann/.local/share/aventora-gateway",
      "/home/ann/.config/systemd/user/aventora-gateway.service",
    ],
    [
      "launchd",
      false,
      "/Library/Application Support/Aventora Gateway",
      "/Library/LaunchDaemons/ai.aventora.gateway.plist",
    ],
  ] as const)("%s, of the user %s: data in %s", (kind, ofUser, dataDir, file) => {
    expect(plan({ kind, ofUser })).toMatchObject({ kind, ofUser, dataDir, file });
  });

  test("for another system names its places, not those of this computer", () => {
    const there = planService(
      { kind: "windows", ofUser: false, serveOptions: [] },
      exampleMachine("windows"),
    );
    expect(there.dataDir).toBe("C:\\ProgramData\\Aventora Gateway");
    expect(there.command.join(" ")).not.toMatch(/\/home|\/opt/);
  });

  test.each([
    ["relative/data", /whole path/],
    ["/two\nlines", /line break/],
    ["/ends in a space ", /space/],
    ["/ends in a backslash\\", /backslash/],
  ])("a data folder %j is refused with the reason", (dataDir, why) => {
    expect(() => plan({ dataDir })).toThrow(why);
  });

  test.each(["root; rm -rf", "two\nlines", "-x", ""])("a user %j is refused", (runAs) => {
    expect(() => plan({ runAs })).toThrow(/not the name of a user/);
  });
});

describe("the systemd unit", () => {
  test("keeps the vault's key out of itself and the environment, and the service out of everything else", () => {
    const unit = systemdUnit(plan({ serveOptions: ["--port", "8020"] }));
    expect(settingOf(unit, "ExecStart")).toBe(
      ":/opt/gateway/node_modules/.bin/node --max-semi-space-size=4 /opt/gateway/main/cli.js serve --data-dir /var/lib/aventora-gateway --port 8020",
    );
    expect(settingOf(unit, "LoadCredential")).toBe("GATEWAY_VAULT_KEY:/etc/aventora-gateway/vault-key");
    for (const [name, value] of Object.entries({
      Type: "exec",
      Restart: "on-failure",
      UMask: "0077",
      NoNewPrivileges: "yes",
      ProtectSystem: "strict",
      ReadWritePaths: "/var/lib/aventora-gateway",
      PrivateTmp: "yes",
      ProtectHome: "yes",
      StateDirectory: "aventora-gateway",
      StandardOutput: "null",
      WantedBy: "multi-user.target",
    }))
      expect([name, settingOf(unit, name)]).toEqual([name, value]);
    expect(Number(settingOf(unit, "TimeoutStopSec"))).toBeGreaterThan(5);
  });

  test("opens the homes for reading only where something of it is there", () => {
    const walls = (given: Parameters<typeof plan>) => settingOf(systemdUnit(plan(...given)), "ProtectHome");
    expect(walls([{ dataDir: "/srv/gateway" }])).toBe("yes");
    expect(walls([{ dataDir: "/home/ann/data" }])).toBe("read-only");
    expect(walls([{}, { node: "/root/gateway/node" }])).toBe("read-only");
  });

  test("of a user takes nothing only root may have, and names the key's file", () => {
    const unit = systemdUnit(plan({ ofUser: true }));
    expect(unit).not.toMatch(
      /^(?:User|LoadCredential|CapabilityBoundingSet|ProtectKernel\w+|PrivateDevices)=/m,
    );
    expect(settingOf(unit, "ExecStart")).toMatch(
      /--vault-key-file \/home\/ann\/\.config\/aventora-gateway\/vault-key$/,
    );
    expect(settingOf(unit, "PrivateUsers")).toBe("yes");
    expect(settingOf(unit, "WantedBy")).toBe("default.target");
  });

  test("says any path so that systemd reads it back", () => {
    const path = fc
      .string({ unit: "grapheme", maxLength: 30 })
      .filter((text) => !/\p{Cc}|[\s\\]$/u.test(text) && text.trim() !== "")
      .map((text) => `/${text}x`);
    fc.assert(
      fc.property(path, path, path, (node, dataDir, vaultKeyFile) => {
        const unit = systemdUnit(plan({ dataDir, vaultKeyFile }, { node }));
        const words = readUnitWords(settingOf(unit, "ExecStart") ?? "");
        expect([words.at(-6), words.at(-1)]).toEqual([words.length > 6 ? node : `:${node}`, dataDir]);
        expect(readUnitWords(settingOf(unit, "ReadWritePaths") ?? "")).toEqual([dataDir]);
        expect(readUnitText(settingOf(unit, "LoadCredential") ?? "")).toBe(
          `GATEWAY_VAULT_KEY:${vaultKeyFile}`,
        );
      }),
    );
  });

  test("passes systemd's own check, at a path with everything awkward in it", (context) => {
    if (spawnSync("systemd-analyze", ["--version"]).status !== 0)
      return context.skip("systemd-analyze is not here");
    const folder = mkdtempSync(join(tmpdir(), "gateway-unit-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const verify = (unit: string) => {
      const file = join(folder, "aventora-gateway.service");
      writeFileSync(file, withMark(unit));
      const { status, stdout, stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", file], {
        encoding: "utf8",
      });
      return { status, said: `${stdout}${stderr}` };
    };
    // Quotes in the program's own path take another way.
    for (const name of ["100% of $HOME Büro", 'Ann\'s "new" Büro, 100%']) {
      const odd = join(folder, name);
      mkdirSync(odd);
      const node = join(odd, "node");
      symlinkSync(process.execPath, node);
      for (const ofUser of [false, true]) {
        const wishes = { ofUser, dataDir: join(odd, "data") };
        expect(verify(systemdUnit(plan(wishes, { node, cli: join(odd, "cli.js") })))).toEqual({
          status: 0,
          said: "",
        });
      }
    }
    // It would have said so: the same with a program that is not there.
    const gone = systemdUnit(plan({}, { node: join(folder, "100% of $HOME Büro", "gone") }));
    expect(verify(gone).said).toMatch(/not executable|No such file/);
  });
});

describe("the launchd property list", () => {
  test("is one, whatever is in the paths", (context) => {
    const odd = `/Users/ann/R&D <"it's"> 100% Büro`;
    const xml = withMark(
      launchdPlist(plan({ kind: "launchd", ofUser: true, dataDir: odd }, { home: "/Users/ann" })),
    );
    expect(readPlist(xml)).toMatchObject({
      Label: "ai.aventora.gateway",
      ProgramArguments: expect.arrayContaining(["serve", "--data-dir", odd, "--vault-key-file"]),
      KeepAlive: { SuccessfulExit: false },
      Umask: 0o077,
      StandardOutPath: "/dev/null",
    });
    expect(readPlist(launchdPlist(plan({ kind: "launchd" })))).toMatchObject({
      UserName: "_aventora-gateway",
    });
    const script = "import plistlib,sys,json; json.dump(plistlib.loads(sys.stdin.buffer.read()), sys.stdout)";
    const python = spawnSync("python3", ["-c", script], { input: xml, encoding: "utf8" });
    if (python.error) return context.skip("the second reader (python3) is not here");
    expect(JSON.parse(python.stdout)).toEqual(readPlist(xml));
  });
});

test("Windows gets lines for PowerShell with every path as one text", () => {
  const windows = exampleMachine("windows");
  const there = planService(
    { kind: "windows", ofUser: false, dataDir: "D:\\Ann's data\\100%", serveOptions: ["--port", "8020"] },
    windows,
  );
  const notes = windowsNotes(there);
  expect(notes).toContain(`--data-dir "D:\\Ann''s data\\100%" --port 8020`);
  expect(notes).toContain("error 1053");
  expect(notes.match(/^[^#\n].*Ann's data/m)).toBeNull();
});

test("one changed by hand is known, one of another version is not taken for it", () => {
  for (const text of [systemdUnit(plan()), launchdPlist(plan({ kind: "launchd" }))]) {
    const marked = withMark(text);
    expect(judgeDefinition(null, marked)).toBe("absent");
    expect(judgeDefinition(marked, marked)).toBe("same");
    expect(judgeDefinition(withMark(text.replace("serve", "serve --port 1")), marked)).toBe("older");
    expect(judgeDefinition(marked.replace("serve", "serve --port 1"), marked)).toBe("changed");
    expect(judgeDefinition(text, marked)).toBe("changed");
  }
});

test("the steps make what the definition needs and end with the console's address", () => {
  const commands = (wishes: Partial<ServiceWishes>) =>
    stepsAfterInstall(plan(wishes)).map(([, command]) => command);
  expect(commands({ dataDir: "/srv/Ann's data" })).toContain(
    "sudo install -d -m 700 -o aventora-gateway '/srv/Ann'\\''s data'",
  );
  expect(commands({ ofUser: true })).toContain("loginctl enable-linger");
  expect(commands({ ofUser: true }).join("\n")).not.toContain("sudo");
  expect(commands({}).at(-2)).toBe(
    "sudo /opt/gateway/node_modules/.bin/node --max-semi-space-size=4 /opt/gateway/main/cli.js service status --data-dir /var/lib/aventora-gateway",
  );
});

// `aventora-gateway service` as a person meets it, in a home of its own; and one data folder, served by one kind of program
// after the other.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../../server/base/clock.ts";
import { createGateway } from "../../server/create-gateway.ts";
import { type CliRoom, openCliRoom } from "../helpers/run-gateway-cli.ts";
import { PAGES_DIR } from "../helpers/start-gateway.ts";

const ROOT = resolve(import.meta.dirname, "../..");
let room: CliRoom;
beforeEach(() => {
  room = openCliRoom();
});
afterEach(() => room.close());

const here = process.platform === "linux";

describe("service", () => {
  const home = (): string => join(room.dataDir, "home");
  const service = (...args: string[]) =>
    room.run(["service", ...args], {
      noFolder: true,
      environment: { HOME: home(), XDG_DATA_HOME: "", GATEWAY_VAULT_KEY: "" },
    });
  const unitFile = (): string => join(home(), ".config/systemd/user/aventora-gateway.service");
  const keyFile = (): string => join(home(), ".config/aventora-gateway/vault-key");

  test.skipIf(!here)("is installed, told about and removed", async () => {
    const first = await service("install", "--user", "--port", "8020");
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(first.stdout).toMatch(/^Written: .*aventora-gateway\.service\n/m);
    expect(first.stdout).toMatch(/systemctl --user enable --now aventora-gateway/);
    const key = readFileSync(keyFile(), "utf8").trim();
    const unit = readFileSync(unitFile(), "utf8");
    expect(unit).not.toContain(key);
    // The very program that installed it, as systemd will start it.
    const [, command = ""] = /^ExecStart=:(.*)$/m.exec(unit) ?? [];
    expect(command.split(" ").slice(0, 3)).toEqual([
      process.execPath,
      "--max-semi-space-size=4",
      join(ROOT, "main/cli.js"),
    ]);
    expect(statSync(join(home(), ".local/share/aventora-gateway")).mode & 0o777).toBe(0o700);
    expect((await service("status", "--user")).stdout).toMatch(/^Installed with other options/);
    const gone = await service("uninstall", "--user");
    expect(gone.stdout).toMatch(/^Removed: .*\n.*were left as they are/);
    expect([existsSync(unitFile()), existsSync(keyFile())]).toEqual([false, true]);
  });

  test("for another system is only shown, and a wrong call is refused in words", async () => {
    const other = process.platform === "darwin" ? "systemd" : "launchd";
    const shown = await service("install", "--for", other);
    expect(shown).toMatchObject({ code: 0, stderr: "" });
    expect(shown.stdout).toMatch(/^This is for another computer, so nothing was written\./);
    for (const place of [".config", ".local", "Library"])
      expect([place, existsSync(join(home(), place))]).toEqual([place, false]);
    const wrong = await service("print", "--port", "ninety");
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining("--port must be a port number") });
  });
});

test("a data folder written by one kind of program is served by the other", async () => {
  // As the desktop does it: the same server inside a program of its own.
  const within = (environment: Record<string, string>) =>
    createGateway({
      dataDir: room.dataDir,
      environment: { LOG_LEVEL: "warn", ...environment },
      flags: { PORT: 0, ADMIN_PORT: 0 },
      clock: systemClock,
      version: "0.0.0-test",
      pagesDir: PAGES_DIR,
      writeLog: () => undefined,
    });
  const first = await within({ GATEWAY_VAULT_KEY: "one key" });
  await first.apply({
    tenants: [{ domain_name: "maple-street", track: "A", call_management_api_key: "avt_maple-street-key" }],
  });
  await first.stop();

  const folder = mkdtempSync(join(room.dataDir, "..", "credentials-"));
  writeFileSync(join(folder, "GATEWAY_VAULT_KEY"), "one key\n");
  const asked = async (url: string): Promise<number> => {
    const answer = await fetch(`${url}/integration/engagements/none`, {
      headers: { authorization: "Bearer avt_maple-street-key" },
    });
    return answer.status;
  };
  const file = join(folder, "GATEWAY_VAULT_KEY");
  for (const [args, environment] of [
    [["--vault-key-file", file], {}],
    [[], { GATEWAY_VAULT_KEY_FILE: file }],
    [[], { CREDENTIALS_DIRECTORY: folder }],
  ] as const) {
    const serving = await room.serve(["--port", "0", "--admin-port", "0", ...args], {
      environment: { GATEWAY_VAULT_KEY: "", ...environment },
    });
    // The key is known: this outreach is not.
    expect(await asked(serving.publicUrl)).toBe(404);
    serving.kill("SIGTERM");
    expect((await serving.finished).code).toBe(0);
  }
  const gone = await room.run(["serve", "--vault-key-file", join(folder, "gone")]);
  expect(gone).toMatchObject({ code: 1, stderr: expect.stringContaining("could not be read") });

  const again = await within({ GATEWAY_VAULT_KEY: "one key" });
  expect(await asked(again.addresses.publicUrl)).toBe(404);
  await again.stop();
  rmSync(folder, { recursive: true });
});

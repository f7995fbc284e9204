// Applying setups to real files: all or nothing, the same again changes nothing, a kill loses nothing acknowledged.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { openIn, problemsOf, refusalOf, tempFolder } from "../unit/settings/open-test-settings.ts";

const setup = {
  platform: { FUB_SYSTEM: "Aventora", FUB_SYSTEM_KEY: "system-key", SERVER_URL: "https://gw.example.com/" },
  tenants: [
    {
      domain_name: "fub-test",
      track: "A" as const,
      fub_api_key: "fka_tenant",
      default_broker_phone: "(416) 555-0100",
      users: [{ id: "u1", name: "Ann", default_broker_phone: "416-555-0111", fub_api_key: "fka_user" }],
    },
  ],
};

const filesOf = async (folder: string) =>
  Promise.all((await readdir(folder)).sort().map((name) => readFile(join(folder, name), "utf8")));

describe("applying a setup", () => {
  test("creates what is new, and the same setup again writes nothing", async () => {
    const folder = await tempFolder();
    const room = await openIn(folder);
    expect((await room.apply(setup)).changes).toEqual([
      { what: "platform", result: "updated" },
      { what: "tenant fub-test", result: "created" },
      { what: "user fub-test/u1", result: "created" },
    ]);
    const before = await filesOf(folder);
    const again = await (await openIn(folder)).apply(setup);
    expect(again.changes.map(({ result }) => result)).toEqual(["unchanged", "unchanged", "unchanged"]);
    expect(await filesOf(folder)).toEqual(before);
    expect(before.join()).not.toMatch(/fka_|system-key/);
  });

  test("is seen at once and after a restart, with phones in one form", async () => {
    const folder = await tempFolder();
    const room = await openIn(folder);
    await room.apply(setup);
    for (const one of [room, await openIn(folder)]) {
      expect(one.platform().SERVER_URL).toBe("https://gw.example.com");
      expect(one.tenant("fub-test")?.default_broker_phone).toBe("+14165550100");
      expect(one.tenant("fub-test")?.users[0]?.default_broker_phone).toBe("+14165550111");
      expect(one.secret("platform/FUB_SYSTEM_KEY")).toBe("system-key");
      expect(one.secret("user/fub-test/u1/fub_api_key")).toBe("fka_user");
    }
  });

  test("leaves what it does not name, and an empty secret removes it", async () => {
    const folder = await tempFolder();
    const room = await openIn(folder);
    await room.apply(setup);
    const users = [{ id: "u1", fub_api_key: "" }];
    const result = await room.apply({ tenants: [{ domain_name: "fub-test", track: "B", users }] });
    expect(result.changes.map(({ what, result }) => `${what} ${result}`)).toEqual([
      "tenant fub-test updated",
      "user fub-test/u1 updated",
    ]);
    for (const one of [room, await openIn(folder)]) {
      expect(one.tenant("fub-test")).toMatchObject({ track: "B", users: [{ id: "u1", name: "Ann" }] });
      expect(one.secret("user/fub-test/u1/fub_api_key")).toBeUndefined();
      expect(one.secret("tenant/fub-test/fub_api_key")).toBe("fka_tenant");
    }
  });

  test("names what needs a restart", async () => {
    const room = await openIn(await tempFolder());
    expect((await room.apply({ platform: { PORT: 9000, LOG_LEVEL: "debug" } })).needsRestart).toEqual([
      "PORT",
      "LOG_LEVEL",
    ]);
    expect((await room.apply({ platform: { PORT: 9000 } })).needsRestart).toEqual([]);
  });

  test("with any problem changes nothing at all", async () => {
    const folder = await tempFolder();
    const room = await openIn(folder);
    await room.apply(setup);
    const before = await filesOf(folder);
    const users = [{ id: "u2", default_broker_phone: "+14165550111" }];
    const bad = { platform: { FUB_SYSTEM_KEY: "other" }, tenants: [{ domain_name: "fub-test", users }] };
    const error = await refusalOf(room.apply(bad));
    expect(error.code).toBe("settings_invalid");
    expect(problemsOf(error).join()).toMatch(
      /^tenants\[0\]\.users\[0\]\.default_broker_phone: agents u2 and u1/,
    );
    expect(await filesOf(folder)).toEqual(before);
    expect(room.secret("platform/FUB_SYSTEM_KEY")).toBe("system-key");
  });

  test("several at the same time are applied one after the other, none lost", async () => {
    const folder = await tempFolder();
    const room = await openIn(folder);
    const slugs = Array.from({ length: 12 }, (_, i) => `t${i}`);
    const secrets = slugs.map((slug) => room.ensureInternalSecret(`internal/${slug}`, () => `made ${slug}`));
    await Promise.all(
      slugs.map((domain_name) =>
        room.apply({ tenants: [{ domain_name, fub_api_key: `fka_${domain_name}` }] }),
      ),
    );
    await Promise.all(secrets);
    const again = await openIn(folder);
    expect(again.current().tenants.map((tenant) => tenant.domain_name)).toEqual(slugs);
    for (const slug of slugs) {
      expect(again.secret(`tenant/${slug}/fub_api_key`)).toBe(`fka_${slug}`);
      expect(again.secret(`internal/${slug}`)).toBe(`made ${slug}`);
    }
  });

  test("an internal secret is made once, also when asked for twice at once", async () => {
    const folder = await tempFolder();
    const room = await openIn(folder);
    let made = 0;
    const ask = () => room.ensureInternalSecret("internal/session", () => `secret ${++made}`);
    expect(await Promise.all([ask(), ask()])).toEqual(["secret 1", "secret 1"]);
    const again = await openIn(folder);
    expect(await again.ensureInternalSecret("internal/session", () => "another")).toBe("secret 1");
  });

  test("a save that fails is said, and the old settings stay in use", async () => {
    const folder = await tempFolder();
    const room = await openIn(folder);
    const before = await filesOf(folder);
    await mkdir(join(folder, "settings.json.tmp"));
    const error = await refusalOf(room.apply({ platform: { FUB_SYSTEM: "Mine" } }));
    expect(error.sentence).toContain("could not be saved");
    expect(room.platform().FUB_SYSTEM).toBe("Aventora");
    await rmdir(join(folder, "settings.json.tmp"));
    expect(await filesOf(folder)).toEqual(before);
    await room.apply({ platform: { FUB_SYSTEM: "Mine" } });
    expect((await openIn(folder)).platform().FUB_SYSTEM).toBe("Mine");
  });
});

test("a process killed at any moment loses nothing it acknowledged", async () => {
  const folder = await tempFolder();
  const applier = join(import.meta.dirname, "../unit/settings/apply-until-killed.ts");
  let acknowledged = 0;
  for (let round = 0; round < 8; round++) {
    const child = spawn(process.execPath, [applier, folder], { stdio: ["ignore", "pipe", "inherit"] });
    const lines = createInterface({ input: child.stdout });
    lines.on("line", (line) => {
      acknowledged = Number(line);
    });
    await once(lines, "line");
    await delay(3 + round * 11);
    child.kill("SIGKILL");
    await Promise.all([once(child, "close"), once(lines, "close")]);

    const room = await openIn(folder);
    expect(room.notices()).toEqual([]);
    const stored = Number(room.tenant("acme")?.fub_start_call_tag);
    expect(stored).toBeGreaterThanOrEqual(acknowledged);
    expect(Number(room.secret("tenant/acme/fub_api_key"))).toBeGreaterThanOrEqual(stored);
  }
  expect(acknowledged).toBeGreaterThan(8);
}, 60_000);

// The built headless gateway in a folder of its own, with nothing beside it but what a package brings: it starts, does an
// outreach to its end, and opens the practice Follow Up Boss.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSandbox } from "../../server/sandbox/create-sandbox.ts";
import { demoSetup } from "../../server/sandbox/demo/demo-setup.ts";
import { demoWorld } from "../../server/sandbox/demo/demo-world.ts";
import { aboutSchema } from "../../shared/about.schema.ts";
import { sandboxSchema } from "../../shared/console/sandbox.schema.ts";
import { askConsole, tellConsole } from "../helpers/console-client.ts";
import { openSigned, startOn, waitFor } from "../helpers/embed-client.ts";
import { spawnGateway } from "../helpers/spawn-gateway.ts";
import { testEnvironment } from "../helpers/start-gateway.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const NODE = join(ROOT, "node_modules/.bin/node");
const PARTS = [
  "package.json",
  "LICENSE",
  "dist/gateway",
  "dist/renderer",
  "dist/build-info.json",
  "dist/licences.json",
];
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "gateway-packed-"));
  for (const part of PARTS) {
    mkdirSync(join(folder, part, ".."), { recursive: true });
    cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the built gateway, alone in a folder", () => {
  it("does what the one in the checkout does", async () => {
    const world = demoWorld();
    const sandbox = createSandbox({ accounts: world.accounts });
    const { url } = await sandbox.listen(0);
    const gateway = await spawnGateway(join(folder, "data"), testEnvironment(url, { LOG_LEVEL: "warn" }), {
      folder,
      cli: "dist/gateway/cli.js",
    });
    try {
      const applied = await tellConsole(gateway, "POST", "/setup", demoSetup(world));
      expect(applied).toMatchObject({ status: 200 });

      // A call from the embedded app, to its record on the person.
      const account = sandbox.fub.account("fub-test");
      const opened = await openSigned(gateway.url, { account, userId: 2, personId: 107 });
      expect(opened.model).toMatchObject({ state: "ready", tenant: "fub-test" });
      const started = await startOn(gateway.url, opened.model.session ?? "", { channel: "phone" });
      expect(started.status).toBe(202);
      const call = await waitFor("the call's record", async () =>
        account.calls.find(({ personId }) => personId === 107),
      );
      expect(call.outcome).toBe("Interested");

      // The practice Follow Up Boss comes with the package.
      const state = await askConsole(gateway, sandboxSchema, "/sandbox", {
        method: "POST",
        body: { action: "start" },
      });
      expect(state.state).toBe("running");
      expect((await fetch(state.pages[0]?.url ?? "")).status).toBe(200);
      await askConsole(gateway, sandboxSchema, "/sandbox", { method: "POST", body: { action: "stop" } });

      // The console's files, and what it says about itself.
      expect(await (await fetch(`${gateway.adminUrl}/`)).text()).toContain("admin.js");
      const about = await askConsole(gateway, aboutSchema, "/about");
      expect(about.build?.version).toBe(about.version);
      expect(about.licences?.parts.length).toBeGreaterThan(100);
      expect(gateway.logLines.filter((line) => line.includes('"level":50'))).toEqual([]);
    } finally {
      expect(await gateway.end("SIGTERM")).toEqual({ code: 0, signal: null });
      await sandbox.close();
    }
  });

  it("has every part it loads later, and none of a checkout", () => {
    const parts = readdirSync(join(folder, "dist/gateway/parts"));
    const load = parts.map((part) => `await import("./dist/gateway/parts/${part}");`).join("\n");
    const code = `${load}\nprocess.stdout.write("all loaded");\nprocess.exit(0);`;
    const said = execFileSync(NODE, ["--input-type=module", "-e", code], { cwd: folder, encoding: "utf8" });
    expect(said).toBe("all loaded");
    const texts = parts.map((part) => readFileSync(join(folder, "dist/gateway/parts", part), "utf8"));
    for (const stranger of [ROOT, "hoodiecrow", "SMTPServer", "createBuilder(", "sourceMappingURL="])
      expect(texts.filter((text) => text.includes(stranger))).toEqual([]);
  });
});

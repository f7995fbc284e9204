// What `npm run dist` packs, made by electron-builder itself around a stand-in for Electron: only what is needed, small,
// sealed, the same bytes from the same sources.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { extractAll } from "@electron/asar";
import { FuseState, FuseV1Options, getCurrentFuseWire } from "@electron/fuses";
import { createBuilder } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkLayout, MOST_BYTES } from "../../main/packing/check-layout.ts";
import { type Layout, readLayout } from "../../main/packing/read-layout.ts";
import { partsFileSchema } from "../../shared/about.schema.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const { platform, arch } = process;
const ALLOWED_LICENCES =
  /^(?:MIT|MIT-0|ISC|0BSD|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|BlueOak-1\.0\.0|Unlicense|Python-2\.0)$/;

describe.skipIf(platform !== "linux")("the packed desktop app", () => {
  let output: string;
  let layout: Layout;
  let app: string;
  const resources = (): string => join(output, "linux-unpacked", "resources");

  beforeAll(() => {
    output = mkdtempSync(join(tmpdir(), "gateway-layout-"));
    const said = execFileSync(
      join(ROOT, "node_modules/.bin/node"),
      ["main/dist.ts", "--layout", "--built", "--output", output],
      // A secret of the machine that builds: the check below would find it in any file.
      { cwd: ROOT, encoding: "utf8", env: { ...process.env, RELEASE_TOKEN: "canary-of-the-build-machine" } },
    );
    expect(said).not.toContain("Not fit to go out");
    expect(said).toContain("cannot be started");
    layout = readLayout(resources());
    app = join(output, "app");
    extractAll(join(resources(), "app.asar"), app);
  }, 120_000);
  afterAll(() => rmSync(output, { recursive: true, force: true }));

  it("holds what it needs and nothing else, below its most", () => {
    const strangers = [ROOT, realpathSync(join(ROOT, "node_modules")), "canary"];
    expect(checkLayout(layout, { platform, arch, strangers })).toEqual([]);
    expect(layout.size).toBeLessThan(MOST_BYTES);
    const folders = new Set(layout.files.map(({ path }) => path.split("/").slice(0, 2).join("/")));
    expect([...folders].sort()).toEqual([
      "LICENSE",
      "dist/build-info.json",
      "dist/desktop",
      "dist/licences.json",
      "dist/renderer",
      "main/desktop",
      "node_modules/@napi-rs",
      "node_modules/@ngrok",
      "node_modules/keytar",
      "package.json",
    ]);
    expect(layout.files.filter(({ unpacked }) => unpacked).every(({ path }) => /-linux-/.test(path))).toBe(
      true,
    );
  });

  it("loads its native parts from where they were put", () => {
    const load = createRequire(join(app, "dist/desktop/main.js"));
    expect(typeof load("keytar").AsyncEntry).toBe("function");
    expect(typeof load("@ngrok/ngrok").forward).toBe("function");
  });

  it("has its fuses set, one language, and a preload that asks for nothing but Electron", async () => {
    const fuses = await getCurrentFuseWire(join(output, "linux-unpacked", "aventora-gateway-desktop"));
    const off = [
      FuseV1Options.RunAsNode,
      FuseV1Options.EnableNodeOptionsEnvironmentVariable,
      FuseV1Options.EnableNodeCliInspectArguments,
      FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
      FuseV1Options.GrantFileProtocolExtraPrivileges,
    ];
    const on = [
      FuseV1Options.EnableCookieEncryption,
      FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
      FuseV1Options.OnlyLoadAppFromAsar,
    ];
    expect(off.map((fuse) => fuses[fuse])).toEqual(off.map(() => FuseState.DISABLE));
    expect(on.map((fuse) => fuses[fuse])).toEqual(on.map(() => FuseState.ENABLE));
    expect(readdirSync(join(output, "linux-unpacked", "locales"))).toEqual(["en-US.pak"]);
    const preload = readFileSync(join(app, "dist/desktop/preload.cjs"), "utf8");
    const asked = [...preload.matchAll(/require\(([^)]*)\)/g)].map(([, name]) => name);
    expect(new Set(asked)).toEqual(new Set(['"electron"']));
    expect(preload).not.toMatch(/\bimport\b|process\.binding/);
  });

  it("weakens no window: none of the options that Electron's checklist warns of is set", () => {
    const shell = layout.files.filter(({ path }) =>
      /^dist\/desktop\/(?:main|parts\/(?:start|run|main)).*\.js$/.test(path),
    );
    const code = shell.map(({ read }) => read().toString("utf8")).join("\n");
    expect(code).toContain("preload");
    for (const option of [
      "nodeIntegration",
      "nodeIntegrationInWorker",
      "nodeIntegrationInSubFrames",
      "webviewTag",
    ])
      expect(code).not.toMatch(new RegExp(`\\b${option}:\\s*(?:!0|true)`));
    for (const option of ["sandbox", "contextIsolation", "webSecurity"])
      expect(code).not.toMatch(new RegExp(`\\b${option}:\\s*(?:!1|false)`));
    expect(code).not.toMatch(
      /allowRunningInsecureContent:\s*(?:!0|true)|experimentalFeatures:\s*(?:!0|true)/,
    );
    const page = readFileSync(join(app, "dist/renderer/admin/index.html"), "utf8");
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=|(?:src|href)="(?:https?:)?\/\//);
    expect(code).not.toMatch(/enableBlinkFeatures|@electron\/remote|enableRemoteModule/);
  });

  it("names every library inside with a licence that may be handed on, and its text", () => {
    const { parts, texts } = partsFileSchema.parse(
      JSON.parse(readFileSync(join(app, "dist/licences.json"), "utf8")),
    );
    const choices = (licence: string): string[] => licence.replaceAll(/[()]/g, "").split(" OR ");
    const refused = parts.filter(
      ({ licence }) => !choices(licence).some((one) => ALLOWED_LICENCES.test(one)),
    );
    expect(refused).toEqual([]);
    expect(parts.filter(({ text }) => (texts[text] ?? "").length < 40)).toEqual([]);
    expect(parts.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        "@napi-rs/keyring",
        "@ngrok/ngrok",
        "electron",
        "express",
        "react",
        "twilio",
        "zod",
      ]),
    );
  });

  it("comes out the same when the same sources are built again", async () => {
    const again = join(output, "again");
    const builder = await createBuilder({
      root: ROOT,
      logLevel: "error",
      environments: { gateway: { build: { outDir: again } } },
    });
    const { gateway } = builder.environments;
    if (!gateway) throw new Error("there is no build of the gateway");
    await builder.build(gateway);
    expect(digestOf(again)).toBe(digestOf(join(ROOT, "dist/gateway")));
  }, 120_000);
});

it("is made with one Electron, named exactly, of a line that is kept up", () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const { electron } = manifest.devDependencies;
  expect(electron).toMatch(/^\d+\.\d+\.\d+$/);
  expect(Number(electron.split(".")[0])).toBeGreaterThanOrEqual(45);
  expect(manifest.main).toBe("dist/desktop/main.js");
  const entitlements = readFileSync(join(ROOT, "main/desktop/build/entitlements.mac.plist"), "utf8");
  expect([...entitlements.matchAll(/<key>(.*?)<\/key>/g)].map(([, key]) => key)).toEqual([
    "com.apple.security.cs.allow-jit",
  ]);
});

/** Of all names and contents below a folder. */
function digestOf(folder: string): string {
  const hash = createHash("sha256");
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  for (const path of files.map((entry) => join(entry.parentPath, entry.name)).sort())
    hash.update(path.slice(folder.length)).update(readFileSync(path));
  return hash.digest("hex");
}

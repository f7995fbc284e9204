// `npm run dist`: builds the programs, packs the desktop app for this system, checks what was packed. Where Electron cannot
// be had, or with --layout, it packs around a stand-in: that shows what would be inside, and cannot be started.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { buildAll } from "./build-all.ts";
import { checkLayout, inMb } from "./packing/check-layout.ts";
import { makeElectronStandIn } from "./packing/electron-stand-in.ts";
import { findStrangers } from "./packing/find-strangers.ts";
import { packDesktop } from "./packing/pack-desktop.ts";
import { readLayout } from "./packing/read-layout.ts";

const ROOT = resolve(import.meta.dirname, "..");
const ELECTRON = join(ROOT, "node_modules", "electron", "dist");
const { values: flags } = parseArgs({
  options: {
    layout: { type: "boolean", default: false },
    output: { type: "string" },
    built: { type: "boolean" },
  },
});
const output = resolve(flags.output ?? join(ROOT, "dist", "packages"));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

if (!flags.built) {
  say("Building …");
  await buildAll();
}
const made = flags.layout ? undefined : await packReally();
if (made === undefined) await packLayout();
for (const file of made ?? []) say(`Made ${file}`);
const problems = checkPacked();
for (const problem of problems) say(`Not fit to go out: ${problem}`);
// A release that lacks its packages must not look like one that has them.
process.exitCode = problems.length > 0 || (made === undefined && !flags.layout) ? 1 : 0;

/** Undefined where Electron cannot be had here. */
async function packReally(): Promise<string[] | undefined> {
  const { GATEWAY_UPDATE_URL, GATEWAY_UPDATE_CHANNEL } = process.env;
  const electronDist = existsSync(ELECTRON) ? ELECTRON : undefined;
  try {
    return await packDesktop({
      root: ROOT,
      electronDist,
      folderOnly: false,
      output,
      updateUrl: GATEWAY_UPDATE_URL || undefined,
      channel: GATEWAY_UPDATE_CHANNEL || undefined,
    });
  } catch (error) {
    say(`No packages were made: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

async function packLayout(): Promise<void> {
  if (process.platform !== "linux") {
    say("The layout alone can be made on Linux only; elsewhere Electron itself is needed.");
    process.exit(1);
  }
  say("Packing around a stand-in for Electron: what is made shows the layout and cannot be started.");
  const electronDist = mkdtempSync(join(tmpdir(), "electron-stand-in-"));
  try {
    makeElectronStandIn(electronDist);
    await packDesktop({ root: ROOT, electronDist, folderOnly: true, output });
  } finally {
    rmSync(electronDist, { recursive: true, force: true });
  }
}

function checkPacked(): string[] {
  const resources = join(output, ...resourcesIn());
  if (!existsSync(join(resources, "app.asar"))) return [`there is no app.asar in ${resources}.`];
  const layout = readLayout(resources);
  say(`The app is ${inMb(layout.size)} MB in ${layout.files.length} files, besides Electron.`);
  const { platform, arch } = process;
  return checkLayout(layout, { platform, arch, strangers: findStrangers(ROOT, process.env) });
}

function resourcesIn(): string[] {
  if (process.platform === "darwin")
    return [
      `mac${process.arch === "x64" ? "" : `-${process.arch}`}`,
      "Aventora Gateway.app",
      "Contents",
      "Resources",
    ];
  const suffix = process.arch === "x64" ? "" : `-${process.arch}`;
  return [`${process.platform === "win32" ? "win" : "linux"}${suffix}-unpacked`, "resources"];
}

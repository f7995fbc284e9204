// `vite build --app`: pages, programs, and what they say about themselves. Called by Vite with its builder.
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Rolldown, ViteBuilder } from "vite";
import type { BuildInfo, PartsFile } from "../../shared/about.schema.ts";
import { gitIn, readBuildInfo } from "./build-info.ts";
import { collectLicences } from "./collect-licences.ts";
import { PARTS_BESIDE } from "./program-builds.ts";

const ROOT = resolve(import.meta.dirname, "../..");
/** The preload goes into the folder that the desktop's build has emptied before. */
const BUILDS = ["embed", "campaign", "chat", "admin", "gateway", "desktop", "preload"];

export async function buildPrograms(builder: ViteBuilder): Promise<void> {
  const modules = new Set<string>();
  for (const name of BUILDS) {
    const environment = builder.environments[name];
    if (!environment) continue;
    for (const id of modulesIn(await builder.build(environment))) modules.add(id);
  }
  const dist = join(builder.config.root, "dist");
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
  write(join(dist, "build-info.json"), readBuildInfo(version, process.env, gitIn(ROOT)));
  const besides = PARTS_BESIDE.map((part) => join(ROOT, "node_modules", part));
  write(join(dist, "licences.json"), collectLicences(modules, besides));
}

function modulesIn(built: Awaited<ReturnType<ViteBuilder["build"]>>): string[] {
  const outputs = [built].flat().filter((output) => "output" in output);
  return outputs.flatMap(({ output }) =>
    output.flatMap((file: Rolldown.OutputChunk | Rolldown.OutputAsset) =>
      file.type === "chunk" ? file.moduleIds : [],
    ),
  );
}

const write = (file: string, content: BuildInfo | PartsFile): void =>
  writeFileSync(file, `${JSON.stringify(content)}\n`);

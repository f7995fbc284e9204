// Builds the four pages into dist/renderer/ and the programs beside them, and says how tests run. Embed, campaign and chat
// are one script and one style each under fixed names, which the server puts into pages of its own; the console is served as
// files, rooms that are not needed at first paint in scripts of their own.
import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { buildPrograms } from "./main/packing/build-programs.ts";
import { leaveOut } from "./main/packing/leave-out.ts";
import { desktopBuild, gatewayBuild, preloadBuild } from "./main/packing/program-builds.ts";

/** One self-contained page: renderer/<name>/main.ts becomes dist/renderer/<name>/<name>.{js,css}. */
const page = (name: string) => ({
  consumer: "client" as const,
  build: {
    outDir: `dist/renderer/${name}`,
    emptyOutDir: true,
    target: "es2022",
    cssCodeSplit: false,
    modulePreload: false as const,
    rolldownOptions: {
      input: `renderer/${name}/main.ts`,
      output: {
        format: "iife" as const,
        entryFileNames: `${name}.js`,
        assetFileNames: `${name}[extname]`,
      },
    },
  },
});

const consoleBuild = {
  consumer: "client" as const,
  build: {
    outDir: "dist/renderer/admin",
    emptyOutDir: true,
    target: "es2022",
    // One style for all rooms, so that none arrives bare.
    cssCodeSplit: false,
    modulePreload: false as const,
    rolldownOptions: {
      input: { admin: "renderer/admin/main.ts" },
      output: {
        format: "es" as const,
        entryFileNames: "[name].js",
        chunkFileNames: "room-[name]-[hash].js",
        assetFileNames: "admin[extname]",
        // What several rooms need comes in two scripts rather than in forty, which compress worse.
        codeSplitting: {
          groups: [
            { name: "library", minShareCount: 2, test: /[\\/]node_modules[\\/]/ },
            { name: "shared", minShareCount: 2, test: /[\\/](?:renderer|shared)[\\/]/ },
          ],
        },
      },
    },
  },
};

/** The console's own page goes out as it is written but for its nonce; its links are relative. */
const consolePage: Plugin = {
  name: "console-page",
  applyToEnvironment: (environment) => environment.name === "admin",
  async buildStart() {
    for (const fileName of ["index.html", "icon.svg"]) {
      const source = await readFile(new URL(`./renderer/admin/${fileName}`, import.meta.url));
      this.emitFile({ type: "asset", fileName, source });
    }
  },
};

const room = (name: string) => ({
  extends: true as const,
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    setupFiles: ["test/helpers/stay-home.ts", "test/helpers/fix-seed.ts"],
    ...(name === "flow" && { globalSetup: "test/helpers/build-first.ts" }),
    // No file of the product keeps anything at the level of its module, so tests may share what was loaded: half the time.
    isolate: false,
  },
});

export default defineConfig({
  base: "./",
  appType: "custom",
  publicDir: false,
  plugins: [react(), consolePage, leaveOut],
  environments: {
    embed: page("embed"),
    campaign: page("campaign"),
    chat: page("chat"),
    admin: consoleBuild,
    gateway: gatewayBuild,
    desktop: desktopBuild,
    preload: preloadBuild,
  },
  builder: {
    buildApp: buildPrograms,
  },
  test: {
    environment: "node",
    // Most tests wait for sockets and clocks rather than for a processor.
    maxWorkers: Math.max(3, availableParallelism()),
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: ["unit", "flow", "contract", "layers"].map(room),
  },
});

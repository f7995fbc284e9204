// Builds the three pages into dist/renderer/, each as one script and one style under fixed names, and says how tests run.
// The server puts embed and campaign (.js and .css) into pages of its own; the console is served as the files are.
import { readFile } from "node:fs/promises";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

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

/** The console's own page goes out as it is written; its links are relative. */
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
  test: { name, include: [`test/${name}/**/*.test.ts`], setupFiles: ["test/helpers/fix-seed.ts"] },
});

export default defineConfig({
  base: "./",
  appType: "custom",
  publicDir: false,
  plugins: [consolePage],
  environments: {
    embed: page("embed"),
    campaign: page("campaign"),
    admin: page("admin"),
  },
  builder: {
    buildApp: async (builder) => {
      for (const name of ["embed", "campaign", "admin"]) {
        const environment = builder.environments[name];
        if (environment) await builder.build(environment);
      }
    },
  },
  test: {
    environment: "node",
    testTimeout: 30_000,
    hookTimeout: 30_000,
    projects: ["unit", "flow", "contract", "layers"].map(room),
  },
});

// The preload script as the app brings it: one CommonJS text in which only `electron` is required.
import { resolve } from "node:path";
import { build, type Rollup } from "vite";

const ENTRY = resolve(import.meta.dirname, "../../main/desktop/preload.ts");

export async function buildPreload(): Promise<string> {
  const built = (await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      minify: false,
      target: "es2023",
      lib: { entry: ENTRY, formats: ["cjs"], fileName: "preload" },
      rolldownOptions: { external: ["electron"] },
    },
  })) as Rollup.RollupOutput[];
  const [chunk] = built[0]?.output ?? [];
  if (chunk === undefined) throw new Error("the preload script was not built");
  return chunk.code;
}

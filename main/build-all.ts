// Builds pages and programs with Vite, as `npm run build` does. Only in a checkout: packages bring them built.
import { createBuilder } from "vite";
import { PROGRAM_DIR } from "./host-options.ts";

export async function buildAll(): Promise<void> {
  const builder = await createBuilder({ root: PROGRAM_DIR, logLevel: "error" });
  await builder.buildApp();
}

// Builds the pages with Vite. Only in a checkout: packages bring them built.
import { createBuilder } from "vite";
import { PROGRAM_DIR } from "./host-options.ts";

export async function buildPages(): Promise<void> {
  const builder = await createBuilder({ root: PROGRAM_DIR, logLevel: "error" });
  await builder.buildApp();
}

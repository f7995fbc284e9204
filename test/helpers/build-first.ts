// Before the flow tests: the built gateway is what its sources say. Processes that tests start and kill run it rather than
// the checkout, as it is what people run, and is up in a third of the processor's time.
import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { createBuilder } from "vite";

const ROOT = resolve(import.meta.dirname, "../..");
const SOURCES = ["main", "server", "shared", "package-lock.json", "vite.config.ts"];

export async function setup(): Promise<void> {
  const built = changedAt(join(ROOT, "dist/gateway/cli.js"));
  if (SOURCES.every((source) => newestIn(join(ROOT, source)) <= built)) return;
  const builder = await createBuilder({ root: ROOT, logLevel: "error" });
  const { gateway } = builder.environments;
  if (!gateway) throw new Error("there is no build of the gateway");
  await builder.build(gateway);
}

/** Milliseconds since 1970; 0 for what is not there. */
const changedAt = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

function newestIn(place: string): number {
  if (!statSync(place).isDirectory()) return changedAt(place);
  const files = readdirSync(place, { recursive: true, encoding: "utf8" });
  return Math.max(...files.map((file) => changedAt(join(place, file))));
}

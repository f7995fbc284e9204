// What the build left beside the program about itself (dist/build-info.json). Read by the shell for its updates.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type BuildInfo, buildInfoSchema } from "../../shared/about.schema.ts";

/** Null where nothing was built, or what is there cannot be read: then nothing is taken for granted. */
export function readBuild(programDir: string): BuildInfo | null {
  try {
    const text = readFileSync(join(programDir, "dist", "build-info.json"), "utf8");
    return buildInfoSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

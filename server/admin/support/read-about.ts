// What this program is: its version, the sources it was built from, the libraries inside. Read by the console's About.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "zod";
import { type About, buildInfoSchema, partsFileSchema } from "../../../shared/about.schema.ts";
import type { AdminDeps } from "../admin-deps.ts";

/** A file that is not there or cannot be read is told as null: a checkout may never have been built wholly. */
export async function readAbout(deps: Pick<AdminDeps, "version" | "aboutDir">): Promise<About> {
  const [build, licences] = await Promise.all([
    readOne(deps.aboutDir, "build-info.json", buildInfoSchema),
    readOne(deps.aboutDir, "licences.json", partsFileSchema),
  ]);
  return { version: deps.version, build, licences };
}

async function readOne<T>(folder: string | undefined, file: string, schema: z.ZodType<T>): Promise<T | null> {
  if (folder === undefined) return null;
  try {
    return schema.parse(JSON.parse(await readFile(join(folder, file), "utf8")));
  } catch {
    return null;
  }
}

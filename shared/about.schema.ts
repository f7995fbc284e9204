// What the build leaves in dist/ about itself: from which sources it was made, and which libraries are inside under which
// licences. Written by main/packing, read by the programs, shown in the console's About.
import { z } from "zod";

export const buildInfoSchema = z.object({
  version: z.string(),
  /** Of the sources; null where they were not in a repository. */
  commit: z.string().nullable(),
  /** Whether the sources differed from the commit. */
  changed: z.boolean(),
  /** Of the sources, not of the build: the same sources give the same bytes. */
  date: z.iso.datetime().nullable(),
  /** Signed packages may update themselves. */
  signed: z.boolean(),
  /** Where updates come from; null: nowhere. */
  channel: z.enum(["latest", "beta"]).nullable(),
});
export type BuildInfo = z.infer<typeof buildInfoSchema>;

export const partSchema = z.object({
  name: z.string(),
  version: z.string(),
  /** As SPDX writes it, e.g. "MIT" or "(MPL-2.0 OR Apache-2.0)". */
  licence: z.string(),
  /** Index into `texts`. */
  text: z.int().nonnegative(),
});
export type Part = z.infer<typeof partSchema>;

export const partsFileSchema = z.object({
  parts: z.array(partSchema),
  /** Each text once; many libraries share theirs. */
  texts: z.array(z.string()),
});
export type PartsFile = z.infer<typeof partsFileSchema>;

/** Below `/api`: what the console's About shows. Either is null in a checkout that was never built wholly. */
export const aboutSchema = z.object({
  version: z.string(),
  build: buildInfoSchema.nullable(),
  licences: partsFileSchema.nullable(),
});
export type About = z.infer<typeof aboutSchema>;

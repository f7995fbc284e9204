// Puts prepared files in the place of the data folder's own, and keeps those as a restore point. The plan on disk is the
// moment it is decided: before it, everything is as it was; from it on, whoever opens the folder next completes it, however
// often it is cut off. Called with the folder locked, before anything of it is opened.
import { existsSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { RESTORE_REASONS } from "../../shared/console/backup.schema.ts";
import { renameOver, syncFolder, writeFileDurably } from "../settings/write-file-durably.ts";
import { POINTS, STAGING, SWAP_PLAN } from "./folder-files.ts";

export const pointMetaSchema = z.strictObject({
  reason: z.enum(RESTORE_REASONS),
  /** Epoch ms. */
  kept_at: z.number(),
  program: z.string(),
});
export type PointMeta = z.infer<typeof pointMetaSchema>;
export const POINT_META = "point.json";

const planSchema = z.strictObject({
  /** Files of the data folder that go, whether or not something comes in their place. */
  names: z.array(z.string()),
  /** Those of them that are in the staging folder. */
  incoming: z.array(z.string()),
  /** Folder the old ones go to. */
  point: z.string(),
  meta: pointMetaSchema,
});
export type SwapPlan = z.infer<typeof planSchema>;

/** The point of no return; everything in the staging folder is on disk. */
export async function decideSwap(dataDir: string, plan: SwapPlan): Promise<void> {
  await writeFileDurably(join(dataDir, SWAP_PLAN), `${JSON.stringify(planSchema.parse(plan))}\n`);
}

/** Completes a swap that was decided, or clears away what was prepared for one that was not. Does nothing otherwise. */
export async function finishSwap(dataDir: string): Promise<void> {
  const planFile = join(dataDir, SWAP_PLAN);
  if (existsSync(planFile)) {
    await carryOut(dataDir, planSchema.parse(JSON.parse(await readFile(planFile, "utf8"))));
    await syncFolder(join(dataDir, POINTS));
    await rm(planFile);
    await syncFolder(dataDir);
  }
  await rm(join(dataDir, STAGING), { recursive: true, force: true });
}

/** Is a restore decided that nobody has completed yet? */
export const swapIsOpen = (dataDir: string): boolean => existsSync(join(dataDir, SWAP_PLAN));

async function carryOut(dataDir: string, plan: SwapPlan): Promise<void> {
  const point = join(dataDir, POINTS, plan.point);
  await mkdir(point, { recursive: true, mode: 0o700 });
  for (const name of plan.names) {
    const [here, staged, kept] = [dataDir, join(dataDir, STAGING), point].map((folder) => join(folder, name));
    if (!here || !staged || !kept) continue;
    const comes = plan.incoming.includes(name);
    // Gone from staging: it is in its place since an earlier try.
    if (comes && !existsSync(staged)) continue;
    if (existsSync(here)) await renameOver(here, kept);
    if (comes) await renameOver(staged, here);
  }
  await writeFileDurably(join(point, POINT_META), `${JSON.stringify(plan.meta)}\n`);
  await syncFolder(point);
  await syncFolder(dataDir);
}

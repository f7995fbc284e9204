// What the shell remembers between starts: where the window was, what was told already. A small file of its own in the data
// folder; losing it loses nothing of the gateway, so an unreadable one is begun anew.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

export const DESKTOP_FILE = "desktop.json";

const side = z.number().min(-100_000).max(100_000);
const memorySchema = z.object({
  bounds: z
    .object({ x: side, y: side, width: side.positive(), height: side.positive() })
    .nullable()
    .catch(null),
  maximized: z.boolean().catch(false),
  /** It was said once that closing the window leaves the gateway running. */
  toldOfTray: z.boolean().catch(false),
  /** Started at sign-in, no window is opened. Linux keeps this in its own file. */
  hiddenAtLogin: z.boolean().catch(false),
  /** What waits for a person and was told of, by a short mark of its id. */
  toldNeeds: z.array(z.string().max(64)).max(200).catch([]),
});
export type DesktopMemory = z.infer<typeof memorySchema>;

export interface DesktopFile {
  read(): DesktopMemory;
  /** Never throws: a full disk must not keep the window from closing. */
  change(change: Partial<DesktopMemory>): void;
}

export function openDesktopFile(dataFolder: string, onError: (error: unknown) => void): DesktopFile {
  const file = join(dataFolder, DESKTOP_FILE);
  let memory = readMemory(file);
  return {
    read: () => memory,
    change: (change) => {
      memory = { ...memory, ...change };
      try {
        const beside = `${file}.new`;
        writeFileSync(beside, `${JSON.stringify(memory, null, 2)}\n`, { mode: 0o600 });
        renameSync(beside, file);
      } catch (error) {
        onError(error);
      }
    },
  };
}

function readMemory(file: string): DesktopMemory {
  try {
    return memorySchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return memorySchema.parse({});
  }
}

// The settings file as lowdb sees it: reads the newest whole copy and repairs it, writes two generations per save.
// Called by open-settings.
import type { Adapter } from "lowdb";
import type { Settings } from "../../shared/settings.schema.ts";
import { type Clock, isoTime } from "../base/clock.ts";
import { GatewayError } from "../base/errors.ts";
import { newId } from "../base/ids.ts";
import { keepCorruptCopy } from "./keep-corrupt-copy.ts";
import { type Generations, readGenerations } from "./read-generations.ts";
import { repairSettings } from "./repair-settings.ts";
import { sealSettings } from "./seal-settings.ts";
import { upgradeSettings } from "./upgrade.ts";
import { errorCode } from "./write-file-durably.ts";
import { writeGeneration } from "./write-generation.ts";

export interface SettingsFileDeps {
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: (line: string) => void;
  /** Nothing in the folder is touched; `write` throws. */
  readonly readOnly: boolean;
}

export interface SettingsFile extends Adapter<Settings> {
  /** What was found and done while reading, in sentences. */
  notices(): readonly string[];
  /** True when the folder lacks what was read (first start, repaired, upgraded, a copy lost), so it should be saved. */
  differs(): boolean;
}

/** `read` gives null on a first start (no file at all) and throws settings_unreadable when no copy is whole. */
export function createSettingsFile(deps: SettingsFileDeps): SettingsFile {
  const notices: string[] = [];
  let generation = 0;
  let differs = false;

  const read = async (): Promise<Settings | null> => {
    const found = await readGenerations(deps.dataDir);
    if (!found.newest) {
      if (found.damaged.length > 0) throw nothingWhole(deps.dataDir, found);
      differs = true;
      return null;
    }
    generation = found.newest.generation;
    const upgraded = upgradeSettings(found.newest.settings);
    const repaired = repairSettings(upgraded.settings, newId("gw", deps.clock.now()));
    notices.push(...(await putAside(deps, found, repaired.notices.length > 0)), ...repaired.notices);
    differs = notices.length > 0 || upgraded.settings.version !== found.newest.settings.version;
    return repaired.settings;
  };

  const writeOnce = async (settings: Settings): Promise<void> => {
    const text = sealSettings(settings, generation + 1, isoTime(deps.clock.now()));
    await writeGeneration(deps.dataDir, text);
    generation++;
  };

  const write = async (settings: Settings): Promise<void> => {
    if (deps.readOnly) throw new Error("The settings were opened for reading only.");
    await writeOnce(settings).catch((error: unknown) => {
      throw notSaved(deps.dataDir, error);
    });
    differs = false;
    // The same again, so that the loss of any one file loses nothing. The save itself has already succeeded.
    await writeOnce(settings).catch((error: unknown) =>
      deps.log(`The second copy of the settings could not be written: ${String(error)}`),
    );
  };

  return { read, write, notices: () => notices, differs: () => differs };
}

/** Damaged copies are moved away; a copy that had to be repaired is kept as it was. Sentences about both. */
async function putAside(
  deps: SettingsFileDeps,
  found: Generations & { newest?: { file: string; savedAt: string } | undefined },
  repaired: boolean,
): Promise<string[]> {
  const sentences: string[] = [];
  const used = found.newest;
  for (const { file, why } of found.damaged) {
    const kept = deps.readOnly
      ? "was left where it is"
      : `is kept as ${await keepCorruptCopy(deps.dataDir, file, "move", deps.clock.now())}`;
    sentences.push(
      `The settings copy ${file} ${why} and ${kept}. The copy saved at ${used?.savedAt} is used.`,
    );
  }
  if (repaired && used && !deps.readOnly) {
    const kept = await keepCorruptCopy(deps.dataDir, used.file, "copy", deps.clock.now());
    sentences.push(`Not everything in the settings could be used; they are kept as they were in ${kept}.`);
  }
  return sentences;
}

function nothingWhole(dataDir: string, found: Generations): GatewayError {
  const copies = found.damaged.map(({ file, why }) => `${file} ${why}`).join("; ");
  return new GatewayError("settings_unreadable", {
    sentence: `No copy of the settings could be read: ${copies}. They are in ${dataDir} and were left as they are. Restore a backup, or move them away to start anew.`,
  });
}

function notSaved(dataDir: string, error: unknown): GatewayError {
  return new GatewayError("settings_unreadable", {
    sentence: `The settings could not be saved in ${dataDir} (${errorCode(error) || "unknown error"}). Nothing was changed. Check that the disk has room and that this user may write there.`,
    cause: error,
  });
}

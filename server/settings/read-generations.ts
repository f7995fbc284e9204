// Finds the newest whole copy among the three kept generations of the settings file, and names the damaged ones.
// Only reads; called by settings-file when the settings are opened.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { GatewayError } from "../base/errors.ts";
import { type OpenedSettings, openSealedSettings } from "./seal-settings.ts";
import { errorCode } from "./write-file-durably.ts";

/** Newest first. Every save writes the first two (see write-generation), so one lost file loses nothing. */
export const GENERATION_FILES = ["settings.json", "settings.json.1", "settings.json.2"] as const;

export interface Generations {
  readonly newest: (OpenedSettings & { readonly file: string }) | undefined;
  readonly damaged: readonly { readonly file: string; readonly why: string }[];
}

/**
 * Reads all three. Throws settings_unreadable when a copy is from a newer gateway or may not be read at all: an older
 * copy must not quietly take its place.
 */
export async function readGenerations(dataDir: string): Promise<Generations> {
  const good: (OpenedSettings & { file: string })[] = [];
  const damaged: { file: string; why: string }[] = [];
  const texts = await Promise.all(GENERATION_FILES.map((file) => readCopy(dataDir, file)));
  for (const [index, file] of GENERATION_FILES.entries()) {
    const text = texts[index];
    if (text === undefined) continue;
    const read = openSealedSettings(text);
    if (read.kind === "newer") throw newerSettings(`${file} has format ${read.format}`);
    if (read.kind === "damaged") damaged.push({ file, why: read.why });
    else good.push({ ...read.opened, file });
  }
  good.sort((a, b) => b.generation - a.generation);
  return { newest: good[0], damaged };
}

/** The settings were written by a newer gateway; nothing is touched. `what` names the version found. */
export function newerSettings(what: string): GatewayError {
  return new GatewayError("settings_unreadable", {
    sentence: `The settings were saved by a newer version of the gateway (${what}). Install that version or a later one; the files were left as they are.`,
  });
}

async function readCopy(dataDir: string, file: string): Promise<string | undefined> {
  try {
    return await readFile(join(dataDir, file), "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw new GatewayError("settings_unreadable", {
      sentence: `The settings file ${join(dataDir, file)} could not be read (${errorCode(error) || "unknown error"}). Check that this user may read it and that the disk is in order.`,
      cause: error,
    });
  }
}

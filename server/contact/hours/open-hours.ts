// The calling hours of this gateway, ready to be asked. An edited file in the data folder is noticed without a restart.
// Made by compose; asked by check-contact, the embed and the campaigns.
import { statSync } from "node:fs";
import { join } from "node:path";
import type { ContactHoursFile } from "../../../shared/contact-hours.schema.ts";
import { type Clock, systemClock } from "../../base/clock.ts";
import type { ProcessLog } from "../../log/process-log.ts";
import { zonesOf } from "../zones/number-place.ts";
import { type HoursQuestion, type HoursVerdict, hoursAt } from "./hours-at.ts";
import { type HoursRules, readyHours } from "./hours-rules.ts";
import { builtInHours, HOURS_FILE, readHoursFile } from "./read-hours-file.ts";
import { sayOpening } from "./say-opening.ts";
import { createWallClocks } from "./wall-clocks.ts";

export interface HoursDeps {
  readonly dataDir: string;
  readonly log: Pick<ProcessLog, "info" | "warn">;
  readonly clock?: Pick<Clock, "monotonic">;
}

export interface Hours {
  at(question: Omit<HoursQuestion, "rules" | "clocks">): HoursVerdict;
  /** "8 am tomorrow, their time" for a number. */
  sayOpening(contact: string, until: number, at: number): string;
  rules(): HoursRules;
  /** Why the file in the data folder is not used, in a sentence; null when it is, or there is none. */
  problem(): string | null;
  /** What is in force with where it is from, of one look at the file. */
  inForce(): HoursInForce;
}

export interface HoursInForce {
  readonly origin: "built-in" | "file";
  readonly file: ContactHoursFile;
  readonly problem: string | null;
}

interface Loaded extends HoursInForce {
  /** What tells a changed file: time, size and place on the disk; "" when there is none. */
  readonly mark: string;
  readonly rules: HoursRules;
}

const LOOK_EVERY_MS = 1_000;

export function openHours({ dataDir, log, clock = systemClock }: HoursDeps): Hours {
  const path = join(dataDir, HOURS_FILE);
  const clocks = createWallClocks();
  let lookedAt = clock.monotonic();
  // The built-in ones take a while to be checked, so the first to ask loads them. A file is read at once: what is wrong with
  // it is to be said when the gateway starts.
  const first = markOf(path);
  let loaded = first === "" ? undefined : load(path, first);
  if (loaded) tell(log, loaded);

  const current = (): Loaded => {
    const now = clock.monotonic();
    loaded ??= load(path, "");
    if (now - lookedAt < LOOK_EVERY_MS) return loaded;
    lookedAt = now;
    const mark = markOf(path);
    if (mark === loaded.mark) return loaded;
    loaded = load(path, mark);
    if (mark === "") log.info("contact", "The built-in calling hours hold again.");
    tell(log, loaded);
    return loaded;
  };

  return {
    at: (question) => hoursAt({ ...question, rules: current().rules, clocks }),
    sayOpening: (contact, until, at) => {
      const zone = zonesOf(contact)[0] ?? current().rules.unknown.zone;
      return sayOpening(clocks, zone, until, at);
    },
    rules: () => current().rules,
    problem: () => current().problem,
    inForce: current,
  };
}

function load(path: string, mark: string): Loaded {
  const read: HoursInForce =
    mark === "" ? { origin: "built-in", file: builtInHours(), problem: null } : readHoursFile(path);
  return { ...read, mark, rules: readyHours(read.file) };
}

function tell(log: HoursDeps["log"], { origin, problem }: Loaded): void {
  if (problem !== null) log.warn("contact", problem);
  else if (origin === "file") log.info("contact", `Calling hours are taken from ${HOURS_FILE}.`);
}

// A file that is there and cannot be looked at has a mark too: it is reported, not taken for none.
function markOf(path: string): string {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    return found === undefined ? "" : `${found.mtimeMs} ${found.size} ${found.ino}`;
  } catch {
    return "unreadable";
  }
}

// Whether this program may update itself, and how each state of an update is told. Pure; called by updates.
import type { BuildInfo } from "../../shared/about.schema.ts";
import type { UpdateState } from "../../shared/desktop-contract.ts";

export interface UpdateFacts {
  /** Installed from a package rather than run out of a checkout. */
  readonly packaged: boolean;
  /** What the build says about itself; null where it says nothing. */
  readonly build: BuildInfo | null;
}

export type UpdateDecision =
  | { readonly allowed: true; readonly channel: "latest" | "beta" }
  | { readonly allowed: false; readonly sentence: string };

/** An updater that cannot tell our builds from somebody else's would be a door: only signed ones may look for others. */
export function decideUpdates({ packaged, build }: UpdateFacts): UpdateDecision {
  if (!packaged)
    return {
      allowed: false,
      sentence: "This gateway runs out of a checkout; it is updated there, not from here.",
    };
  if (build === null || !build.signed)
    return {
      allowed: false,
      sentence:
        "Updates are off until builds are signed. Install a newer version over this one; nothing is lost.",
    };
  if (build.channel === null)
    return {
      allowed: false,
      sentence: "This build was not told where updates come from. Install a newer version over this one.",
    };
  return { allowed: true, channel: build.channel };
}

export type UpdateStep =
  | { readonly step: "off"; readonly sentence: string }
  | { readonly step: "current" | "looking" }
  | { readonly step: "available" | "fetching" | "ready" | "saving"; readonly version: string }
  /** `during`: what could not be done. */
  | {
      readonly step: "failed";
      readonly during: "look" | "fetch" | "save" | "install";
      readonly version: string | null;
    };

const FAILURES = {
  look: "Whether there is a newer version could not be found out. It is tried again later.",
  fetch: "The newer version could not be fetched whole. Nothing was changed; try again later.",
  save: "No backup could be kept, so the update was not installed. See Backups for the reason, then try again.",
  install:
    "The update could not be installed. This version keeps running; try again, or install the newer one by hand.",
} as const;

/** As the console and the menu show it. */
export function sayUpdate(step: UpdateStep): UpdateState {
  switch (step.step) {
    case "off":
      return { state: "off", version: null, sentence: step.sentence };
    case "current":
      return { state: "current", version: null, sentence: "This is the newest version." };
    case "looking":
      return { state: "looking", version: null, sentence: "Looking for a newer version …" };
    case "available":
      return {
        state: "available",
        version: step.version,
        sentence: `Version ${step.version} is there. It is fetched when you say so.`,
      };
    case "fetching":
      return {
        state: "looking",
        version: step.version,
        sentence: `Fetching version ${step.version} …`,
      };
    case "ready":
      return {
        state: "ready",
        version: step.version,
        sentence: `Version ${step.version} is fetched. Installing it keeps a backup first and restarts the gateway.`,
      };
    case "saving":
      return {
        state: "looking",
        version: step.version,
        sentence: `Keeping a backup; then version ${step.version} is installed and the gateway restarts.`,
      };
    case "failed":
      return { state: "failed", version: step.version, sentence: FAILURES[step.during] };
  }
}

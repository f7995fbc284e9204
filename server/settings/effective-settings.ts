// What the product runs with: the settings file under the environment under the command line. Pure; called by
// open-settings after every change.
import type { PlatformSettings, Settings } from "../../shared/settings.schema.ts";
import { GatewayError } from "../base/errors.ts";
import { pointsAtItself, SELF_START_PROBLEM } from "./points-at-itself.ts";
import type { Overrides } from "./read-environment.ts";

export interface EffectiveSettings {
  /** Frozen all the way down. */
  readonly settings: Readonly<Settings>;
  readonly notices: readonly string[];
}

/**
 * An INTERNAL_START_URL that leads back to this gateway means what leaving it empty means (it is the Hub's documented
 * default), so it is left out and said; only one that the environment points at SERVER_URL stops the start.
 */
export function effectiveSettings(file: Settings, overrides: Overrides): EffectiveSettings {
  const platform: PlatformSettings = { ...file.platform, ...overrides.platform };
  const notices: string[] = [];
  const start = platform.INTERNAL_START_URL;
  const itself = start === undefined ? undefined : pointsAtItself(start, platform);
  if (itself === "public" && overrides.locks.has("INTERNAL_START_URL")) {
    throw new GatewayError("settings_invalid", {
      sentence: `INTERNAL_START_URL, as the environment sets it, ${SELF_START_PROBLEM}.`,
      details: [{ path: "INTERNAL_START_URL", message: SELF_START_PROBLEM }],
    });
  }
  if (itself !== undefined) {
    delete platform.INTERNAL_START_URL;
    notices.push(
      "INTERNAL_START_URL leads to this gateway itself, so it is not used: the gateway runs outreach itself.",
    );
  }
  return { settings: deepFreeze({ ...structuredClone(file), platform }), notices };
}

function deepFreeze<T>(value: T): Readonly<T> {
  if (value !== null && typeof value === "object" && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

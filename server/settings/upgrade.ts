// Brings settings of an older layout to today's, one pure step per version. Called by settings-file after a copy was
// found whole and before its values are checked.
import { newerSettings } from "./read-generations.ts";

type Raw = Readonly<Record<string, unknown>>;
export type UpgradeStep = (settings: Raw) => Raw;

/** Step at index n turns version n into version n + 1; the chain's length is today's version. */
export const UPGRADE_STEPS: readonly UpgradeStep[] = [fillParts];

/** v0 had no version and could lack whole parts; later versions always have all of them. */
function fillParts(settings: Raw): Raw {
  return { vault: null, platform: {}, tenants: [], secrets: {}, ...settings };
}

export interface Upgraded {
  readonly settings: Record<string, unknown>;
  /** Version found; equal to the chain's length when nothing had to be done. */
  readonly from: number;
}

/**
 * Runs the missing steps and sets `version`. A version that is no whole number counts as 0. Throws settings_unreadable
 * when the settings are newer than the chain.
 */
export function upgradeSettings(settings: Raw, steps: readonly UpgradeStep[] = UPGRADE_STEPS): Upgraded {
  const found = settings.version;
  const from = typeof found === "number" && Number.isInteger(found) && found > 0 ? found : 0;
  const problem = settingsVersionProblem(settings, steps);
  if (problem !== undefined) throw newerSettings(problem);
  const upgraded = steps.slice(from).reduce<Raw>((value, step) => step(value), settings);
  return { settings: { ...upgraded, version: steps.length }, from };
}

/** What is newer about settings than this program; undefined when nothing is. */
export function settingsVersionProblem(
  { version }: Raw,
  steps: readonly UpgradeStep[] = UPGRADE_STEPS,
): string | undefined {
  return typeof version === "number" && version > steps.length
    ? `version ${version}, this one knows ${steps.length}`
    : undefined;
}

// Names each state of the settings, so that a console that saves over somebody else's change is told what they changed.
// Kept by open-settings.
import type { Settings } from "../../shared/settings.schema.ts";
import type { Setup } from "../../shared/setup.schema.ts";
import { GatewayError } from "../base/errors.ts";
import { sha256Hex } from "../base/hmac.ts";
import { type ChangedPlace, compareSettings } from "./compare-settings.ts";
import { mergeSetup, secretsInSetup } from "./merge-setup.ts";
import { canonicalJson } from "./seal-settings.ts";

/** States remembered for telling what changed since; a console older than that is told what it would overwrite. */
const MOST_STATES = 100;

/** By content, so it survives a restart. The gateway's own secrets are nobody's change. */
export function revisionOf({ platform, tenants, secrets }: Settings): string {
  const listed = Object.entries(secrets).filter(([name]) => !name.startsWith("internal/"));
  return sha256Hex(canonicalJson({ platform, tenants, secrets: listed.sort() })).slice(0, 20);
}

export interface Revisions {
  current(): string;
  /** To be called with every new state. */
  note(settings: Settings): void;
  /** @throws GatewayError settings_changed unless `expected` is the present state, or null (whatever is there). */
  check(expected: string | null | undefined, now: Settings, setup?: Setup): void;
}

export function createRevisions(first: Settings): Revisions {
  const states = new Map<string, Settings>();
  let current = "";
  const note = (settings: Settings): void => {
    current = revisionOf(settings);
    states.delete(current);
    states.set(current, settings);
    const [oldest] = states.keys();
    if (states.size > MOST_STATES && oldest !== undefined) states.delete(oldest);
  };
  note(first);
  return {
    current: () => current,
    note,
    check: (expected, now, setup) => {
      if (expected === undefined || expected === null || expected === current) return;
      const base = states.get(expected);
      const changed = base ? compareSettings(base, now) : overwritten(now, setup ?? {});
      throw new GatewayError("settings_changed", { details: { revision: current, changed } });
    },
  };
}

/** Where nobody remembers what the console had seen: what is there now in the places it wants to change. */
function overwritten(now: Settings, setup: Setup): ChangedPlace[] {
  const wanted = mergeSetup(now, setup);
  const values = compareSettings(wanted, now).filter(({ path }) => !path.startsWith("secrets."));
  const named = [...secretsInSetup(setup).keys()].filter((name) => name in now.secrets);
  return [...values, ...named.map((name) => ({ path: `secrets.${name}` }))];
}

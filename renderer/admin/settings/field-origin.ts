// Where a setting's value comes from: the environment, this console, or the product.
import type { SettingsView } from "../../../shared/console/settings.schema.ts";
import { platformSchema, tenantSchema } from "../../../shared/settings.schema.ts";
import { SETTINGS } from "../texts/settings.ts";
import { savedAt } from "./settings-draft.ts";

const standardPlatform: Readonly<Record<string, unknown>> = platformSchema.parse({});
const standardTenant: Readonly<Record<string, unknown>> = tenantSchema.parse({ domain_name: "standard" });
/** Settings the gateway reads only when it starts. */
const AT_START: readonly string[] = ["HOST", "PORT", "ADMIN_PORT", "LOG_LEVEL"];

/** What fixes it from outside, "the environment variable PORT"; undefined when it can be changed here. */
export function lockOf(view: SettingsView, place: string): string | undefined {
  const name = /^(?:platform\.|secrets\.platform\/)(.+)$/.exec(place)?.[1];
  return name === undefined ? undefined : view.locks.find((lock) => lock.name === name)?.by;
}

/** "Standard value." */
export function sayOrigin(view: SettingsView, place: string): string {
  const lock = lockOf(view, place);
  if (lock !== undefined) return SETTINGS.from.fixed(lock);
  const name = place.split(".").at(-1) ?? "";
  const saved = savedAt(view, place);
  const standard = (place.startsWith("platform.") ? standardPlatform : standardTenant)[name];
  const origin =
    saved === undefined || saved === ""
      ? SETTINGS.from.empty
      : JSON.stringify(saved) === JSON.stringify(standard)
        ? SETTINGS.from.standard
        : SETTINGS.from.set;
  return AT_START.includes(name) ? `${origin} ${SETTINGS.from.restart}` : origin;
}

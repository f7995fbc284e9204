// What changed between two states of the settings: told exactly where they differ, and never a secret.
import fc from "fast-check";
import { expect, test } from "vitest";
import { compareSettings } from "../../../server/settings/compare-settings.ts";
import { revisionOf } from "../../../server/settings/revisions.ts";
import { type Settings, settingsSchema } from "../../../shared/settings.schema.ts";

const time = fc
  .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
  .map((at) => at.toISOString());
const slug = fc.constantFrom("acme", "best", "canary");
const user = fc.record({ id: fc.constantFrom("u1", "u2", "u3"), name: fc.string({ maxLength: 5 }) });
const tenant = fc.record({
  domain_name: slug,
  fub_sync_contacts: fc.boolean(),
  cool_down_minutes: fc.nat(3),
  users: fc.uniqueArray(user, { selector: ({ id }) => id, maxLength: 3 }),
});
const settings: fc.Arbitrary<Settings> = fc
  .record({
    platform: fc.record({
      FUB_SYSTEM: fc.constantFrom("A", "B"),
      journal_days: fc.integer({ min: 1, max: 3 }),
    }),
    tenants: fc.uniqueArray(tenant, { selector: ({ domain_name }) => domain_name, maxLength: 3 }),
    secrets: fc.dictionary(
      fc.constantFrom("platform/FUB_SYSTEM_KEY", "tenant/acme/fub_api_key", "internal/session"),
      fc.record({ set_at: time }),
    ),
  })
  .map((parts) =>
    settingsSchema.parse({ version: 1, installation_id: "gw_12345678", vault: null, ...parts }),
  );

const sorted = (value: Settings): Settings => ({
  ...value,
  tenants: value.tenants.toSorted((a, b) => a.domain_name.localeCompare(b.domain_name)),
});

test("equal settings differ nowhere", () => {
  fc.assert(
    fc.property(settings, (one) => {
      expect(compareSettings(one, structuredClone(one))).toEqual([]);
    }),
  );
});

test("settings that differ somewhere have different revisions", () => {
  fc.assert(
    fc.property(settings, settings, (one, other) => {
      fc.pre(compareSettings(sorted(one), sorted(other)).length > 0);
      expect(revisionOf(sorted(one))).not.toBe(revisionOf(sorted(other)));
    }),
  );
});

test("every place told holds the value told", () => {
  fc.assert(
    fc.property(settings, settings, (before, now) => {
      for (const { path, theirs } of compareSettings(before, now)) {
        if (path.startsWith("secrets.")) {
          expect(theirs).toBeUndefined();
          expect(path).not.toContain("internal/");
        } else if (theirs !== "added" && theirs !== null) expect(valueAt(now, path)).toEqual(theirs);
      }
    }),
  );
});

/** "tenants.acme.users.u1.name" in the settings. */
function valueAt(now: Settings, path: string): unknown {
  const [top, ...rest] = path.split(".");
  if (top === "platform") return now.platform[rest[0] as keyof Settings["platform"]];
  const found = now.tenants.find((one) => one.domain_name === rest[0]);
  if (rest[1] !== "users") return found?.[rest[1] as "track"];
  return found?.users.find((one) => one.id === rest[2])?.[rest[3] as "name"];
}

// What a form over the settings sends: only what changed, in the shape of setup.json.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  errorPlaceOf,
  NO_DRAFT,
  placeOfError,
  secretPlace,
  setupOf,
  tenantPlace,
  withChange,
} from "../../../renderer/admin/settings/settings-draft.ts";
import type { SettingsView } from "../../../shared/console/settings.schema.ts";
import { platformSchema, tenantSchema } from "../../../shared/settings.schema.ts";
import { setupSchema } from "../../../shared/setup.schema.ts";

const view: SettingsView = {
  revision: "r",
  platform: platformSchema.parse({}),
  tenants: [
    tenantSchema.parse({ domain_name: "acme", cool_down_minutes: 30, pace: { phone: { at_once: 5 } } }),
  ],
  secrets: {},
  locks: [],
  vault: { kind: "file", ok: true, sentence: "" },
  notices: [],
  embed_urls: {},
  public_address_set: false,
};
const changed = (...places: [place: string, value: unknown][]) =>
  places.reduce((draft, [place, value]) => withChange(draft, view, place, value), NO_DRAFT);

describe("a change", () => {
  it("back to what is saved is none, however it is written", () => {
    const place = tenantPlace("acme", "cool_down_minutes");
    for (const same of [30, "30", " 30 "]) expect(changed([place, 45], [place, same]).size).toBe(0);
    const pace = tenantPlace("acme", "pace");
    expect(changed([pace, { phone: { at_once: 5 }, sms: {} }]).size).toBe(0);
    expect(changed([pace, { phone: {} }]).size).toBe(1);
    expect(changed(["platform.SERVER_URL", ""]).size).toBe(0);
  });

  it("of an outcome to “without” is one, although nothing was said of it before", () => {
    expect(changed([tenantPlace("acme", "outcome_mapping"), { busy: null }]).size).toBe(1);
  });

  it("of a secret always counts, and a removed one is sent empty", () => {
    const draft = changed(
      [secretPlace("tenant/acme/fub_api_key"), null],
      [secretPlace("platform/FUB_SYSTEM_KEY"), "k"],
    );
    expect(setupOf(draft)).toEqual({
      setup: { platform: { FUB_SYSTEM_KEY: "k" }, tenants: [{ domain_name: "acme", fub_api_key: "" }] },
      slugs: ["acme"],
    });
  });
});

it("whatever is switched, typed or removed makes a setup the gateway understands", () => {
  const change = fc.oneof(
    fc.tuple(fc.constant("tenants.acme.fub_sync_contacts"), fc.boolean()),
    fc.tuple(fc.constant("tenants.acme.cool_down_minutes"), fc.integer({ min: 0, max: 1000 })),
    fc.tuple(fc.constant("tenants.acme.channels"), fc.constant({ sms: "simulator" })),
    fc.tuple(fc.constant("platform.PORT"), fc.integer({ min: 0, max: 65_535 })),
    fc.tuple(fc.constant("secrets.tenant/acme/hub_api_key"), fc.constantFrom(null, "a-key")),
    fc.tuple(fc.constant("secrets.platform/FUB_SYSTEM_KEY"), fc.constantFrom(null, "a-key")),
  );
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
      const { setup } = setupOf(changed(...changes));
      expect(setupSchema.safeParse(setup).error).toBeUndefined();
    }),
  );
});

it("a refusal is said at the field it is about", () => {
  expect(placeOfError("tenants[1].pace.phone.at_once", ["x", "acme"])).toBe(
    "tenants.acme.pace.phone.at_once",
  );
  expect(placeOfError("platform.PORT", [])).toBe("platform.PORT");
  expect(errorPlaceOf("secrets.tenant/acme/fub_api_key")).toBe("tenants.acme.fub_api_key");
  expect(errorPlaceOf("secrets.platform/FUB_SYSTEM_KEY")).toBe("platform.FUB_SYSTEM_KEY");
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GatewayError } from "../../../server/base/errors.ts";
import { repairSettings } from "../../../server/settings/repair-settings.ts";
import { upgradeSettings } from "../../../server/settings/upgrade.ts";
import { settingsSchema } from "../../../shared/settings.schema.ts";

const raw = (over: object = {}): Record<string, unknown> => ({
  version: 1,
  installation_id: "gw_12345678",
  vault: "file",
  platform: { PORT: 9000, LOG_LEVEL: "debug" },
  tenants: [
    { domain_name: "acme", track: "B", users: [{ id: "u1", name: "Ann" }, { id: "u2" }] },
    { domain_name: "zeta", fub_start_call_tag: "Call" },
  ],
  ...over,
});
const repair = (over: object) => repairSettings(raw(over), "gw_new_one");

describe("settings with a bad value", () => {
  test("are used as they are when nothing is wrong", () => {
    const { settings, notices } = repair({});
    expect(notices).toEqual([]);
    expect(settings.platform).toMatchObject({ PORT: 9000, LOG_LEVEL: "debug", HOST: "127.0.0.1" });
    expect(settings.tenants[0]?.users.map((user) => user.id)).toEqual(["u1", "u2"]);
  });

  test("keep everything but that value", () => {
    const { settings, notices } = repair({
      platform: { PORT: "abc", LOG_LEVEL: "debug", FUB_SYSTEM: "Mine" },
    });
    expect(settings.platform).toMatchObject({ PORT: 8010, LOG_LEVEL: "debug", FUB_SYSTEM: "Mine" });
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain("platform.PORT");
    expect(notices[0]).not.toContain("abc");
  });

  test("lose one channel, not the brokerage, when a channel's carrier is unknown", () => {
    const tenants = [{ domain_name: "acme", channels: { phone: "pigeon", sms: "hub" } }];
    const { settings, notices } = repair({ tenants });
    expect(settings.tenants[0]?.channels).toEqual({ sms: "hub" });
    expect(notices.join()).toContain("tenants[0].channels.phone");
  });

  test("lose just the brokerage whose name is unusable", () => {
    const tenants = [{ domain_name: "Not a name!" }, { domain_name: "zeta" }, { track: "A" }];
    const { settings, notices } = repair({ tenants });
    expect(settings.tenants.map((tenant) => tenant.domain_name)).toEqual(["zeta"]);
    expect(notices.join("\n")).toMatch(/tenants\[0\] was left out.*domain_name/);
  });

  test("lose just the agents without an id", () => {
    const users = [{ name: "nobody" }, { id: "u1" }, { id: "spaces in it" }, { id: "u2", email: "no" }];
    const { settings } = repair({ tenants: [{ domain_name: "acme", users }] });
    expect(settings.tenants[0]?.users.map((user) => user.id)).toEqual(["u1", "u2"]);
    expect(settings.tenants[0]?.users[1]?.email).toBe("");
  });

  test("lose unknown settings, each named", () => {
    const { notices } = repair({ platform: { COLOUR: "red" }, extra: 1 });
    expect(notices.join("\n")).toContain("platform.COLOUR");
    expect(notices.join("\n")).toContain("extra");
  });

  test("keep the first of two brokerages or agents with one name", () => {
    const tenants = [
      { domain_name: "acme", track: "B", users: [{ id: "u1", name: "first" }, { id: "u1" }] },
      { domain_name: "acme", track: "A" },
    ];
    const { settings, notices } = repair({ tenants });
    expect(settings.tenants.map((tenant) => tenant.track)).toEqual(["B"]);
    expect(settings.tenants[0]?.users.map((user) => user.name)).toEqual(["first"]);
    expect(notices).toHaveLength(2);
  });

  test("become valid whatever they hold, and say so when anything was left out", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...Object.keys(raw())), fc.jsonValue({ maxDepth: 4 })),
        (over) => {
          const { settings } = repair(over as object);
          expect(settingsSchema.safeParse(settings).success).toBe(true);
        },
      ),
    );
  });
});

describe("settings of another version", () => {
  test("without a version get the parts they lack", () => {
    const { settings, from } = upgradeSettings({ installation_id: "gw_12345678", platform: { PORT: 1 } });
    expect(from).toBe(0);
    expect(repairSettings(settings, "gw_new_one")).toMatchObject({
      settings: { version: 1, installation_id: "gw_12345678", platform: { PORT: 1 }, tenants: [] },
      notices: [],
    });
  });

  test("go through each missing step once, in order", () => {
    const step = (name: string) => (settings: Readonly<Record<string, unknown>>) => ({
      ...settings,
      done: [...((settings.done as string[] | undefined) ?? []), name],
    });
    const steps = [step("0 to 1"), step("1 to 2"), step("2 to 3")];
    expect(upgradeSettings({}, steps).settings).toEqual({ version: 3, done: ["0 to 1", "1 to 2", "2 to 3"] });
    expect(upgradeSettings({ version: 2 }, steps).settings).toEqual({ version: 3, done: ["2 to 3"] });
    expect(upgradeSettings({ version: 3 }, steps).settings).toEqual({ version: 3 });
  });

  test("from a newer gateway are refused by version", () => {
    expect(() => upgradeSettings({ version: 7 })).toThrow(GatewayError);
    expect(() => upgradeSettings({ version: 7 })).toThrow(/version 7/);
  });
});

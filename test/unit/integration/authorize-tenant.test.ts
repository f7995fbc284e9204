import { describe, expect, test } from "vitest";
import { authorizeTenant, tenantsOfKey } from "../../../server/integration/authorize-tenant.ts";
import type { IntegrationDeps } from "../../../server/integration/integration-deps.ts";
import { tenantSchema } from "../../../shared/settings.schema.ts";

const tenants = ["acme", "other", "keyless", "empty", "twin-a", "twin-b"].map((domain_name) =>
  tenantSchema.parse({ domain_name }),
);
const KEYS: Readonly<Record<string, string>> = {
  "tenant/acme/call_management_api_key": "avt_acme",
  "tenant/other/call_management_api_key": "avt_other",
  "tenant/empty/call_management_api_key": "",
  "tenant/twin-a/call_management_api_key": "avt_twins",
  "tenant/twin-b/call_management_api_key": "avt_twins",
};
const deps: Pick<IntegrationDeps, "settings"> = {
  settings: {
    current: () => ({ tenants }),
    tenant: (name: string) => tenants.find(({ domain_name }) => domain_name === name),
    secret: (name: string) => KEYS[name],
    vault: () => ({ kind: "file", ok: true, sentence: "" }),
  } as IntegrationDeps["settings"],
};

describe("a bearer key", () => {
  test("opens exactly the brokerage it belongs to", () => {
    expect(tenantsOfKey(deps, "avt_acme").map((tenant) => tenant.domain_name)).toEqual(["acme"]);
    expect(authorizeTenant(deps, "avt_other", "other").domain_name).toBe("other");
  });

  test.each([undefined, "", "avt_acm", "avt_acme ", "AVT_ACME", "avt_nobody"])("%j opens nothing", (key) => {
    expect(() => tenantsOfKey(deps, key)).toThrow(expect.objectContaining({ code: "unauthorized" }));
    // Not even a hint whether the brokerage exists.
    for (const name of ["acme", "nowhere", "empty"])
      expect(() => authorizeTenant(deps, key, name)).toThrow(
        expect.objectContaining({ code: "unauthorized" }),
      );
  });

  test("that two brokerages were given opens both, each by its own name", () => {
    expect(authorizeTenant(deps, "avt_twins", "twin-a").domain_name).toBe("twin-a");
    expect(authorizeTenant(deps, "avt_twins", "twin-b").domain_name).toBe("twin-b");
    expect(tenantsOfKey(deps, "avt_twins")).toHaveLength(2);
  });

  test("of one brokerage does not open another, and says which way it is wrong", () => {
    expect(() => authorizeTenant(deps, "avt_acme", "other")).toThrow(
      expect.objectContaining({ code: "forbidden" }),
    );
    expect(() => authorizeTenant(deps, "avt_acme", "nowhere")).toThrow(
      expect.objectContaining({ code: "tenant_not_found" }),
    );
  });

  test("is not called unknown while the keys cannot be read", () => {
    const vault = () => ({ kind: "keychain", ok: false, sentence: "It is locked." }) as const;
    const locked = { settings: { ...deps.settings, vault, secret: () => undefined } };
    expect(() => authorizeTenant(locked, "avt_acme", "acme")).toThrow(
      expect.objectContaining({ code: "vault_unavailable", status: 503 }),
    );
  });
});

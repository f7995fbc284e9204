import { describe, expect, test } from "vitest";
import { GatewayError } from "../../../server/base/errors.ts";
import type { CrmAccess, CrmIdentity } from "../../../server/crm/crm.ts";
import { bindAccount } from "../../../server/embed/bind-account.ts";
import type { EmbedDeps } from "../../../server/embed/embed-deps.ts";
import { tenantSchema } from "../../../shared/settings.schema.ts";

const acme = { domain_name: "acme", users: [{ id: "ann" }, { id: "ben" }] };
const HERE = { id: "1", domain: "acme-fub" };

/** Keys by owner, each with the account and user it belongs to, or the failure of asking. */
type Keys = Readonly<Record<string, { account: string; user?: string; domain?: string } | "down">>;

function bind(keys: Keys, account = HERE, track: "A" | "B" = "A") {
  const tenant = tenantSchema.parse({ ...acme, track });
  const identity = (known: { account: string; user?: string; domain?: string }): CrmIdentity => ({
    accountId: known.account,
    accountDomain: known.domain ?? null,
    accountName: null,
    userId: known.user ?? "9",
    userName: null,
    userEmail: null,
    role: null,
    isOwner: null,
    isAdmin: null,
  });
  const learn = async (access: CrmAccess): Promise<CrmIdentity> => {
    const known = keys[access.key] ?? "down";
    if (known === "down") throw new GatewayError("crm_unreachable");
    return identity(known);
  };
  const secret = (name: string) => {
    const owner = name.startsWith("tenant/") ? "brokerage" : (name.split("/")[2] ?? "");
    return owner in keys ? owner : undefined;
  };
  // Only what bindAccount asks for: whose key this is.
  const deps = {
    settings: { secret, tenant: () => tenant },
    identities: { learn, recall: async () => undefined },
  } as unknown as EmbedDeps;
  return bindAccount(deps, tenant, account);
}
const people = (result: Awaited<ReturnType<typeof bind>>) =>
  "binding" in result
    ? result.binding.candidates.map(({ userId, access }) => `${userId}:${access?.key ?? "none"}`)
    : [];

describe("Track A: the brokerage's account", () => {
  test("its key acts; every agent without a key elsewhere may be meant", async () => {
    const result = await bind({ brokerage: { account: "1" }, ben: { account: "1", user: "3" } });
    expect(result).toMatchObject({ binding: { tenantAccess: { key: "brokerage" } } });
    expect(people(result)).toEqual(["ann:none", "ben:ben"]);
    expect(result).toMatchObject({ binding: { candidates: [{ crmUserId: null }, { crmUserId: "3" }] } });
  });

  test("an agent whose own key is of another account is not meant", async () => {
    expect(people(await bind({ brokerage: { account: "1" }, ben: { account: "2" } }))).toEqual(["ann:none"]);
  });

  test("the key of an agent does not make another account the brokerage's, and none at all opens no page", async () => {
    const another = await bind({ brokerage: { account: "5" }, ann: { account: "1" } });
    expect(another).toMatchObject({ problem: "account_not_found" });
    const keyless = await bind({ ann: { account: "1" } });
    expect(keyless).toMatchObject({ problem: "not_ready", why: expect.stringContaining("Track A") });
  });

  test("a key of an agent that cannot be asked about decides nothing", async () => {
    const result = await bind({ brokerage: { account: "5" }, ann: "down" });
    expect(result).toMatchObject({ problem: "account_not_found" });
  });
});

describe("Track B: an agent's own account", () => {
  test("only agents with a key of it may be meant, and the brokerage's key does not act", async () => {
    const result = await bind(
      { brokerage: { account: "5" }, ann: { account: "1" }, ben: { account: "2" } },
      HERE,
      "B",
    );
    expect(result).toMatchObject({ binding: { tenantAccess: null } });
    expect(people(result)).toEqual(["ann:ann"]);
  });
});

describe("an account that is not the brokerage's", () => {
  test("is refused, though its domain be the same", async () => {
    const result = await bind({ brokerage: { account: "5", domain: "acme-fub" } });
    expect(result).toMatchObject({ problem: "account_not_found" });
  });

  test("counts by its domain only where no number is known", async () => {
    const byDomain = await bind({ brokerage: { account: "", domain: "ACME-fub" } });
    expect(byDomain).toMatchObject({ binding: { tenantAccess: { key: "brokerage" } } });
    expect(await bind({ brokerage: { account: "" } })).toMatchObject({ problem: "account_not_found" });
  });

  test("is not decided while a key could not be asked about", async () => {
    const result = await bind({ brokerage: { account: "5" }, ann: "down" }, HERE, "B");
    expect(result).toMatchObject({ problem: "not_ready", why: expect.stringContaining("The key of ann: ") });
  });

  test("cannot be told without any key", async () => {
    expect(await bind({})).toMatchObject({
      problem: "not_ready",
      why: expect.stringMatching(/No Follow Up Boss API key/),
    });
  });
});

test("one key that cannot be asked about does not close the page of an account that is known", async () => {
  expect(people(await bind({ brokerage: { account: "1" }, ann: "down" }))).toEqual(["ann:none", "ben:none"]);
});

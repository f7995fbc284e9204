// The campaign page's door: whose secret opens it, in the guide's order, and what Follow Up Boss may say is open.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildContext } from "../../server/sandbox/build-context.ts";
import { encodeContext, signContext } from "../../server/sandbox/sign-context.ts";
import type { Setup, TenantSetup, UserSetup } from "../../shared/setup.schema.ts";
import { campaignQuery, openCampaignPage } from "../helpers/campaign-client.ts";
import { openSigned } from "../helpers/embed-client.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";

let world: TestWorld;
const fub = () => world.sandbox.fub.account("fub-test");
const query = (more: Partial<Parameters<typeof campaignQuery>[0]> = {}) =>
  campaignQuery({ account: fub(), userId: 2, ...more });

describe("whose secret opens the page", () => {
  const SECRETS = {
    platform: {
      FUB_CAMPAIGN_EMBEDDED_APP_SECRET: "platform-campaign",
      FUB_EMBEDDED_APP_SECRET: "platform-embed",
      FUB_SYSTEM_KEY: "sandbox-system-key",
    },
    account: {
      fub_campaign_embedded_app_secret: "account-campaign",
      fub_embedded_app_secret: "account-embed",
    },
    ann: { fub_campaign_embedded_app_secret: "ann-campaign", fub_embedded_app_secret: "ann-embed" },
  };
  const ORDER: readonly (readonly [string, string])[] = [
    ["account fub_campaign_embedded_app_secret", "account-campaign"],
    ["account fub_embedded_app_secret", "account-embed"],
    ["gateway FUB_CAMPAIGN_EMBEDDED_APP_SECRET", "platform-campaign"],
    ["gateway FUB_EMBEDDED_APP_SECRET", "platform-embed"],
    ["gateway FUB_SYSTEM_KEY", "sandbox-system-key"],
    ["user u1 fub_campaign_embedded_app_secret", "ann-campaign"],
    ["user u1 fub_embedded_app_secret", "ann-embed"],
  ];
  const withSecrets = (setup: Setup): Setup => ({
    ...setup,
    platform: { ...setup.platform, ...SECRETS.platform },
    tenants: (setup.tenants ?? []).map(
      (tenant): TenantSetup =>
        tenant.domain_name !== "fub-test"
          ? tenant
          : {
              ...tenant,
              ...SECRETS.account,
              users: (tenant.users ?? []).map(
                (user): UserSetup => (user.id === "u1" ? { ...user, ...SECRETS.ann } : user),
              ),
            },
    ),
  });
  beforeAll(async () => {
    world = await startTestWorld({ setup: withSecrets });
  });
  afterAll(() => world.close());

  test.each(ORDER)("%s", async (_origin, secret) => {
    const model = await openCampaignPage(world.url, query({ secret }));
    expect(model).toMatchObject({ state: "ready", agent: { name: "Ann One" } });
  });

  test("an agent's own secret opens nobody else's page, and another's opens none", async () => {
    for (const secret of ["ann-campaign", "ann-embed"])
      expect(await openCampaignPage(world.url, query({ secret, userId: 3 }))).toMatchObject({ session: "" });
    for (const secret of ["somebody-else", world.world.keys.cara.campaignSecret])
      expect(await openCampaignPage(world.url, query({ secret }))).toMatchObject({
        state: "unauthorized",
        session: "",
      });
  });
});

describe("what is open", () => {
  beforeAll(async () => {
    world = await startTestWorld();
  });
  afterAll(() => world.close());

  test("the campaign's secret does not open the single-contact app, the embed's opens both", async () => {
    const { campaignSecret, embedSecret } = world.world.keys.fubTest;
    const embed = (secret: string) =>
      openSigned(world.url, { account: fub(), userId: 2, personId: 101, secret });
    expect((await embed(campaignSecret)).model.state).toBe("unauthorized");
    expect((await embed(embedSecret)).model.state).toBe("ready");
    expect((await openCampaignPage(world.url, query({ secret: embedSecret }))).state).toBe("ready");
  });

  test("with a person open, without one, and with words for what is open that nobody knows yet", async () => {
    expect(await openCampaignPage(world.url, query({ personId: 107 }))).toMatchObject({ state: "ready" });
    const user = fub().users.find(({ id }) => id === 2);
    if (!user) throw new Error("no Ann");
    const plain = buildContext({ account: fub(), user });
    for (const context of [
      "account",
      "person",
      "dashboard",
      "smartList",
      "",
      7,
      null,
      { a: 1 },
      ["x"],
      undefined,
    ])
      for (const person of [undefined, null, {}, { id: null }, "x", []]) {
        const encoded = encodeContext({ ...plain, context, person });
        const signature = signContext(encoded, world.world.keys.fubTest.campaignSecret);
        const model = await openCampaignPage(world.url, `context=${encoded}&signature=${signature}`);
        expect([context, person, model.state]).toEqual([context, person, "ready"]);
      }
  });
});

// Why an app did not open: every likely mistake is made for real, and the doctor names it, without ever telling a secret.
import { afterEach, beforeEach, expect, it } from "vitest";
import type { RefusedEmbed } from "../../shared/console/secret-doctor.schema.ts";
import type { TenantSetup } from "../../shared/setup.schema.ts";
import { secretsOf } from "../helpers/ask-console.ts";
import { campaignQuery, openCampaignPage } from "../helpers/campaign-client.ts";
import { openPage, openSigned, signedQuery } from "../helpers/embed-client.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";
import { admin } from "../helpers/talk-to-gateway.ts";

let at: TestWorld;
beforeEach(async () => {
  at = await startTestWorld();
});
afterEach(() => at.close());

const account = () => at.sandbox.fub.account("fub-test");
const asAnn = () => ({ account: account(), userId: 2, personId: 101 });
const secretOf = (kind: "embed" | "campaign") =>
  account().apps.find((app) => app.kind === kind)?.secret ?? "";
const change = (tenant: Partial<TenantSetup>, platform = {}) =>
  at.gateway.apply({ platform, tenants: [{ domain_name: "fub-test", ...tenant }] });
const newest = async (): Promise<RefusedEmbed | undefined> => (await secretsOf(at)).refused[0];

async function refused(query = signedQuery(asAnn())): Promise<RefusedEmbed | undefined> {
  expect((await openPage(at.url, query)).model.state).toBe("unauthorized");
  return newest();
}

it("the other app's secret", async () => {
  await change({
    fub_embedded_app_secret: secretOf("campaign"),
    fub_campaign_embedded_app_secret: secretOf("embed"),
  });
  const found = await refused();
  expect(found).toMatchObject({
    app: "embed",
    tenant: "fub-test",
    account_domain: "fub-test",
    mistake: "other_app",
    fits: { name: "tenant/fub-test/fub_campaign_embedded_app_secret", app: "campaign", how: "as it is" },
    action: { to: "/setup/fub-test" },
    solved: false,
    times: 1,
  });
  expect(found?.sentence).toContain("campaign app secret");
  expect(found?.tried.filter(({ set }) => set).map(({ name }) => name)).toEqual([
    "tenant/fub-test/fub_embedded_app_secret",
    "platform/FUB_SYSTEM_KEY",
  ]);
  expect(found?.tried.map(({ name }) => name).slice(0, 3)).toEqual([
    "tenant/fub-test/fub_embedded_app_secret",
    "platform/FUB_EMBEDDED_APP_SECRET",
    "platform/FUB_SYSTEM_KEY",
  ]);
  // The same again is counted.
  await refused();
  expect((await secretsOf(at)).refused).toMatchObject([{ times: 2 }]);
  await change({
    fub_embedded_app_secret: secretOf("embed"),
    fub_campaign_embedded_app_secret: secretOf("campaign"),
  });
  expect((await openSigned(at.url, asAnn())).model.state).toBe("ready");
  await expect.poll(async () => (await newest())?.solved).toBe(true);
  const { orders } = await secretsOf(at, { tenant: "fub-test" });
  expect(orders.find(({ app }) => app === "embed")).toMatchObject({
    verified_by: "the single-contact app secret of “fub-test”",
    last_opened: expect.any(String),
  });
  expect(orders.find(({ app }) => app === "campaign")).toMatchObject({
    verified_by: null,
    last_opened: null,
  });
});

it.each([
  ["a blank in it", (secret: string) => `${secret.slice(0, 8)} ${secret.slice(8)}`],
  ["an invisible character", (secret: string) => `\u200b${secret}`],
  ["quotes around it", (secret: string) => `“${secret}”`],
])("the secret with %s", async (_what, damage) => {
  await change({ fub_embedded_app_secret: damage(secretOf("embed")) });
  expect(await refused()).toMatchObject({
    mistake: "blanks",
    fits: {
      name: "tenant/fub-test/fub_embedded_app_secret",
      how: expect.stringContaining("without the blanks"),
    },
  });
});

it("another brokerage's", async () => {
  await change({ fub_embedded_app_secret: "0123456789abcdef" });
  await at.gateway.apply({
    tenants: [{ domain_name: "fub-solo", fub_embedded_app_secret: secretOf("embed") }],
  });
  const found = await refused();
  expect(found).toMatchObject({
    mistake: "wrong_tenant",
    fits: { name: "tenant/fub-solo/fub_embedded_app_secret" },
    remedy: expect.stringContaining("fub-solo"),
  });
  // Nothing of it is told to whoever opened the page.
  const page = await openPage(at.url, signedQuery(asAnn()));
  expect(page.html).not.toContain("fub-solo");
});

it("only a system key that does not fit, no secret at all, and one nobody knows", async () => {
  await change({ fub_embedded_app_secret: "", fub_campaign_embedded_app_secret: "" });
  expect(await refused()).toMatchObject({ mistake: "system_key", fits: null });
  await change({}, { FUB_SYSTEM_KEY: "" });
  expect(await refused()).toMatchObject({ mistake: "no_secret", tried: expect.any(Array) });
  await change({ fub_embedded_app_secret: "one that nobody knows" });
  expect(await refused()).toMatchObject({
    mistake: "unknown",
    remedy: expect.stringContaining("fub_embedded_app_secret"),
  });
});

it("the campaign app is told apart", async () => {
  await change({ fub_campaign_embedded_app_secret: "wrong", fub_embedded_app_secret: "wrong as well" });
  const model = await openCampaignPage(at.url, campaignQuery({ account: account(), userId: 2 }));
  expect(model.state).toBe("unauthorized");
  expect(await newest()).toMatchObject({
    app: "campaign",
    mistake: "unknown",
    remedy: expect.stringContaining("fub_campaign_embedded_app_secret"),
  });
});

it("what did not come from Follow Up Boss, or was damaged on the way", async () => {
  await openPage(at.url, "");
  expect(await newest()).toMatchObject({ mistake: "not_from_fub", tenant: null });
  await refused(signedQuery(asAnn()).slice(0, -2));
  expect(await newest()).toMatchObject({ mistake: "damaged", tenant: "fub-test" });
  await openPage(at.url, "context=bm90IGpzb24&signature=00");
  expect((await secretsOf(at)).refused).toHaveLength(3);
  expect((await secretsOf(at, { tenant: "fub-solo" })).refused.every(({ tenant }) => tenant === null)).toBe(
    true,
  );
});

it("tells no secret, and a flood of refusals is bounded", async () => {
  const canary = "canary-secret-5d1f2e7a";
  await change({ fub_embedded_app_secret: canary, fub_campaign_embedded_app_secret: `${canary} x` });
  await Promise.all(
    Array.from({ length: 150 }, (_, nth) =>
      openPage(at.url, `domain_name=fub-test&${signedQuery({ ...asAnn(), secret: `other ${nth}` })}`),
    ),
  );
  const answer = await admin<unknown>(at, "GET", "/secret-doctor");
  const text = JSON.stringify(answer.body);
  expect(text).not.toContain(canary);
  expect(text).not.toContain(secretOf("embed"));
  expect((await secretsOf(at)).refused).toMatchObject([{ times: expect.any(Number), mistake: "unknown" }]);
});

// The guide's troubleshooting table on the screen: each row rendered from samples, and each caused for real at a running
// gateway with its pretend Follow Up Boss, found on the screen with its remedy and the way to it.
import { expect, type Page, test } from "@playwright/test";
import type { PROBLEM_IDS } from "../../shared/console/problems.schema.ts";
import type { Setup, TenantSetup } from "../../shared/setup.schema.ts";
import { campaignClient, campaignQuery } from "../helpers/campaign-client.ts";
import { connectHub } from "../helpers/connect-hub.ts";
import { openPage, openSigned, signedQuery } from "../helpers/embed-client.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";
import { startOutreach, untilCrm, untilQuiet } from "../helpers/talk-to-gateway.ts";
import { FOUND, problem, SETTINGS_ANSWERS } from "./console-settings-samples.ts";
import { startConsoleStub } from "./console-stub.ts";

type Id = (typeof PROBLEM_IDS)[number];
const row = (page: Page, name: string) =>
  page.getByRole("listitem").filter({ has: page.getByRole("heading", { name, exact: true }) });

test("each row shows its problem, sentence, remedy, evidence and button", async ({ page }) => {
  const stub = await startConsoleStub({ ...SETTINGS_ANSWERS, "GET /problems": { problems: FOUND } });
  await page.goto(`${stub.url}#/settings/help`);
  for (const found of FOUND) {
    const shown = row(page, found.problem);
    await expect(shown).toContainText(found.sentence);
    await expect(shown).toContainText(found.remedy ?? "");
    await expect(shown.getByText("Found", { exact: true })).toBeVisible();
    await expect(shown.getByRole("link", { name: "What it rests on" })).toHaveAttribute(
      "href",
      "#/journal/59",
    );
    await expect(shown.getByRole("link", { name: found.action?.label ?? "" })).toHaveAttribute(
      "href",
      `#${found.action?.to}`,
    );
  }
  stub.answer({
    "GET /problems": { problems: [problem("embed_unauthorized", "ok"), problem("lists_missing", "unknown")] },
  });
  await page.reload();
  await expect(row(page, "The app does not open").getByText("Not found")).toBeVisible();
  await expect(row(page, "Contacts or Smart Lists are missing").getByText("Cannot tell")).toBeVisible();
  await stub.close();
});

interface Caused {
  readonly id: Id;
  readonly problem: string;
  readonly cause: (at: TestWorld) => Promise<unknown>;
  /** What must stand on the screen. */
  readonly says: RegExp;
  readonly remedy: RegExp;
  /** The screen the button leads to. */
  readonly leads: RegExp;
}
const account = (at: TestWorld) => at.sandbox.fub.account("fub-test");
const change = (at: TestWorld, tenant: Partial<TenantSetup>, platform: Setup["platform"] = {}) =>
  at.gateway.apply({ platform, tenants: [{ domain_name: "fub-test", ...tenant }] });
const annOn = (at: TestWorld) => openSigned(at.url, { account: account(at), userId: 2, personId: 101 });

const CAUSES: readonly Caused[] = [
  {
    id: "domain_not_found",
    problem: "The app says the brokerage was not found",
    cause: (at) =>
      openPage(
        at.url,
        signedQuery({ account: account(at), userId: 2, personId: 101, domainName: "fub-tset" }),
      ),
    ...{ says: /“fub-tset”/, remedy: /\?domain_name=fub-test/, leads: /#\/setup\/fub-test/ },
  },
  {
    id: "wrong_identity",
    problem: "Wrong caller ID, or agents share an identity",
    cause: (at) => change(at, { users: [{ id: "u2", default_broker_phone: "" }] }),
    ...{ says: /No outreach phone is set for Ben Two\./, remedy: /phone/i, leads: /#\/agents/ },
  },
  {
    id: "lists_missing",
    problem: "Contacts or Smart Lists are missing",
    cause: (at) => change(at, { users: [{ id: "u1", fub_api_key: "fka_not_a_key_0123" }] }),
    ...{ says: /u1|Ann One/, remedy: /key/, leads: /#\/agents/ },
  },
  {
    id: "embed_unauthorized",
    problem: "The app does not open",
    cause: async (at) => {
      await change(at, { fub_embedded_app_secret: "another", fub_campaign_embedded_app_secret: "another" });
      await annOn(at);
    },
    ...{ says: /single-contact/, remedy: /different secrets/, leads: /#\/setup\/fub-test/ },
  },
  {
    id: "activity_missing",
    problem: "Activity is not in Follow Up Boss",
    cause: async (at) => {
      at.sandbox.fub.faults.add({ method: "POST", path: "/calls", kind: "status", status: 401, times: 1 });
      await untilCrm(at, await startOutreach(at, { phone_number: "6475550131" }), "dead");
    },
    ...{ says: /not/, remedy: /\./, leads: /#\/outreach\/e\// },
  },
  {
    id: "campaign_queues_nothing",
    problem: "A campaign queues nobody",
    cause: async (at) => {
      const ann = await campaignClient(at.url, campaignQuery({ account: account(at), userId: 2 }));
      await ann.preflight({ smart_list_id: "24" });
    },
    ...{ says: /shows nobody/, remedy: /list/, leads: /#\// },
  },
  {
    id: "tag_starts_nothing",
    problem: "A tag does not start calls",
    cause: (at) => change(at, {}, { SERVER_URL: "https://gateway.example" }),
    ...{
      says: /https:\/\/gateway\.example\/integration\/followupboss\/webhook\/fub-test/,
      remedy: /\./,
      leads: /#\/webhooks/,
    },
  },
  {
    id: "start_fails_internally",
    problem: "An outreach fails to start",
    cause: async (at) => {
      await untilQuiet(at);
      await connectHub(at, { tenant: { hub_url: "http://127.0.0.1:9" } });
      await startOutreach(at, { phone_number: "6475550131" });
    },
    ...{ says: /could not be started/, remedy: /INTERNAL_START_URL/, leads: /#\/outreach\/e\// },
  },
  {
    id: "connection_test_fails",
    problem: "The connection test fails",
    cause: (at) => change(at, { fub_api_key: "fka_not_a_key_0123" }),
    ...{ says: /the brokerage does not work/, remedy: /key/, leads: /#\/setup\/fub-test/ },
  },
];

for (const { id, problem: name, cause, says, remedy, leads } of CAUSES) {
  test(`${id}: caused at a real gateway, it stands on the screen with the way out`, async ({ page }) => {
    const at = await startTestWorld();
    try {
      await cause(at);
      await page.goto(`${at.adminUrl}/?token=${at.adminToken}`);
      await page.goto(`${at.adminUrl}/#/settings/help`);
      const shown = page.getByRole("region", { name: "Problems of fub-test" });
      const found = row(page, name).and(shown.getByRole("listitem"));
      // What is observed may be written a moment later; the screen looks again by itself.
      await expect(found.getByText("Found", { exact: true })).toBeVisible({ timeout: 45_000 });
      await expect(found).toContainText(says);
      await expect(found.locator("b")).toContainText(remedy);
      await found.getByRole("link").last().click();
      await expect(page).toHaveURL(leads);
      await expect(page.getByText("There is no such screen")).toHaveCount(0);
      await expect(page.getByText("This room could not be shown")).toHaveCount(0);
    } finally {
      await at.close();
    }
  });
}

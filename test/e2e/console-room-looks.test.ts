// Webhooks and Settings in both colour schemes, at every width and at 200 % zoom, full and empty.
import { expect, test } from "@playwright/test";
import { SETTINGS_ANSWERS, VIEW } from "./console-settings-samples.ts";
import { type Answers, type ConsoleStub, startConsoleStub } from "./console-stub.ts";
import { NO_WEBHOOKS, WEBHOOK_ANSWERS } from "./console-webhook-samples.ts";
import { checkLooks, complaintsOf, lookThrough } from "./look-at.ts";

const ALL: Answers = { ...SETTINGS_ANSWERS, ...WEBHOOK_ANSWERS, "GET /settings": VIEW };
const SCREENS = [
  ["webhooks", "/webhooks?tenant=fub-test", "Free"],
  ["webhooks-delivery", "/webhooks/deliveries/620", "What it started"],
  ["webhooks-slots", "/webhooks/slots", "No free place"],
  ["webhooks-rejected", "/webhooks/rejected", "The delivery carries no FUB-Signature"],
  ["webhooks-rejected-one", "/webhooks/rejected/3", "Signed with another key"],
  ["webhooks-secrets", "/webhooks/secrets", "Opens again since"],
  ["webhooks-forwarding", "/webhooks/forwarding", "It answered 503"],
  ["webhooks-forward", "/webhooks/forwarding/39", "It answered 500 for three days"],
  ["settings", "/settings?tenant=fub-test", "Further tags"],
  ["settings-outcomes", "/settings/outcomes", "The line was busy"],
  ["settings-platform", "/settings/platform", "Fixed by the environment"],
  ["settings-keys", "/settings/keys", "Keys that are set"],
  ["settings-support", "/settings/support", "Open links"],
  ["settings-help", "/settings/help", "Cannot tell"],
  ["settings-about", "/settings/about", "Running since"],
] as const;
const EMPTY: Answers = {
  ...ALL,
  ...NO_WEBHOOKS,
  "GET /settings": { ...VIEW, tenants: [], secrets: {}, locks: [], notices: [] },
  "GET /problems": { problems: [] },
  "GET /support-links": { links: [] },
};
const EMPTY_SCREENS = [
  ["webhooks", "/webhooks", "Nothing was delivered yet"],
  ["settings", "/settings", "No brokerage yet"],
  ["settings-help", "/settings/help", "No brokerage yet"],
] as const;

let stub: ConsoleStub;
test.afterEach(() => stub.close());

test.use({ viewport: { width: 1280, height: 900 } });
for (const [name, route, words] of SCREENS) {
  test(`${name} looks right in both schemes and at every width`, async ({ page }, testInfo) => {
    stub = await startConsoleStub(ALL);
    const complaints = complaintsOf(page);
    await page.goto(`${stub.url}#${route}`);
    await expect(page.getByText(words).first()).toBeVisible();
    await lookThrough(page, name, (file) => testInfo.outputPath(file));
    expect(complaints).toEqual([]);
  });
}
for (const [name, route, words] of EMPTY_SCREENS) {
  test(`${name} says what will be there while it is empty`, async ({ page }, testInfo) => {
    stub = await startConsoleStub(EMPTY);
    const complaints = complaintsOf(page);
    await page.goto(`${stub.url}#${route}`);
    await expect(page.getByText(words).first()).toBeVisible();
    await lookThrough(page, `empty-${name}`, (file) => testInfo.outputPath(file), false);
    expect(complaints).toEqual([]);
  });
}

test("dialogs: a new address, its secret, what somebody else saved", async ({ page }) => {
  stub = await startConsoleStub(ALL);
  await page.goto(`${stub.url}#/webhooks/forwarding`);
  await page.getByRole("button", { name: "Add an address" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await checkLooks(page, "form");
  await page.getByLabel("Short name").fill("mine");
  await page.getByRole("textbox", { name: "Address" }).fill("https://mine.example.com");
  await page.getByRole("button", { name: "Add it" }).click();
  await expect(page.getByText("whsec_made-for-the-test")).toBeVisible();
  await checkLooks(page, "secret");
});

// Channels and conversations in both colour schemes, at every width and at 200 % zoom, full, empty and failed.
import { expect, test } from "@playwright/test";
import { CALLER_IDS, CHANNEL_ANSWERS } from "./console-channel-samples.ts";
import { type Answers, type ConsoleStub, refusal, startConsoleStub } from "./console-stub.ts";
import { checkLooks, complaintsOf, lookThrough } from "./look-at.ts";

const CHANNELS = "/settings/channels?tenant=fub-test";
const SCREENS = [
  ["settings-channels", CHANNELS, "Two agents' phones are not verified"],
  ["conversations", "/outreach/conversations", "מה שלומך? אשמח לשמוע עוד על הדירה"],
  ["conversation", "/outreach/conversations/e-1", "Of course, I call you at noon."],
] as const;
const EMPTY: Answers = {
  ...CHANNEL_ANSWERS,
  "GET /conversations": { conversations: [] },
  "GET /channels/twilio/caller-ids": { agents: [] },
};
const broken = refusal(502, "provider_refused", "Twilio did not accept the account's token.");

let stub: ConsoleStub;
test.use({ viewport: { width: 1280, height: 900 } });
test.afterEach(() => stub.close());

for (const [name, route, words] of SCREENS) {
  test(`${name} looks right in both schemes and at every width`, async ({ page }, testInfo) => {
    stub = await startConsoleStub(CHANNEL_ANSWERS);
    const complaints = complaintsOf(page);
    await page.goto(`${stub.url}#${route}`);
    await expect(page.getByText(words).first()).toBeVisible();
    await lookThrough(page, name, (file) => testInfo.outputPath(file));
    expect(complaints).toEqual([]);
  });
}

test("what a test found, the code to key in, and a question before ending", async ({ page }, testInfo) => {
  stub = await startConsoleStub(CHANNEL_ANSWERS);
  const keep = (name: string) => page.screenshot({ path: testInfo.outputPath(`${name}.png`) });
  await page.goto(`${stub.url}#${CHANNELS}`);
  await page.getByRole("button", { name: "Test Twilio" }).click();
  await expect(page.getByText("Something does not work yet.")).toBeVisible();
  await checkLooks(page, "tested");
  await keep("tested");
  await page.getByRole("button", { name: /^Verify/ }).click();
  await expect(page.getByText("4 9 3 0 1 7")).toBeVisible();
  await checkLooks(page, "code");
  await keep("code");
  await page.goto(`${stub.url}#/outreach/conversations/e-1`);
  await page.getByRole("button", { name: "End the conversation" }).click();
  await expect(page.getByRole("dialog", { name: "End this conversation?" })).toBeVisible();
  await checkLooks(page, "ending");
  await keep("ending");
});

test("without conversations and agents the screens say what will be there", async ({ page }) => {
  stub = await startConsoleStub(EMPTY);
  await page.goto(`${stub.url}#/outreach/conversations`);
  await expect(page.getByText("No conversations", { exact: true })).toBeVisible();
  await checkLooks(page, "no conversations");
  await page.goto(`${stub.url}#${CHANNELS}`);
  await expect(page.getByText("No agents yet")).toBeVisible();
});

test("what fails is said where it fails, with a way to try again", async ({ page }) => {
  stub = await startConsoleStub({
    ...CHANNEL_ANSWERS,
    "GET /channels": broken,
    "GET /channels/twilio/caller-ids": broken,
    "GET /conversations": broken,
  });
  await page.goto(`${stub.url}#${CHANNELS}`);
  const standing = page.getByRole("region", { name: "How each channel stands" });
  await expect(standing.getByText("Twilio did not accept the account's token.")).toBeVisible();
  await expect(page.getByText("Twilio did not accept the account's token.")).toHaveCount(2);
  await checkLooks(page, "failed channels");
  stub.answer({ "GET /channels/twilio/caller-ids": CALLER_IDS });
  await page
    .getByRole("region", { name: /What contacts see/ })
    .getByRole("button", { name: "Try again" })
    .click();
  await expect(page.getByRole("table", { name: "Caller ID of each agent" })).toBeVisible();
  await page.goto(`${stub.url}#/outreach/conversations`);
  await expect(page.getByText("Twilio did not accept the account's token.")).toBeVisible();
  await checkLooks(page, "failed conversations");
});

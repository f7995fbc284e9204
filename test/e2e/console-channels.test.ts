// Channels in a browser, against a stand-in of the admin listener: who carries what, accounts, tests, caller IDs, templates.
import { expect, type Page, test } from "@playwright/test";
import { ACCOUNT, CHANNEL_ANSWERS, CHANNELS_VIEW, REAL_VIEW, VERIFIED } from "./console-channel-samples.ts";
import { VIEW } from "./console-settings-samples.ts";
import { type ConsoleStub, refusal, startConsoleStub } from "./console-stub.ts";

let stub: ConsoleStub;
test.use({ viewport: { width: 1280, height: 900 }, actionTimeout: 10_000 });
test.beforeEach(async () => {
  stub = await startConsoleStub(CHANNEL_ANSWERS);
});
test.afterEach(() => stub.close());

const open = (page: Page) => page.goto(`${stub.url}#/settings/channels?tenant=fub-test`);
const panel = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true }).click();
const bodies = (what: string) =>
  stub.changes.filter((change) => change.what === what).map(({ body }) => body);
const savedTenant = (): Record<string, unknown> => {
  const [body] = bodies("POST /settings") as { setup: { tenants: Record<string, unknown>[] } }[];
  return body?.setup.tenants[0] ?? {};
};

test("each channel offers only who can carry it, and a carrier's panel opens once it is chosen", async ({
  page,
}) => {
  stub.answer({ "GET /settings": VIEW });
  await open(page);
  await expect(page.getByRole("combobox", { name: "Phone" })).toBeVisible();
  const options = (channel: string) =>
    page.getByRole("combobox", { name: channel, exact: true }).getByRole("option").allTextContents();
  expect(await options("Phone")).toEqual(["Built-in simulator", "Aventora Engagement Hub", "Twilio"]);
  expect(await options("Email")).toEqual([
    ...["Built-in simulator", "Aventora Engagement Hub"],
    "Our mail server",
  ]);
  expect(await options("Chat")).toEqual(["Built-in simulator", "Aventora Engagement Hub", "Our chat page"]);
  const twilio = panel(page, "Twilio");
  await expect(twilio).toContainText("Not in use");
  await expect(twilio.getByLabel("Twilio account SID")).toHaveCount(0);
  await page.getByRole("combobox", { name: "SMS" }).selectOption("twilio");
  await expect(twilio).toContainText("In use for SMS");
  await twilio.getByLabel("Twilio account SID").fill(ACCOUNT);
  await twilio.getByRole("button", { name: "Enter Twilio auth token" }).click();
  await twilio.getByLabel("Twilio auth token", { exact: true }).fill("a-token");
  await expect(twilio.getByText("Listed here once the Twilio account is saved.")).toBeVisible();
  await save(page);
  await expect(page.getByText("Saved.", { exact: true })).toBeVisible();
  expect(savedTenant()).toEqual({
    domain_name: "fub-test",
    channels: { phone: "hub", sms: "twilio" },
    twilio_account_sid: ACCOUNT,
    twilio_auth_token: "a-token",
  });
});

test("a carrier not in use can be set up beforehand, and folded away again", async ({ page }) => {
  stub.answer({ "GET /settings": VIEW });
  await open(page);
  const mail = panel(page, "E-mail");
  await mail.getByRole("button", { name: "Set up E-mail" }).click();
  await expect(
    mail.getByText("Without a server to read from, replies and bounces are not seen."),
  ).toBeVisible();
  await mail.getByRole("button", { name: "Fold E-mail away" }).click();
  await expect(mail.getByLabel("SMTP server")).toHaveCount(0);
  await mail.getByRole("button", { name: "Set up E-mail" }).click();
  await mail.getByLabel("IMAP server").fill("imap.example.com");
  await expect(mail.getByLabel("IMAP port")).toHaveValue("993");
  // What is typed keeps it open.
  await expect(mail.getByRole("button", { name: /^Fold/ })).toHaveCount(0);
});

test("how each channel stands is said with its remedy, and the mailbox with what is wrong", async ({
  page,
}) => {
  await open(page);
  const standing = panel(page, "How each channel stands");
  await expect(standing.getByRole("listitem").filter({ hasText: "30034" }).first()).toContainText(
    "Not working",
  );
  await expect(standing.getByText("Register the brand and the campaign at Twilio")).toBeVisible();
  const mail = panel(page, "E-mail");
  await expect(mail.getByText("The mail server did not accept the login.")).toBeVisible();
  await expect(mail.getByText(/The mailbox was last read/)).toBeVisible();
  await expect(mail.getByText("No postal address")).toBeVisible();
});

test("the address for what contacts write is copied, or says that a public address is missing", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page);
  await page.getByRole("button", { name: "Copy Address for what contacts write" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(CHANNELS_VIEW.inbound_url);
  stub.answer({ "GET /channels": { ...CHANNELS_VIEW, inbound_url: null } });
  await page.reload();
  const twilio = panel(page, "Twilio");
  await expect(twilio.getByText("There is no public address yet")).toBeVisible();
  await expect(twilio.getByRole("link", { name: "Set the public address" })).toHaveAttribute(
    "href",
    "#/settings/platform",
  );
});

test("a test lists what was found; with something unsaved it asks to save first", async ({ page }) => {
  await open(page);
  const twilio = panel(page, "Twilio");
  await twilio.getByRole("button", { name: "Test Twilio" }).click();
  const found = twilio.getByRole("listitem").filter({ hasText: "does not belong to this account" });
  await expect(found).toContainText("Not working");
  await expect(found).toContainText("Choose a number of the account, or buy it at Twilio.");
  expect(bodies("POST /channels/twilio/test")).toEqual([{ tenant: "fub-test" }]);
  stub.answer({
    "POST /channels/mail/test": refusal(503, "provider_unavailable", "It did not answer in time."),
  });
  await page.getByRole("button", { name: "Test e-mail" }).click();
  await expect(page.getByText("It did not answer in time.")).toBeVisible();
  await twilio.getByLabel("Number at Twilio", { exact: true }).fill("+14165550199");
  await expect(twilio.getByText("Save first: the test uses what is saved.")).toBeVisible();
  await expect(twilio.getByRole("button", { name: "Test Twilio" })).toBeDisabled();
});

test("the model's name is chosen from what its server has, and its channels are ticked", async ({ page }) => {
  await open(page);
  const automated = panel(page, "Automated answers");
  await expect(automated.getByRole("region", { name: "What it never does" })).toContainText("Write first");
  await automated.getByRole("button", { name: "Test the model" }).click();
  await expect(automated.getByText("It answered in 0.8 s.")).toBeVisible();
  const model = automated.getByRole("combobox", { name: "Model", exact: true });
  const list = await model.getAttribute("list");
  await expect(page.locator(`[id="${list}"] option`)).toHaveCount(2);
  await model.fill("qwen3:8b");
  await automated.getByRole("checkbox", { name: "Chat" }).check();
  await automated.getByLabel("Most answers in one conversation").fill("5");
  await save(page);
  await expect(page.getByText("Saved.", { exact: true })).toBeVisible();
  expect(savedTenant()).toMatchObject({
    llm_model: "qwen3:8b",
    automated_channels: ["sms", "chat"],
    llm_max_turns: 5,
  });
});

test("an announcement warns of consent, recorded calls of theirs", async ({ page }) => {
  await open(page);
  const calls = page.getByRole("radiogroup", { name: "How calls are made" });
  await expect(calls.getByRole("radio", { name: "An announcement" })).toBeChecked();
  await expect(
    page.getByText("A machine's voice may only call people who agreed to it beforehand."),
  ).toBeVisible();
  await calls.getByRole("radio", { name: "The agent first" }).check();
  await expect(page.getByText("A machine's voice may only call")).toHaveCount(0);
  await expect(page.getByRole("textbox", { name: "Recording notice" })).toBeVisible();
  await page.getByRole("switch", { name: "Record calls" }).click({ force: true });
  await expect(page.getByRole("textbox", { name: "Recording notice" })).toHaveCount(0);
});

test("WhatsApp templates are added with their variables, and what is wrong is said at the field", async ({
  page,
}) => {
  stub.answer({
    "POST /settings": refusal(400, "settings_invalid", "Not valid.", [
      {
        path: "tenants[0].whatsapp_templates[1].content_sid",
        message: "is needed: the template's Content SID (HX…)",
      },
    ]),
  });
  await open(page);
  const templates = page.getByRole("group", { name: "WhatsApp templates" });
  await templates.getByRole("button", { name: "Add a template" }).click();
  const second = templates.getByRole("group", { name: "Template 2" });
  await second.getByLabel("Name").fill("call_back");
  await second.getByRole("checkbox", { name: "Conversational" }).uncheck();
  await second.getByRole("button", { name: "Add the variable" }).click();
  await second.getByLabel("Text for {{2}}").fill("{instruction}");
  await second.getByRole("button", { name: "Remove the variable 1" }).click();
  await templates
    .getByRole("group", { name: "Template 1" })
    .getByRole("button", { name: /^Remove this/ })
    .focus();
  await save(page);
  await expect(second.getByLabel("Content SID")).toHaveAccessibleDescription(/It is needed/);
  const saved = savedTenant().whatsapp_templates as unknown[];
  expect(saved[1]).toEqual({
    ...{ name: "call_back", content_sid: "", variables: { 2: "{instruction}" } },
    call_types: ["informational", "appointment_booking", "confirmational"],
  });
});

test("an agent's phone is verified: the code stands big until Twilio knows the phone", async ({ page }) => {
  await open(page);
  const table = page.getByRole("table", { name: "Caller ID of each agent" });
  await expect(table.getByRole("row", { name: /^Ann One/ })).toContainText("Verified");
  await expect(table.getByRole("button")).toHaveCount(1);
  await table.getByRole("button", { name: /^Verify/ }).click();
  const dialog = page.getByRole("dialog", { name: /^Verify the phone of/ });
  await expect(dialog.getByText("4 9 3 0 1 7")).toBeVisible();
  await expect(dialog.getByText("(416) 555-0122")).toBeVisible();
  expect(bodies("POST /channels/twilio/caller-ids")).toEqual([{ tenant: "fub-test", user_id: "u2" }]);
  stub.answer({ "GET /channels/twilio/caller-ids": VERIFIED });
  await expect(dialog.getByText("Verified. Contacts now see this number.")).toBeVisible();
  await expect(dialog.getByText("4 9 3 0 1 7")).toHaveCount(0);
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await expect(table.getByRole("button")).toHaveCount(0);
});

test("through a support link channels are read and none of it can be changed or tried", async ({ page }) => {
  stub.answer({ "GET /session": { read_only: true, until: null }, "GET /settings": REAL_VIEW });
  await open(page);
  await expect(page.getByRole("combobox", { name: "SMS" })).toBeDisabled();
  await expect(page.getByLabel("Twilio account SID")).not.toBeEditable();
  await expect(page.getByRole("button", { name: "Replace Twilio auth token" })).toHaveCount(0);
  await expect(page.getByRole("radio", { name: "The agent first" })).toBeDisabled();
  await page.getByRole("button", { name: "Test Twilio" }).click({ force: true });
  await page.getByRole("button", { name: /^Verify/ }).click({ force: true });
  expect(stub.changes).toEqual([]);
});

// Settings against a stand-in of the admin listener: every setting with its doc and where it comes from, saved as one.
import { expect, type Page, test } from "@playwright/test";
import { SETTINGS_ANSWERS, VIEW } from "./console-settings-samples.ts";
import { type ConsoleStub, refusal, startConsoleStub } from "./console-stub.ts";

let stub: ConsoleStub;
test.use({ viewport: { width: 1280, height: 900 } });
test.beforeEach(async () => {
  stub = await startConsoleStub(SETTINGS_ANSWERS);
});
test.afterEach(() => stub.close());
const open = (page: Page, route: string) => page.goto(`${stub.url}#${route}`);
const saves = () => stub.changes.filter(({ what }) => what === "POST /settings").map(({ body }) => body);
const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true }).click();

test("only what changed is sent, of all parts at once, with the revision that was read", async ({ page }) => {
  await open(page, "/settings?tenant=fub-test");
  await page.getByRole("switch", { name: "Sync contacts" }).click({ force: true });
  await page.getByLabel("Phone: At once").fill("");
  await page.getByLabel("Phone: Per minute").fill("12");
  await page.getByRole("button", { name: "Enter Secret of the app Aventora Campaign" }).click();
  await page.getByLabel("Secret of the app Aventora Campaign").fill("a-new-secret");
  await page.getByRole("button", { name: "Remove Secret of the app Aventora", exact: true }).click();
  await page.getByRole("link", { name: "Contact rules", exact: true }).click();
  await page.getByLabel("Minutes of rest between two outreaches").fill("45");
  await page.getByRole("link", { name: "Channels", exact: true }).click();
  await page.getByRole("combobox", { name: "SMS" }).selectOption("hub");
  await page.getByRole("link", { name: "Platform" }).click();
  await page.getByLabel("Public address").fill("https://new.example.com");
  await expect(page.getByText("7 changes not saved")).toBeVisible();
  await save(page);
  await expect(page.getByText("Saved.")).toBeVisible();
  expect(saves()).toEqual([
    {
      revision: "rev-1",
      setup: {
        platform: { SERVER_URL: "https://new.example.com" },
        tenants: [
          {
            domain_name: "fub-test",
            fub_sync_contacts: false,
            cool_down_minutes: 45,
            channels: { phone: "hub", sms: "hub" },
            pace: { phone: { per_minute: 12 } },
            fub_campaign_embedded_app_secret: "a-new-secret",
            fub_embedded_app_secret: "",
          },
        ],
      },
    },
  ]);
  await expect(page.getByRole("region", { name: "You have changes" })).toHaveCount(0);
});

test("a value typed back to what is saved is no change", async ({ page }) => {
  await open(page, "/settings?tenant=fub-test");
  const tag = page.getByLabel("Tag that starts an outreach");
  await tag.fill("Other");
  await expect(page.getByText("1 change not saved")).toBeVisible();
  await tag.fill("Aventora Call ");
  await expect(page.getByText("not saved")).toHaveCount(0);
});

test("further tags are added, changed and removed; e-mail leaves only one call type", async ({ page }) => {
  await open(page, "/settings?tenant=fub-test");
  const tags = page.getByRole("group", { name: "Further tags" });
  await tags.getByRole("button", { name: "Add a tag" }).click();
  await tags.getByLabel("Tag", { exact: true }).nth(2).fill("Dinner");
  await tags.getByLabel("Call type").nth(2).selectOption("conversational");
  await tags.getByLabel("Over").nth(2).selectOption("email");
  await expect(tags.getByLabel("Call type").nth(2)).toHaveValue("informational");
  await tags.getByRole("button", { name: "Remove the tag News" }).click();
  await save(page);
  await expect(page.getByText("Saved.")).toBeVisible();
  const [saved] = saves() as { setup: { tenants: { tag_starts: { tag: string }[] }[] } }[];
  expect(saved?.setup.tenants[0]?.tag_starts.map(({ tag }) => tag)).toEqual([
    VIEW.tenants[0]?.tag_starts[0]?.tag,
    "Dinner",
  ]);
});

test("outcomes show the standard, and a change goes back to it", async ({ page }) => {
  await open(page, "/settings/outcomes?tenant=fub-test");
  const voicemail = page.getByRole("row", { name: /^Left a voicemail/ });
  await expect(voicemail).toContainText("Left Message");
  await expect(voicemail.getByRole("combobox")).toHaveValue("No Answer");
  await voicemail.getByRole("combobox").selectOption({ label: "As standard (Left Message)" });
  await page.getByRole("combobox", { name: /for Did not work/ }).selectOption("Bad Number");
  await save(page);
  await expect(page.getByText("Saved.")).toBeVisible();
  expect(saves()).toEqual([
    expect.objectContaining({
      setup: {
        tenants: [
          {
            domain_name: "fub-test",
            outcome_mapping: { busy: null, voicemail: "Left Message", failed: "Bad Number" },
          },
        ],
      },
    }),
  ]);
});

test("what is not right is said at its field and below, and goes when it is corrected", async ({ page }) => {
  stub.answer({
    "POST /settings": refusal(400, "settings_invalid", "Not valid.", [
      {
        path: "tenants[0].channels.sms",
        message: "is carried by the Hub, but nothing says where the Hub is",
      },
      { path: "tenants[0].hub_url", message: "must start with https://" },
      { path: "platform.ADMIN_PORT", message: "PORT and ADMIN_PORT must differ" },
    ]),
  });
  await open(page, "/settings?tenant=fub-test");
  await page.getByLabel("Address of the brokerage's own Hub").fill("http://nope");
  await page.getByRole("link", { name: "Channels", exact: true }).click();
  await page.getByRole("combobox", { name: "SMS" }).selectOption("hub");
  await save(page);
  await expect(page.getByRole("combobox", { name: "SMS" })).toHaveAttribute("aria-invalid", "true");
  await page.getByRole("link", { name: "Brokerage", exact: true }).click();
  const hub = page.getByLabel("Address of the brokerage's own Hub");
  await expect(hub).toHaveAccessibleDescription(/It must start with https/);
  await expect(page.getByText("Console's port: PORT and ADMIN_PORT must differ")).toBeVisible();
  await hub.fill("https://hub2.example.com");
  await expect(hub).not.toHaveAttribute("aria-invalid", "true");
  await expect(page.getByText("2 changes not saved")).toBeVisible();
});

test("each setting says where its value comes from, and what the environment fixes cannot be changed", async ({
  page,
}) => {
  await open(page, "/settings/platform");
  await expect(page.getByLabel("System name")).toHaveAccessibleDescription(
    /sent with every request.*Standard value\./,
  );
  await expect(page.getByLabel("Public address")).toHaveAccessibleDescription(/Set here\./);
  await expect(page.getByLabel("Public port")).toHaveAccessibleDescription(
    /Set here\. Takes effect after a restart\./,
  );
  await expect(page.getByRole("combobox", { name: "Process log" })).toBeDisabled();
  await expect(page.getByRole("combobox", { name: "Process log" })).toHaveAccessibleDescription(
    /Fixed by the environment variable LOG_LEVEL/,
  );
  await expect(page.getByRole("button", { name: "Replace System key" })).toHaveCount(0);
  await expect(page.getByText("set by the environment, ends …f3")).toBeVisible();
  await expect(page.getByText("PORT was “eighty”")).toBeVisible();
});

test("changes are not lost silently: leaving asks, moving between parts does not", async ({ page }) => {
  await open(page, "/settings?tenant=fub-test");
  await page.getByLabel("Tag that starts an outreach").fill("Other");
  await page.getByRole("link", { name: "Outcomes" }).click();
  await expect(page.getByText("1 change not saved")).toBeVisible();
  await page.getByRole("link", { name: "Journal" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Stay here" }).click();
  await expect(page).toHaveURL(/settings\/outcomes/);
  await page.getByRole("button", { name: "Discard" }).click();
  await page.getByRole("link", { name: "Journal" }).click();
  await expect(page.getByRole("heading", { name: "Journal" })).toBeVisible();
});

test("what somebody else saved meanwhile is told before anything is overwritten", async ({ page }) => {
  await open(page, "/settings?tenant=fub-test");
  await page.getByLabel("Tag that starts an outreach").fill("Mine");
  const changed = [
    { path: "tenants.fub-test.fub_start_call_tag", theirs: "Theirs" },
    { path: "tenants.fub-test.users.u.1.email", theirs: "a@b.example" },
    { path: "secrets.tenant/fub-test/fub_api_key" },
  ];
  stub.answer({
    "POST /settings": refusal(409, "settings_changed", "Somebody else …", { revision: "rev-9", changed }),
  });
  await save(page);
  const dialog = page.getByRole("dialog", { name: "Somebody saved before you" });
  await expect(dialog.getByRole("row", { name: /Tag that starts an outreach/ })).toHaveText(/Theirs.*Mine/);
  await expect(dialog.getByRole("row", { name: /fub-test, u\.1: E-mail/ })).toBeVisible();
  await expect(dialog.getByRole("row", { name: /Brokerage API key/ })).toHaveText(/changed \(not shown\)/);
  stub.answer(SETTINGS_ANSWERS);
  await dialog.getByRole("button", { name: "Save mine over it" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  expect(saves().map((body) => (body as { revision: string }).revision)).toEqual(["rev-1", "rev-9"]);
});

test("a key is tested as it is typed, before anything is saved", async ({ page }) => {
  stub.answer({
    "POST /test-connection": {
      ...{ success: false, code: "crm_unauthorized", message: "Follow Up Boss did not accept the API key." },
      ...{
        account: null,
        user: null,
        webhook: { requested: false, registered: false, message: "" },
        at: new Date().toISOString(),
        tested: "typed",
      },
      ...{ warnings: [], remedy: "Copy the key once more." },
    },
  });
  await open(page, "/settings?tenant=fub-test");
  await page.getByRole("button", { name: "Replace Brokerage API key" }).click();
  await page.getByLabel("Brokerage API key").fill("fka_typed");
  await page.getByRole("button", { name: "Test connection" }).click();
  await expect(page.getByText("Copy the key once more.")).toBeVisible();
  expect(stub.changes.at(-1)?.body).toMatchObject({ domain_name: "fub-test", fub_api_key: "fka_typed" });
});

test("support links are made, shown this once and taken back; the bundle is a download", async ({ page }) => {
  await open(page, "/settings/support");
  await expect(page.getByRole("link", { name: "Download the bundle" })).toHaveAttribute(
    "href",
    "/api/support-bundle",
  );
  await page.getByLabel("It opens for").selectOption("15");
  await page.getByRole("button", { name: "Make a link" }).click();
  await expect(page.getByText("?support=made-for-the-test")).toBeVisible();
  expect(stub.changes.at(-1)).toEqual({ what: "POST /support-links", body: { minutes: 15 } });
  await page
    .getByRole("button", { name: /^Take back/ })
    .first()
    .click();
  await expect(page.getByText("The link was taken back.")).toBeVisible();
  expect(stub.changes.at(-1)?.what).toBe("DELETE /support-links/l-1");
});

test("keys are listed by what is known of them, and a closed keychain says what to do", async ({ page }) => {
  await open(page, "/settings/keys");
  await expect(page.getByRole("row", { name: /fub-test, u1: Own API key/ })).toContainText("not used yet");
  stub.answer({
    "GET /settings": { ...VIEW, vault: { kind: "keychain", ok: false, sentence: "The keychain is locked." } },
  });
  await page.reload();
  await expect(page.getByText("The keychain is locked.")).toBeVisible();
  await expect(page.getByText("Unlock the keychain of the user")).toBeVisible();
});

test("through a support link every setting is read and none can be changed", async ({ page }) => {
  stub.answer({ "GET /session": { read_only: true, until: new Date(Date.now() + 9e5).toISOString() } });
  await open(page, "/settings?tenant=fub-test");
  await expect(page.getByLabel("Tag that starts an outreach")).not.toBeEditable();
  await expect(page.getByRole("switch", { name: "Sync contacts" })).toBeDisabled();
  await expect(page.getByRole("button", { name: "Replace Brokerage API key" })).toHaveCount(0);
  await open(page, "/settings/outcomes");
  await expect(page.getByRole("combobox", { name: /for Answered/ })).toBeDisabled();
});

test("About names the libraries inside, finds one, and shows its licence", async ({ page }) => {
  await open(page, "/settings/about");
  await expect(page.getByText("3a4c98391a51 with changes")).toBeVisible();
  const list = page.getByRole("region", { name: "Libraries inside" });
  await expect(list.getByText("4 libraries")).toBeVisible();
  await list.getByLabel("Find a library or licence").fill("mit-0");
  await expect(list.getByText("1 of 4 libraries")).toBeVisible();
  await list.getByText("nodemailer").click();
  await expect(list.getByText("MIT No Attribution")).toBeVisible();
  stub.answer({ "GET /about": { version: "0.1.0", build: null, licences: null } });
  await page.reload();
  await expect(list.getByText("In a checkout it is there after npm run build.")).toBeVisible();
});

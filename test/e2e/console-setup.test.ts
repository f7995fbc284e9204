// Setup in a browser, against a stand-in of the admin listener: the steps, saving, conflicts, tests of keys, ticks, tracks,
// new and removed brokerages, practising.
import { expect, type Page, test } from "@playwright/test";
import { ago } from "./console-samples.ts";
import { type ConsoleStub, refusal, startConsoleStub } from "./console-stub.ts";
import { EMBED, GUIDE, PRACTICE_ON, SETTINGS_A, SETUP_ANSWERS, TESTED } from "./setup-samples.ts";

let stub: ConsoleStub;
test.use({ viewport: { width: 1280, height: 900 }, actionTimeout: 10_000 });
test.beforeEach(async () => {
  stub = await startConsoleStub(SETUP_ANSWERS);
});
test.afterEach(() => stub.close());

const open = (page: Page, route: string) => page.goto(`${stub.url}#${route}`);
const line = (page: Page, title: string) =>
  page.getByRole("listitem").filter({ has: page.getByRole("button", { name: title }) });
const bodies = (what: string) =>
  stub.changes.filter((change) => change.what === what).map(({ body }) => body);

test("a step shows what to paste, the very fields, and what was seen with its time and evidence", async ({
  page,
}) => {
  await open(page, "/setup/fub-test");
  await page.getByRole("button", { name: /Switch Follow Up Boss on/ }).click();
  const step = line(page, "Switch Follow Up Boss on");
  await expect(step.getByRole("region", { name: "In Follow Up Boss" })).toContainText("Open Admin, then API");
  await expect(step.getByRole("region", { name: "Here" })).toContainText("ends …f3");
  const proof = step.getByRole("region", { name: "Proof" });
  await expect(proof).toContainText("the account Maple Street Realty");
  await expect(proof.getByText(/^\d+ min ago$/)).toBeVisible();
  await expect(proof.getByRole("link", { name: "See it in the journal" })).toHaveAttribute(
    "href",
    "#/journal/59",
  );
  await page.getByRole("button", { name: /Register the app for one contact/ }).click();
  const app = line(page, "Register the app for one contact");
  await expect(app.getByText(EMBED, { exact: true })).toBeVisible();
  await expect(app.getByRole("button", { name: "Copy Address of the app for one contact" })).toBeVisible();
  await expect(app.getByText("Not right yet").first()).toBeVisible();
});

test("the keyboard goes on where the next step opens", async ({ page }) => {
  await open(page, "/setup/fub-test?step=P.1");
  const next = page.getByRole("button", { name: "Next step" });
  await next.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: /Give the gateway a public address/ })).toBeFocused();
});

test("proof older than an hour is amber, and what is fixed outside says by whom", async ({ page }) => {
  await open(page, "/setup/fub-test?step=P.2");
  await expect(page.getByRole("button", { name: /Register the system.*Proven before/ })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Public address" })).toHaveAttribute("readonly", "");
  await expect(page.getByText("Fixed by the environment variable SERVER_URL")).toBeVisible();
});

test("what is typed goes out with the revision it was read at, over several steps at once", async ({
  page,
}) => {
  await open(page, "/setup/fub-test?step=P.1");
  await page.getByRole("textbox", { name: "System name" }).fill("Acme");
  await page.getByRole("button", { name: /Switch Follow Up Boss on/ }).click();
  await page.getByRole("switch", { name: "Sync contacts" }).uncheck({ force: true });
  await expect(page.getByText("2 changes not saved")).toBeVisible();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  expect(bodies("POST /settings")).toEqual([
    {
      revision: "r-1",
      setup: {
        platform: { FUB_SYSTEM: "Acme" },
        tenants: [{ domain_name: "fub-test", fub_sync_contacts: false }],
      },
    },
  ]);
});

test("somebody else's save is shown beside mine before anything is lost", async ({ page }) => {
  stub.answer({
    "POST /settings": refusal(409, "settings_changed", "The settings were changed.", {
      revision: "r-9",
      changed: [{ path: "platform.FUB_SYSTEM", theirs: "Globex" }],
    }),
  });
  await open(page, "/setup/fub-test?step=P.1");
  await page.getByRole("textbox", { name: "System name" }).fill("Acme");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Somebody saved before you" });
  await expect(dialog.getByRole("row", { name: "System name Globex Acme" })).toBeVisible();
  stub.answer({ "POST /settings": { revision: "r-10", changes: [], needs_restart: [] } });
  await dialog.getByRole("button", { name: "Save mine over it" }).click();
  await expect(dialog).toBeHidden();
  expect(bodies("POST /settings").at(-1)).toMatchObject({ revision: "r-9" });
});

test("leaving with something typed asks first", async ({ page }) => {
  await open(page, "/setup/fub-test?step=P.1");
  await page.getByRole("textbox", { name: "System name" }).fill("Acme");
  await page.getByRole("link", { name: "Journal", exact: true }).click();
  await page.getByRole("button", { name: "Stay here" }).click();
  await expect(page.getByRole("textbox", { name: "System name" })).toHaveValue("Acme");
});

test("a key is tested as typed and as saved, and told whose it is and whether they own the account", async ({
  page,
}) => {
  await open(page, "/setup/fub-test?step=A1.3");
  const step = line(page, "Switch Follow Up Boss on");
  stub.answer({
    "POST /test-connection": { ...TESTED, tested: "saved", user: { ...TESTED.user, is_owner: false } },
  });
  await step.getByRole("button", { name: "Test connection" }).click();
  await expect(step.getByText(/webhooks for tags need the owner’s key/)).toBeVisible();
  await expect(step.getByText(/With the saved key/)).toBeVisible();
  await step.getByRole("button", { name: "Replace Brokerage API key" }).click();
  await step.getByLabel("Brokerage API key", { exact: true }).fill("fka_canary");
  stub.answer({
    "POST /test-connection": {
      ...TESTED,
      ...{
        success: false,
        message: "Follow Up Boss did not accept the key.",
        remedy: "Copy it again from Admin, API.",
      },
      ...{ account: null, user: null, code: "key_refused" },
    },
  });
  await step.getByRole("button", { name: "Test connection" }).click();
  await expect(step.getByText("Copy it again from Admin, API.")).toBeVisible();
  expect(bodies("POST /test-connection")).toEqual([
    { domain_name: "fub-test", crm_sync_provider: "followup_boss" },
    { domain_name: "fub-test", crm_sync_provider: "followup_boss", fub_api_key: "fka_canary" },
  ]);
});

test("the verify table has a column per agent, with the story behind what was seen", async ({ page }) => {
  await open(page, "/setup/fub-test");
  const table = page.getByRole("table").filter({ hasText: "Opens Aventora on a test contact" });
  const row = table.getByRole("row").filter({ hasText: "A test call shows their number" });
  await expect(row.getByRole("cell").nth(0)).toContainText("(416) 555-0111");
  await expect(row.getByRole("link", { name: "See the story" })).toHaveAttribute("href", "#/outreach/e/e-2");
  await expect(row.getByRole("cell").nth(1)).toContainText("Not seen yet");
});

test("what only a person can know is ticked, and a step proves itself while somebody watches", async ({
  page,
}) => {
  await open(page, "/setup/fub-test?step=P.2");
  const ticked = GUIDE.sections.map((section) => ({
    ...section,
    steps: section.steps.map((step) =>
      step.id === "AC.9" ? { ...step, state: "ticked" as const, at: ago(1) } : step,
    ),
  }));
  stub.answer({
    "PUT /tenants/:slug/guide/:step": () => {
      stub.answer({ "GET /tenants/:slug/guide": { ...GUIDE, sections: ticked } });
      return { ...GUIDE, sections: ticked };
    },
  });
  await page.getByRole("checkbox", { name: "Everybody knows whom to ask" }).click();
  await expect(page.getByText("Ticked off")).toBeVisible();
  expect(bodies("PUT /tenants/fub-test/guide/AC.9")).toEqual([{ done: true }]);
  const proven = GUIDE.sections.map((section) => ({
    ...section,
    steps: section.steps.map((step) =>
      step.id === "P.2"
        ? { ...step, state: "proven" as const, at: ago(1), sentence: "It was reached." }
        : step,
    ),
  }));
  stub.answer({ "GET /tenants/:slug/guide": { ...GUIDE, sections: proven } });
  await expect(page.getByText("It was reached.")).toBeVisible({ timeout: 8000 });
});

test("the webhook is registered from its step", async ({ page }) => {
  await open(page, "/setup/fub-test?step=T.2");
  await page.getByRole("button", { name: "Register the webhook now" }).click();
  await expect(page.getByText("The webhook is registered.")).toBeVisible();
  expect(bodies("POST /webhook-slots/reconcile")).toEqual([{ tenant: "fub-test" }]);
});

test("a change of track says first what changes, what is to be done and what stays", async ({ page }) => {
  await open(page, "/setup/fub-test");
  await page.getByRole("button", { name: "Change the track" }).click();
  const dialog = page.getByRole("dialog", { name: "Change to Track B" });
  await expect(dialog.getByRole("region", { name: "What changes" })).toContainText("?domain_name=fub-test");
  await expect(dialog.getByRole("region", { name: "What stays" })).toContainText("their keys");
  await dialog.getByRole("button", { name: "Change to Track B" }).click();
  await expect(dialog).toBeHidden();
  expect(bodies("POST /settings")).toEqual([
    { revision: "r-1", setup: { tenants: [{ domain_name: "fub-test", track: "B" }] } },
  ]);
});

test("a new brokerage's name must keep its rules, and is created with its track", async ({ page }) => {
  await open(page, "/setup?new=1");
  const name = page.getByRole("textbox", { name: "Name of the brokerage" });
  const create = page.getByRole("button", { name: "Create the brokerage" });
  for (const [text, said] of [
    ["", "Enter a name."],
    ["Maple Street!", "Use small letters, digits and hyphens only"],
    ["practice", "This name belongs to the practice brokerage"],
    ["fub-test", "There is a brokerage of this name already"],
  ] as const) {
    await name.fill(text);
    await create.click();
    await expect(page.getByText(said)).toBeVisible();
  }
  await page.getByRole("radio", { name: "Track B: a Follow Up Boss for each agent" }).check();
  await name.fill("Maple");
  stub.answer({
    "GET /settings": {
      ...SETTINGS_A,
      tenants: [{ ...SETTINGS_A.tenants[0], domain_name: "maple", track: "B" }],
    },
    "GET /tenants/:slug/guide": { ...GUIDE, tenant: "maple" },
  });
  await create.click();
  await expect(page.getByRole("heading", { name: "Set up maple" })).toBeVisible();
  expect(bodies("POST /settings")).toEqual([
    {
      revision: "r-1",
      setup: { tenants: [{ domain_name: "maple", track: "B", crm_sync_provider: "followup_boss" }] },
    },
  ]);
});

test("removing a brokerage asks for its name and can be undone", async ({ page }) => {
  stub.answer({
    "DELETE /tenants/:slug": {
      revision: "r-2",
      undo: { token: "t-1", until: new Date(Date.now() + 60_000).toISOString() },
      said: ["2 outreaches that were waiting were canceled."],
    },
    "POST /undo/:token": { revision: "r-3", sentence: "It is back." },
  });
  await open(page, "/setup/fub-test");
  await page.getByRole("button", { name: "Remove this brokerage" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: "Remove fub-test" })).toBeDisabled();
  await dialog.getByRole("textbox").fill("fub-test");
  await dialog.getByRole("button", { name: "Remove fub-test" }).click();
  await expect(page.getByText("2 outreaches that were waiting were canceled.")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Undone.")).toBeVisible();
  expect(stub.changes.map(({ what }) => what)).toEqual(["DELETE /tenants/fub-test", "POST /undo/t-1"]);
});

test("practising is started and stopped here, marked as practice, with the address to open", async ({
  page,
}) => {
  await open(page, "/setup?rehearse=1");
  await page.getByRole("radio", { name: /Set it up myself/ }).check();
  stub.answer({ "POST /sandbox": PRACTICE_ON, "GET /sandbox": PRACTICE_ON });
  await page.getByRole("button", { name: "Start practising" }).click();
  const link = page.getByRole("link", { name: "Open the pretend Follow Up Boss" });
  await expect(link).toHaveAttribute("href", "http://127.0.0.1:8012/");
  await expect(page.getByText("fka_practice")).toBeVisible();
  await page.getByRole("button", { name: "Stop and clear up" }).click();
  stub.answer({
    "POST /sandbox": SETUP_ANSWERS["GET /sandbox"],
    "GET /sandbox": SETUP_ANSWERS["GET /sandbox"],
  });
  await page.getByRole("dialog").getByRole("button", { name: "Stop and clear up" }).click();
  await expect(page.getByText("Not running", { exact: true })).toBeVisible();
  expect(bodies("POST /sandbox")).toEqual([
    { action: "start", track: "A", ready: false },
    { action: "stop" },
  ]);
});

test("a support link reads everything and changes nothing", async ({ page }) => {
  stub.answer({ "GET /session": { read_only: true, until: ago(-600) } });
  await open(page, "/setup/fub-test?step=P.1");
  await expect(page.getByRole("textbox", { name: "System name" })).toHaveAttribute("readonly", "");
  await expect(page.getByRole("checkbox", { name: "Everybody knows whom to ask" })).toBeDisabled();
  await expect(page.getByRole("button", { name: /^(Enter|Replace) System key/ })).toHaveCount(0);
});

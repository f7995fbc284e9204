// Contact rules, the do-not-contact list and the ledger in a browser, against a stand-in of the admin listener.
import { expect, type Page, test } from "@playwright/test";
import { HOURS, HOURS_FILE, RULES_ANSWERS } from "./console-rules-samples.ts";
import { type ConsoleStub, refusal, startConsoleStub } from "./console-stub.ts";

let stub: ConsoleStub;
test.use({ viewport: { width: 1280, height: 900 }, actionTimeout: 10_000 });
test.beforeEach(async () => {
  stub = await startConsoleStub(RULES_ANSWERS);
});
test.afterEach(() => stub.close());

const RULES = "/settings/contact-rules?tenant=fub-test";
const LIST = "/settings/do-not-contact?tenant=fub-test";
const open = (page: Page, route: string) => page.goto(`${stub.url}#${route}`);
const bodies = (what: string) =>
  stub.changes.filter((change) => change.what === what).map(({ body }) => body);
const find = async (page: Page, words: string): Promise<void> => {
  await page.keyboard.press("Control+k");
  await expect(page.getByPlaceholder(/Name, phone/)).toBeFocused();
  await page.keyboard.type(words);
};
const asked = (path: string) => stub.asked.filter((request) => request.startsWith(`GET ${path}?`));

test("rules are changed and saved as one: scope, tags, caps, rest, hours", async ({ page }) => {
  await open(page, RULES);
  await page.getByRole("radio", { name: "Nothing more on that channel" }).check();
  const tags = page.getByLabel("Further tags that block");
  await tags.press("Control+End");
  await tags.pressSequentially("\nLitigator\n");
  await page.getByLabel("Calls: per day").fill("");
  await page.getByLabel("Texts: per week").fill("6");
  await page.getByLabel("Minutes of rest between two outreaches").fill("45");
  await expect(page.getByText("Nobody keeps anybody from being called at night.")).toBeVisible();
  await page.getByRole("radio", { name: "Wherever somebody is really reached" }).check();
  await expect(page.getByText("Nobody keeps anybody from being called at night.")).toHaveCount(0);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved.", { exact: true })).toBeVisible();
  const [body] = bodies("POST /settings") as { setup: { tenants: Record<string, unknown>[] } }[];
  expect(body?.setup.tenants).toEqual([
    {
      domain_name: "fub-test",
      opt_out_scope: "channel",
      blocking_tags: ["Do Not Call", expect.any(String), "Litigator"],
      contact_caps: { calls: {}, texts: { per_week: 6 } },
      cool_down_minutes: 45,
      contact_hours: "real_channels",
    },
  ]);
});

test("the hours are put into a file for editing; a file that cannot be used says why", async ({ page }) => {
  await open(page, RULES);
  const hours = page.getByRole("region", { name: "The hours in force" });
  await expect(hours.getByText("The product's own rules", { exact: true })).toBeVisible();
  await expect(hours.getByRole("row", { name: /^CA/ })).toContainText("Not checked");
  stub.answer({ "GET /contact-hours": HOURS_FILE });
  await hours.getByRole("button", { name: "Put the rules into a file for editing" }).click();
  await expect(hours.getByText("The brokerage's own file")).toBeVisible();
  expect(bodies("POST /contact-hours/file")).toHaveLength(1);
  await expect(hours.getByRole("button", { name: /^Put the rules/ })).toHaveCount(0);
  const problem = "rules[2].hours.sunday: must be like 08:00-21:00, or closed";
  stub.answer({ "GET /contact-hours": { ...HOURS, problem } });
  await page.reload();
  await expect(hours.getByText(problem)).toBeVisible();
  await expect(hours.getByText(/until then the product's own rules hold/)).toBeVisible();
});

test("a number is tried at a moment: what the rules say, where they may be, when it is next allowed", async ({
  page,
}) => {
  await open(page, RULES);
  const tester = page.getByRole("form", { name: "Try a number" });
  await tester.getByLabel("Phone number").fill("(305) 555-0123");
  await tester.getByLabel("Over").selectOption("sms");
  await tester.getByLabel("When").fill("2026-11-20T22:14");
  await tester.getByRole("button", { name: "Ask the rules" }).click();
  await expect(tester.getByText("Must wait")).toBeVisible();
  await expect(tester.getByText(/calls are allowed 8 am-8 pm \(Florida\)/)).toBeVisible();
  await expect(tester.getByRole("row", { name: /America\/Chicago/ })).toContainText(/Fri,? 9:14 pm/);
  const query = new URLSearchParams(asked("/contact-hours/check")[0]?.split("?")[1]);
  expect(Object.fromEntries(query)).toEqual({
    ...{ tenant: "fub-test", number: "(305) 555-0123", channel: "sms" },
    at: "2026-11-21T03:14:00.000Z",
  });
  stub.answer({
    "GET /contact-hours/check": refusal(400, "invalid_request", "Not valid.", [
      { path: "number", message: "is not a complete phone number" },
    ]),
  });
  await tester.getByLabel("Phone number").fill("12");
  await tester.getByRole("button", { name: "Ask the rules" }).click();
  await expect(tester.getByLabel("Phone number")).toHaveAccessibleDescription(
    "It is not a complete phone number.",
  );
  await expect(tester.getByText("Must wait")).toHaveCount(0);
});

test("the list is searched and filtered, and an entry leads to the outreach it came from", async ({
  page,
}) => {
  await open(page, LIST);
  await page.getByText("Do not call (1)").click();
  await expect(page.getByRole("row")).toHaveCount(2);
  await page.getByText("Do not call (1)").click();
  await page.getByText("Ended", { exact: true }).click();
  await page.getByRole("button", { name: "(416) 555-0123: Opted out, Ended. Show" }).click();
  await expect(page.getByText("The contact: START by SMS")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/state=ended/);
  await page.getByText("In force", { exact: true }).click();
  await page.getByRole("searchbox").fill("416");
  await expect(page.getByRole("row")).toHaveCount(2);
  await page.getByRole("button", { name: "(416) 555-0123: Opted out, In force. Show" }).click();
  const side = page.getByRole("dialog", { name: "Entry" });
  await expect(side.getByText("I have found a house.")).toBeVisible();
  await expect(side.getByText("SMS", { exact: true })).toBeVisible();
  await expect(side.getByRole("link", { name: "Show the outreach it came from" })).toHaveAttribute(
    "href",
    "#/outreach/e/e-2",
  );
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/do-not-contact\?.*q=416/);
});

test("a number is put on the list; one that is no number is said at its field", async ({ page }) => {
  const wrong = refusal(400, "invalid_request", "Not valid.", [
    { path: "contact", message: "must be a complete phone number or an e-mail address" },
  ]);
  stub.answer({ "POST /suppressions": wrong });
  await open(page, LIST);
  await page.getByRole("button", { name: "Add one" }).click();
  const dialog = page.getByRole("dialog", { name: "Do not contact" });
  const contact = dialog.getByLabel("Number or e-mail address");
  await contact.fill("555-01");
  await dialog.getByRole("button", { name: "Put on the list" }).click();
  await expect(contact).toHaveAccessibleDescription(/It must be a complete phone number/);
  stub.answer({ "POST /suppressions": { suppression: { ...firstEntry(), id: 8 }, added: false } });
  await contact.fill("416 555 0123");
  await dialog.getByLabel("Holds for").selectOption("sms");
  await dialog.getByLabel("Note").fill("Asked at the open house");
  await contact.press("Enter");
  await expect(page.getByText("It was on the list already.")).toBeVisible();
  await expect(dialog).toBeHidden();
  expect(bodies("POST /suppressions").at(-1)).toEqual({
    ...{ tenant: "fub-test", kind: "do_not_call", contact: "416 555 0123", scope: "sms" },
    note: "Asked at the open house",
  });
});

test("a list is imported from a file, and the lines that were no use are told", async ({ page }) => {
  stub.answer({
    "POST /suppressions/import": {
      ...{ added: 1200, known: 3, more_invalid: 7 },
      invalid: [{ line: 4, text: "not a number" }],
    },
  });
  await open(page, LIST);
  await page.getByRole("button", { name: "Import a list" }).click();
  const dialog = page.getByRole("dialog", { name: "Import a do-not-contact list" });
  await expect(dialog.getByRole("button", { name: "Import it" })).toBeDisabled();
  const csv = "phone\n+14165550123\n";
  await dialog
    .getByLabel("CSV file")
    .setInputFiles({ name: "dnc ✓.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  stub.delayMs = 400;
  await dialog.getByRole("button", { name: "Import it" }).click();
  await expect(dialog.getByText("Reading dnc ✓.csv (1 KB)…")).toBeVisible();
  await expect(dialog.getByText("1,200 added, 3 were on the list already.")).toBeVisible();
  await expect(dialog.getByText("8 lines could not be used:")).toBeVisible();
  await expect(dialog.getByText("Line 4: not a number")).toBeVisible();
  expect(bodies("POST /suppressions/import")).toEqual([csv]);
  expect(stub.asked.find((request) => request.includes("/import"))).toContain(
    "tenant=fub-test&name=dnc+%E2%9C%93.csv",
  );
});

test("an entry is ended in two steps: what follows, then the number typed once more and why", async ({
  page,
}) => {
  const says = (ended: boolean, sentence: string) => ({ ended, sentence, suppression: firstEntry() });
  stub.answer({
    "POST /suppressions/:id/end": ({ body }: { readonly body: unknown }) =>
      (body as { confirm?: string }).confirm === undefined
        ? says(
            false,
            "Texts to (416) 555-0123 are allowed again, and the tag is taken off in Follow Up Boss.",
          )
        : says(true, "Ended. Texts to (416) 555-0123 are allowed again."),
  });
  await open(page, "/settings/do-not-contact/7?tenant=fub-test");
  await page.getByRole("button", { name: "End this entry" }).click();
  const dialog = page.getByRole("dialog", { name: /^End the entry of/ });
  await expect(dialog.getByText(/the tag is taken off in Follow Up Boss/)).toBeVisible();
  const end = dialog.getByRole("button", { name: "End it" });
  const typed = dialog.getByLabel("Type “(416) 555-0123” to confirm");
  await typed.fill("416 555 0124");
  await expect(dialog.getByText("This is not what the entry says.")).toBeVisible();
  await expect(end).toBeDisabled();
  await typed.fill("416.555.0123");
  await expect(end).toBeDisabled();
  await dialog.getByLabel("Why").fill("Asked for texts in writing");
  await end.click();
  await expect(page.getByText("Ended. Texts to (416) 555-0123 are allowed again.")).toBeVisible();
  expect(bodies("POST /suppressions/7/end")).toEqual([
    {},
    { reason: "Asked for texts in writing", confirm: "+14165550123" },
  ]);
});

test("the ledger is filtered, told in words, and downloaded with the same filters", async ({ page }) => {
  await open(page, "/outreach/ledger");
  await page.getByText("Refused", { exact: true }).first().click();
  await page.getByRole("combobox", { name: "Rule" }).selectOption("contact_cap");
  await expect(page.getByRole("row")).toHaveCount(2);
  await page.getByRole("button", { name: "Dates" }).click();
  await page.getByLabel("From").fill("2026-11-01T00:00");
  await page.keyboard.press("Escape");
  const link = page.getByRole("link", { name: "Download CSV" });
  await expect(link).toHaveAttribute(
    "href",
    "/api/ledger.csv?tenant=fub-test&decision=refused&rule=contact_cap&from=2026-11-01T04%3A00%3A00.000Z",
  );
  await page.getByRole("button", { name: /Refused, Contacted often enough for now\. Show$/ }).click();
  const side = page.getByRole("dialog", { name: "Ledger entry" });
  await expect(side.getByText(/^An e-mail to bartholomew.* was refused\. Nothing went out\.$/)).toBeVisible();
  await expect(side.getByText("2 e-mails today; at most 2 a day.")).toBeVisible();
  await expect(side.getByText("When it was asked for")).toBeVisible();
  await expect(side.getByRole("link", { name: "Show the outreach" })).toHaveAttribute(
    "href",
    "#/outreach/e/e-2",
  );
});

test("the palette finds the new screens, and a support link changes nothing on them", async ({ page }) => {
  stub.answer({ "GET /session": { read_only: true, until: null } });
  await open(page, "/");
  await expect(page.getByText("Latest stories")).toBeVisible();
  for (const [typed, name] of [
    ["dnc", "Do-not-contact list"],
    ["quiet hours", "Contact hours"],
    ["caller id", "Caller IDs of agents"],
    ["ledger", "Ledger"],
  ] as const) {
    await find(page, typed);
    await expect(page.getByRole("button", { name, exact: true })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByPlaceholder(/Name, phone/)).toBeHidden();
  }
  await find(page, "dnc");
  await page.getByRole("button", { name: "Do-not-contact list" }).click();
  await page.getByRole("button", { name: "Add one" }).click({ force: true });
  await page.getByRole("button", { name: "Import a list" }).click({ force: true });
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await open(page, RULES);
  await expect(page.getByRole("radio", { name: "Nothing more on any channel" })).toBeDisabled();
  await expect(page.getByLabel("Calls: per day")).not.toBeEditable();
  await page.getByRole("button", { name: /^Put the rules/ }).click({ force: true });
  expect(stub.changes).toEqual([]);
});

const firstEntry = () => ({
  ...{ id: 7, tenant: "fub-test", kind: "opt_out", contact: "+14165550123", person_id: "812", scope: "sms" },
  ...{ source: "free_text", said: null, engagement_id: null, created_by: null },
  ...{ created_at: new Date().toISOString(), ended_at: null, ended_by: null },
});

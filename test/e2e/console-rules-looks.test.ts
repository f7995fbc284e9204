// Contact rules, the do-not-contact list and the ledger in both colour schemes, at every width and at 200 % zoom, full,
// empty and failed.
import { expect, type Page, test } from "@playwright/test";
import { attempt, entry, ledgerOf, RULES_ANSWERS, suppressionsOf } from "./console-rules-samples.ts";
import { type Answers, type ConsoleStub, refusal, startConsoleStub } from "./console-stub.ts";
import { checkLooks, complaintsOf, lookThrough } from "./look-at.ts";

const SCREENS = [
  ["settings-contact-rules", "/settings/contact-rules?tenant=fub-test", "US-FL (Florida)"],
  ["settings-do-not-contact", "/settings/do-not-contact?tenant=fub-test", "Unsubscribe link"],
  ["settings-do-not-contact-one", "/settings/do-not-contact/7?tenant=fub-test", "In their own words"],
  ["ledger", "/outreach/ledger", "Further message"],
  ["ledger-one", "/outreach/ledger/8", "It goes out at 8 am."],
] as const;
const EMPTY: Answers = {
  ...RULES_ANSWERS,
  "GET /suppressions": { suppressions: [], next: null, counts: { opt_out: 0, do_not_call: 0 } },
  "GET /ledger": { rows: [], next: null },
};

let stub: ConsoleStub;
test.use({ viewport: { width: 1280, height: 900 } });
test.afterEach(() => stub.close());

for (const [name, route, words] of SCREENS) {
  test(`${name} looks right in both schemes and at every width`, async ({ page }, testInfo) => {
    stub = await startConsoleStub(RULES_ANSWERS);
    const complaints = complaintsOf(page);
    await page.goto(`${stub.url}#${route}`);
    await expect(page.getByText(words).first()).toBeVisible();
    await lookThrough(page, name, (file) => testInfo.outputPath(file));
    expect(complaints).toEqual([]);
  });
}

const TWO_STEPS = "Texts to (416) 555-0123 are allowed again, and the tag is taken off in Follow Up Boss.";
const ANSWERED: Answers = {
  ...RULES_ANSWERS,
  "POST /suppressions/:id/end": { ended: false, sentence: TWO_STEPS, suppression: entry(7) },
  "POST /suppressions/import": {
    ...{ added: 12_000, known: 31, more_invalid: 40 },
    invalid: Array.from({ length: 20 }, (_, index) => ({ line: index * 7 + 2, text: "no number at all" })),
  },
};
/** Once what moves has come to rest. */
async function look(page: Page, name: string, output: (file: string) => string): Promise<void> {
  await checkLooks(page, name);
  await page.screenshot({ path: output(`${name}.png`) });
}

test("the dialogs of the list: adding one, what came of an import", async ({ page }, testInfo) => {
  stub = await startConsoleStub(ANSWERED);
  await page.goto(`${stub.url}#/settings/do-not-contact?tenant=fub-test`);
  await page.getByRole("button", { name: "Add one" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await look(page, "adding", (file) => testInfo.outputPath(file));
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Import a list" }).click();
  await page
    .getByLabel("CSV file")
    .setInputFiles({ name: "list.csv", mimeType: "text/csv", buffer: Buffer.from("x") });
  await page.getByRole("button", { name: "Import it" }).click();
  await expect(page.getByText("60 lines could not be used:")).toBeVisible();
  await look(page, "imported", (file) => testInfo.outputPath(file));
});

test("ending an entry, and what the rules say of a number on a telephone", async ({ page }, testInfo) => {
  stub = await startConsoleStub(ANSWERED);
  await page.goto(`${stub.url}#/settings/do-not-contact/7?tenant=fub-test`);
  await page.getByRole("button", { name: "End this entry" }).click();
  await expect(page.getByText(TWO_STEPS)).toBeVisible();
  await look(page, "ending", (file) => testInfo.outputPath(file));
  await page.setViewportSize({ width: 360, height: 800 });
  await page.goto(`${stub.url}#/settings/contact-rules?tenant=fub-test`);
  await page.getByLabel("Phone number").fill("305 555 0123");
  await page.getByLabel("Phone number").press("Enter");
  await expect(page.getByText("Must wait")).toBeVisible();
  await look(page, "asked", (file) => testInfo.outputPath(file));
});

test("empty lists say what will be in them", async ({ page }) => {
  stub = await startConsoleStub(EMPTY);
  await page.goto(`${stub.url}#/settings/do-not-contact?tenant=fub-test`);
  await expect(page.getByText("Nobody is on the list")).toBeVisible();
  await checkLooks(page, "empty list");
  await page.goto(`${stub.url}#/outreach/ledger`);
  await expect(page.getByText("Nothing was attempted yet")).toBeVisible();
  await checkLooks(page, "empty ledger");
});

test("what fails is said where it fails, the rest stays", async ({ page }) => {
  const broken = refusal(500, "internal", "Something went wrong in the gateway.");
  stub = await startConsoleStub({ ...RULES_ANSWERS, "GET /contact-hours": broken, "GET /ledger": broken });
  await page.goto(`${stub.url}#/settings/contact-rules?tenant=fub-test`);
  const hours = page.getByRole("region", { name: "The hours in force" });
  await expect(hours.getByText("Something went wrong in the gateway.")).toBeVisible();
  await expect(page.getByRole("radiogroup", { name: "What STOP means" })).toBeVisible();
  stub.answer(RULES_ANSWERS);
  await hours.getByRole("button", { name: "Try again" }).click();
  await expect(hours.getByRole("table")).toBeVisible();
  stub.answer({ "GET /ledger": broken });
  await page.goto(`${stub.url}#/outreach/ledger`);
  await expect(page.getByText("Something went wrong in the gateway.")).toBeVisible();
});

test("ten thousand rows are walked through by the keyboard, and only those in sight are there", async ({
  page,
}) => {
  const many = Array.from({ length: 10_000 }, (_, index) => entry(10_000 - index));
  const attempts = Array.from({ length: 10_000 }, (_, index) => attempt(10_000 - index));
  stub = await startConsoleStub({
    ...RULES_ANSWERS,
    "GET /suppressions": suppressionsOf(many),
    "GET /ledger": ledgerOf(attempts),
  });
  for (const route of ["/settings/do-not-contact?tenant=fub-test", "/outreach/ledger"]) {
    await page.goto(`${stub.url}#${route}`);
    const first = page.getByRole("row").nth(1).getByRole("button");
    await first.focus();
    for (let round = 0; round < 3; round += 1) {
      const before = Number(await page.getByRole("table").getAttribute("aria-rowcount"));
      await page.keyboard.press("End");
      await expect
        .poll(async () => Number(await page.getByRole("table").getAttribute("aria-rowcount")))
        .toBeGreaterThan(before);
    }
    expect(await page.getByRole("row").count()).toBeLessThan(80);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog")).toContainText("(416) 555-0123");
    await page.keyboard.press("Escape");
  }
});

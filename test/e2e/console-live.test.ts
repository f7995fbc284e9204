// Home, Outreach and Journal as support staff use them: live, filtered, deep-linked, long.
import { expect, test } from "@playwright/test";
import { ENTRIES, engagementsOf, entry, FULL, journalOf, ROWS, row } from "./console-samples.ts";
import { type ConsoleStub, startConsoleStub } from "./console-stub.ts";

let stub: ConsoleStub;
test.use({ viewport: { width: 1280, height: 900 } });
test.beforeEach(async () => {
  stub = await startConsoleStub(FULL);
});
test.afterEach(() => stub.close());

/** What is sent before the console listens would be lost. */
const listening = () => expect.poll(() => stub.listening()).toBe(1);

test("Home tells the day by hour and outcome, and what needs a person leads to its remedy", async ({
  page,
}) => {
  await page.goto(stub.url);
  await expect(page.getByRole("img", { name: /by hour and outcome, 115 in all/ })).toBeVisible();
  await expect(page.getByRole("region", { name: "Today" })).toContainText("Kept back by a rule 7");
  await page.getByRole("link", { name: "Show the outreach" }).click();
  await expect(page.getByRole("dialog").getByText("It is not known whether it was placed.")).toBeVisible();
});

test("the pace says what Follow Up Boss lets through, what waits and for how long", async ({ page }) => {
  await page.goto(stub.url);
  const pace = page.getByRole("region", { name: "Pace at Follow Up Boss" });
  await expect(pace.getByText("31 of 250 in 10 s, nothing waits")).toBeVisible();
  await expect(pace.getByText("1,120 wait, about 19 minutes left")).toBeVisible();
  await expect(pace.getByText("Follow Up Boss asked to slow down.")).toHaveCount(1);
});

test("an outreach tells its story to the record, and a failed record is written again from there", async ({
  page,
}) => {
  await page.goto(`${stub.url}#/outreach`);
  await page.getByRole("button", { name: /Left a voicemail\. Show/ }).click();
  const drawer = page.getByRole("dialog");
  await drawer.getByText("The call could not be written in Follow Up Boss").click();
  await expect(drawer.getByText("POST /calls")).toBeVisible();
  await expect(drawer.getByText("<b>Yes</b>, I have a minute.")).toBeVisible();
  await drawer.getByRole("button", { name: "Write to Follow Up Boss now" }).click();
  await expect(page.getByText("Done.")).toBeVisible();
  expect(stub.changes.map(({ what }) => what)).toEqual(["POST /engagements/e-2/sync"]);
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
  await expect(page).toHaveURL(/#\/outreach$/);
});

test("cancelling asks once more; a finished outreach offers nothing to stop", async ({ page }) => {
  await page.goto(`${stub.url}#/outreach/e/e-1`);
  await page.getByRole("button", { name: "Cancel this outreach" }).click();
  expect(stub.changes).toEqual([]);
  await page.getByRole("button", { name: "Yes, cancel it" }).click();
  await expect.poll(() => stub.changes.map(({ what }) => what)).toEqual(["POST /engagements/e-1/cancel"]);
  await page.goto(`${stub.url}#/outreach/e/e-4`);
  await expect(page.getByRole("dialog").getByRole("heading", { name: "Story" })).toBeVisible();
  await expect(page.getByRole("dialog").getByRole("button", { name: /Pause|Cancel/ })).toHaveCount(0);
});

test("a campaign shows its funnel and chart, is paused, and is only cancelled by its name", async ({
  page,
}) => {
  await page.goto(`${stub.url}#/outreach?kind=campaigns`);
  await page.getByRole("button", { name: /Spring open houses/ }).click();
  const drawer = page.getByRole("dialog", { name: "Campaign" });
  await expect(drawer.getByRole("region", { name: "From the list to the outcome" })).toContainText(
    "812 100%",
  );
  await expect(drawer.getByRole("img", { name: /results over time/ })).toBeVisible();
  await drawer.getByRole("button", { name: "Pause" }).click();
  await expect.poll(() => stub.changes.length).toBe(1);
  await drawer.getByRole("button", { name: "Cancel" }).click();
  const sure = page.getByRole("dialog", { name: "Cancel this campaign?" });
  await expect(sure.getByRole("button", { name: "Cancel the campaign" })).toBeDisabled();
  await sure.getByRole("textbox").fill("Spring open houses");
  await sure.getByRole("button", { name: "Cancel the campaign" }).click();
  await expect
    .poll(() => stub.changes.map(({ what }) => what))
    .toEqual(["POST /campaigns/c-1/pause", "POST /campaigns/c-1/cancel"]);
});

test("an outreach that changes is told again in its place, without a reload", async ({ page }) => {
  await page.goto(`${stub.url}#/outreach`);
  await listening();
  const first = page.getByRole("row").nth(1);
  await expect(first).toContainText("Text conversation in progress");
  const changed = ROWS.map((one) =>
    one.engagement_id === "e-1" ? { ...one, status: "completed" as const, outcome: "delivered" } : one,
  );
  stub.answer({ "GET /engagements": engagementsOf(changed) });
  stub.send({ event: "engagement", data: { engagement_id: "e-1" } });
  await expect(first).toContainText("Delivered");
});

test("ten thousand outreaches scroll to the last, and only those in sight exist", async ({ page }) => {
  const many = Array.from({ length: 10_000 }, (_, index) => {
    const id = `e-${String(99_999 - index)}`;
    return { ...row("e-1", { contact: `+1416${5_550_000 + index}` }), engagement_id: id };
  });
  stub.answer({ "GET /engagements": engagementsOf(many), "GET /campaigns": { campaigns: [], next: null } });
  await page.goto(`${stub.url}#/outreach`);
  const table = page.getByRole("table", { name: "Outreach and campaigns, newest first" });
  await expect(table.getByRole("row").nth(1)).toBeVisible();
  await table.getByRole("button").first().focus();
  await expect(async () => {
    await page.keyboard.press("End");
    await expect(table.getByText("(416) 555-9999")).toBeVisible({ timeout: 300 });
  }).toPass({ timeout: 40_000, intervals: [50] });
  expect(await table.getByRole("row").count()).toBeLessThan(80);
});

test("new journal entries wait behind a count while somebody reads further down", async ({ page }) => {
  await page.goto(`${stub.url}#/journal`);
  await listening();
  const table = page.getByRole("table", { name: "Journal, newest first" });
  await expect(table.getByRole("row").nth(1)).toContainText("(60)");
  stub.send({ event: "journal", data: [entry(61)] });
  await expect(table.getByRole("row").nth(1)).toContainText("(61)");
  const scroller = table.locator("..");
  await scroller.evaluate((node) => {
    node.scrollTop = 400;
  });
  // The rows of the new place are drawn in their own time.
  let shown: string[] = [];
  await expect(async () => {
    const before = await table.getByRole("row").allInnerTexts();
    await page.waitForTimeout(100);
    shown = await table.getByRole("row").allInnerTexts();
    expect(shown).toEqual(before);
  }).toPass();
  stub.send({ event: "journal", data: Array.from({ length: 37 }, (_, index) => entry(62 + index)) });
  await page.getByRole("button", { name: "37 new" }).waitFor();
  expect(await table.getByRole("row").allInnerTexts()).toEqual(shown);
  await page.getByRole("button", { name: "37 new" }).click();
  await expect(table.getByRole("row").nth(1)).toContainText("(98)");
});

test("a paused journal stands still at the top as well", async ({ page }) => {
  await page.goto(`${stub.url}#/journal`);
  await listening();
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  stub.send({ event: "journal", data: [entry(61)] });
  await expect(page.getByRole("button", { name: "1 new" })).toBeVisible();
  await expect(page.getByRole("row").nth(1)).toContainText("(60)");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByRole("row").nth(1)).toContainText("(61)");
});

test("filters narrow the journal, also for what arrives live, and stay in the link", async ({ page }) => {
  await page.goto(`${stub.url}#/journal`);
  await listening();
  await page.getByText("Errors", { exact: true }).click();
  await expect(page.getByRole("row")).toHaveCount(2);
  stub.send({ event: "journal", data: [entry(70), entry(71, { severity: "error", message: "It broke." })] });
  await expect(page.getByRole("row")).toHaveCount(3);
  await expect(page.getByRole("row").nth(1)).toContainText("It broke.");
  await page.getByRole("searchbox", { name: "Search the journal" }).fill("accept");
  await expect(page).toHaveURL(/severity=error&q=accept$/);
  await page.reload();
  await expect(page.getByRole("row")).toHaveCount(2);
});

test("a link opens one entry, also one long gone from the screen, and leads to the person's story", async ({
  page,
}) => {
  stub.answer({ "GET /journal": journalOf([...ENTRIES, entry(-900, { message: "Long ago." })]) });
  await page.goto(`${stub.url}#/journal/59`);
  const drawer = page.getByRole("dialog", { name: "Entry" });
  await expect(drawer.getByText("POST /v1/calls").first()).toBeVisible();
  await drawer.getByRole("link", { name: "Show this person's story" }).click();
  await expect(page.getByRole("dialog", { name: "Person" })).toContainText("Nivia Jones");
  await page.goto(`${stub.url}#/journal/12345`);
  await expect(page.getByText("This entry is no longer in the journal.")).toBeVisible();
});

// The console alone in a browser, against a stand-in of the admin listener: what an admin sees and does, in both schemes.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { EMPTY, ENTRIES, entry, LANES, ROWS, STATUS } from "./console-samples.ts";
import { type ConsoleStub, startConsoleStub } from "./console-stub.ts";

const FULL = { status: STATUS, engagements: ROWS, journal: ENTRIES, lanes: LANES };
let stub: ConsoleStub;
test.use({ viewport: { width: 1280, height: 900 } });
test.beforeEach(async () => {
  stub = await startConsoleStub(FULL);
});
test.afterEach(() => stub.close());

/** What is sent before the console listens would be lost. */
const listening = () => expect.poll(() => stub.listening()).toBe(1);

test("the lamps say in words what works, and turn unknown when the gateway is gone", async ({ page }) => {
  await page.goto(stub.url);
  const lamps = page.getByRole("region", { name: "Is everything working?" });
  await expect(lamps.getByRole("listitem")).toHaveText([
    /^Public address.*Working/,
    /^Follow Up Boss.*Not working.*Ask Ann for a new key/,
    /^Channels.*Look here/,
    /^Outreach.*Not seen yet/,
  ]);
  await stub.close();
  await expect(page.getByText("The gateway does not answer. It may have been stopped.")).toBeVisible();
  await expect(lamps.getByText("Not known", { exact: true })).toHaveCount(4);
  stub = await startConsoleStub(FULL);
});

test("the pace says what Follow Up Boss lets through, what waits and for how long, and keeps to date", async ({
  page,
}) => {
  await page.goto(stub.url);
  const pace = page.getByRole("region", { name: "Follow Up Boss pace" });
  await expect(pace.getByRole("heading", { level: 3 })).toHaveText([
    "Account 7001",
    "An account not known yet",
  ]);
  await expect(pace.getByText("31 of 250 requests used in the last 10 seconds.")).toBeVisible();
  await expect(pace.getByText("1,120 wait, about 19 minutes left.")).toBeVisible();
  await expect(pace.getByText("2 requests in the last 10 seconds, no limit.")).toBeVisible();
  await expect(pace.getByText("Follow Up Boss asked to slow down.")).toHaveCount(1);
  stub.lanes = LANES.slice(0, 1);
  await expect(pace.getByRole("heading", { level: 3 })).toHaveCount(1, { timeout: 10_000 });
  await expect(pace.getByText("Nothing waits.")).toBeVisible();
});

test("what needs a person leads to the outreach and to its remedy", async ({ page }) => {
  await page.goto(stub.url);
  await page.getByRole("button", { name: /^Show the outreach: One call/ }).click();
  const drawer = page.getByRole("dialog");
  await expect(drawer.getByText("Could not be written to Follow Up Boss")).toBeVisible();
  await expect(drawer.getByText("<b>Yes</b>, I have a minute.")).toBeVisible();
  await drawer.getByRole("button", { name: "Write to Follow Up Boss now" }).click();
  await expect(drawer.getByText("Done.")).toBeVisible();
  expect(stub.posts).toEqual(["/api/engagements/e-2/sync"]);
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
});

test("cancelling asks once more; a finished outreach offers nothing to stop", async ({ page }) => {
  await page.goto(stub.url);
  await page.getByRole("button", { name: /Text conversation in progress/ }).click();
  await page.getByRole("button", { name: "Cancel this outreach" }).click();
  expect(stub.posts).toEqual([]);
  await page.getByRole("button", { name: "Yes, cancel it" }).click();
  await expect(page.getByText("Done.")).toBeVisible();
  expect(stub.posts).toEqual(["/api/engagements/e-1/cancel"]);
  await page.getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: /Delivered/ }).click();
  await expect(page.getByRole("dialog").getByText("Story")).toBeVisible();
  await expect(page.getByRole("dialog").getByRole("button", { name: /Pause|Cancel/ })).toHaveCount(0);
});

test("new journal entries wait behind a count while somebody reads further down", async ({ page }) => {
  await page.goto(stub.url);
  await listening();
  const journal = page.getByRole("region", { name: "Journal, newest first" });
  await expect(journal.getByText("(40)")).toBeVisible();
  stub.send({ event: "journal", data: [entry(41)] });
  await expect(journal.getByRole("listitem").first()).toContainText("(41)");
  await journal.evaluate((node) => {
    node.scrollTop = 300;
  });
  stub.send({ event: "journal", data: Array.from({ length: 37 }, (_, index) => entry(42 + index)) });
  await expect(page.getByRole("button", { name: "37 new" })).toBeVisible();
  expect(await journal.evaluate((node) => node.scrollTop)).toBe(300);
  await page.getByRole("button", { name: "37 new" }).click();
  await expect(journal.getByRole("listitem").first()).toContainText("(78)");
  expect(await journal.evaluate((node) => node.scrollTop)).toBe(0);
});

test("filters narrow the journal, also for what arrives live", async ({ page }) => {
  await page.goto(stub.url);
  await listening();
  const journal = page.getByRole("region", { name: "Journal, newest first" });
  await page.getByLabel("Severity").selectOption("error");
  await expect(journal.getByRole("listitem")).toHaveCount(1);
  stub.send({ event: "journal", data: [entry(50), entry(51, { severity: "error", message: "It broke." })] });
  await expect(journal.getByRole("listitem")).toHaveCount(2);
  await expect(journal.getByRole("listitem").first()).toContainText("It broke.");
});

test("an outreach that changes is told again in its place", async ({ page }) => {
  await page.goto(stub.url);
  await listening();
  const list = page.getByRole("region", { name: "Outreach, newest first" });
  await expect(list.getByRole("listitem").first()).toContainText("Text conversation in progress");
  stub.engagements = ROWS.map((row) =>
    row.engagement_id === "e-1" ? { ...row, status: "completed", outcome: "delivered" } : row,
  );
  stub.send({ event: "engagement", data: { engagement_id: "e-1" } });
  await expect(list.getByRole("listitem").first()).toContainText("Delivered");
  await expect(list.getByRole("listitem")).toHaveCount(ROWS.length);
});

test("a browser without the cookie is told how to get in", async ({ page }) => {
  stub.refuse = 401;
  await page.goto(stub.url);
  await expect(page.getByRole("heading", { name: "This console is locked" })).toBeVisible();
  await expect(page.getByText("Open the console from the address printed by the gateway")).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });
    for (const [name, data] of [
      ["full", FULL],
      ["empty", { status: EMPTY, engagements: [], journal: [], lanes: [] }],
    ] as const) {
      test(`${name}: nothing for axe to find, no complaint of the browser, nothing cut off`, async ({
        page,
      }, testInfo) => {
        const complaints: string[] = [];
        page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
        Object.assign(stub, data);
        await page.goto(stub.url);
        await expect(page.getByText(name === "full" ? "(40)" : "The journal is empty.")).toBeVisible();
        for (const width of [1280, 640, 350]) {
          await page.setViewportSize({ width, height: 900 });
          expect((await new AxeBuilder({ page }).analyze()).violations, `at ${width} px`).toEqual([]);
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
          const tail = await page.evaluate(
            () =>
              document.documentElement.scrollHeight - document.body.getBoundingClientRect().bottom - scrollY,
          );
          expect(tail, "empty space below the page").toBeLessThan(400);
          await page.screenshot({ path: testInfo.outputPath(`${name}-${width}.png`), fullPage: true });
        }
        if (name === "full") {
          await page.getByRole("button", { name: /Left a voicemail/ }).click();
          await expect(page.getByRole("dialog").getByText("Story")).toBeVisible();
          expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
        }
        expect(complaints).toEqual([]);
      });
    }
  });
}

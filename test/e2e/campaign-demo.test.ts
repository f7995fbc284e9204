// A campaign as a new user meets it: the demo, the Smart Lists of the practice Follow Up Boss, the app beside them, a list
// that is reviewed, started, reloaded, done, and the call on a person's timeline.
import { readFile } from "node:fs/promises";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { type Demo, startDemo } from "./start-demo.ts";

const LIST = "Spring open house invitations";
let demo: Demo;
test.describe.configure({ mode: "serial", timeout: 120_000 });
test.use({ viewport: { width: 1200, height: 900 }, acceptDownloads: true });
test.beforeAll(async () => {
  demo = await startDemo();
});
test.afterAll(() => demo.close());

const app = (page: Page) => page.frameLocator("iframe").first();
const open = (page: Page, as: number, account = "fub-test") =>
  page.goto(`${demo.crm}/crm/${account}/campaign?as=${as}`);
const press = (page: Page, name: string | RegExp) => app(page).getByRole("button", { name }).first().click();
const heading = (page: Page, name: string | RegExp) => app(page).getByRole("heading", { name });

/** With UPDATE_SCREENSHOTS=1 the README's pictures are taken anew; else they are left beside the results. */
const screenshot = (name: string) =>
  `${process.env.UPDATE_SCREENSHOTS ? "test/e2e/screenshots" : "test-results"}/${name}.png`;

async function expectAccessible(page: Page): Promise<void> {
  const found = await new AxeBuilder({ page }).include("iframe").analyze();
  expect(found.violations.map((violation) => violation.id)).toEqual([]);
}

test("an agent reviews a Smart List and sees who will be reached and who will not", async ({ page }) => {
  await open(page, 2);
  await expect(app(page).getByText("as Ann One, matched by phone")).toBeVisible();
  await expect(app(page).getByRole("button", { name: /Spring open house.*60 people/ })).toBeVisible();
  await expectAccessible(page);
  await press(page, LIST);
  await app(page).getByRole("radio", { name: "SMS" }).check({ force: true });
  await app(page).getByLabel("Instruction").fill("Invite them to the open house on Saturday.");
  await press(page, "Review the list");
  await expect(app(page).getByText("60 people on this list. Nobody has been contacted yet.")).toBeVisible();
  await expect(app(page).getByRole("button", { name: "Text 49 people from (416) 555-0111" })).toBeVisible();
  await expect(app(page).getByText("Invite them to the open house on Saturday.")).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: screenshot("campaign-demo") });
  await press(page, /A landline, which cannot receive messages/);
  await expect(heading(page, "A landline, which cannot receive messages")).toBeVisible();
  await expect(app(page).getByText("3 of 3 shown")).toBeVisible();
  await press(page, "Back");
  const [file] = await Promise.all([page.waitForEvent("download"), press(page, "Download the list")]);
  expect(file.suggestedFilename()).toBe("Spring-open-house-invitations.csv");
  const rows = (await readFile(await file.path(), "utf8")).trim().split(/\r?\n/);
  expect(rows).toHaveLength(61);
  expect(rows.filter((row) => row.includes(",skipped,"))).toHaveLength(11);
  expect(rows.join()).toContain("This number is a landline and cannot receive messages.");
});

test("started, paused, reloaded and resumed, it is still the same campaign", async ({ page }) => {
  await open(page, 2);
  await press(page, "One of each outcome");
  await press(page, "Review the list");
  await press(page, "Call 7 people from (416) 555-0111");
  await expect(heading(page, "Calling people")).toBeVisible();
  await press(page, "Pause");
  await expect(heading(page, "Paused")).toBeVisible();
  await page.reload();
  await expect(heading(page, "Under way")).toBeVisible();
  await press(page, /^One of each outcome.*Paused/);
  await press(page, "Resume");
  await expect(heading(page, "Calling people")).toBeVisible();
  await expect(heading(page, "Done")).toBeVisible({ timeout: 60_000 });
  const results = app(page).getByRole("region", { name: "Results, newest first" });
  await expect(results.getByRole("listitem")).toHaveCount(7);
  await expect(app(page).getByRole("table", { name: "Results" })).toContainText("The line was busy");
  await expect(app(page).getByText("7 of 7 done").first()).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page);
});

test("the call stands on the person's timeline, and the list shows what became of its people", async ({
  page,
}) => {
  await open(page, 2);
  await page.getByRole("link", { name: "One of each outcome" }).click();
  const people = page.locator("#people");
  await expect(people.getByText("Call: Interested").first()).toBeVisible();
  await people.getByRole("row", { name: /Nivia/ }).getByRole("link").click();
  const timeline = page.locator("#timeline");
  await expect(timeline.getByText("by Ann One")).toBeVisible();
  await expect(timeline.getByText("+14165550111 → +16475550131")).toBeVisible();
});

test("her colleague does not see her campaigns, nor do agents with accounts of their own each other's", async ({
  page,
}) => {
  await open(page, 3);
  await expect(app(page).getByText("as Ben Two, matched by phone")).toBeVisible();
  await expect(app(page).getByRole("button", { name: /Ben's past clients/ })).toBeVisible();
  await expect(app(page).getByText("Ann's sellers")).toHaveCount(0);
  await expect(app(page).getByText("Earlier campaigns")).toBeHidden();
  await open(page, 1, "solo-cara");
  await press(page, /My sphere/);
  await press(page, "Review the list");
  await press(page, "Call 3 people from (416) 555-0133");
  await expect(heading(page, "Calling people")).toBeVisible();
  await open(page, 1, "solo-dev");
  await expect(app(page).getByText("as Dev Patel, matched by phone")).toBeVisible();
  await expect(app(page).getByRole("button", { name: /My sphere/ })).toHaveCount(1);
  await expect(heading(page, "Under way")).toBeHidden();
  await open(page, 1, "solo-cara");
  await expect(heading(page, "Under way")).toBeVisible();
  await expect(app(page).getByRole("button", { name: /^My sphere.*of 3 done/ })).toBeVisible();
});

test("a list nobody is on says so and offers nothing to start", async ({ page }) => {
  await open(page, 2);
  await press(page, "Nobody yet");
  await press(page, "Review the list");
  await expect(app(page).getByText("Nobody is on this list right now")).toBeVisible();
  await expect(app(page).getByRole("button", { name: /^Call/ })).toHaveCount(0);
  await expectAccessible(page);
});

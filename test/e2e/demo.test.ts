// The product as a new user meets it: the demo, a person in the practice Follow Up Boss, the app in its iframe, a call,
// the record on the timeline, and the same story in the console.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { findFaults } from "./find-faults.ts";
import { type Demo, startDemo } from "./start-demo.ts";

let demo: Demo;
test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  demo = await startDemo();
});
test.afterAll(() => demo.close());

const app = (page: Page) => page.frameLocator("iframe").first();
const personPage = (id: number, as: number, account = "fub-test") =>
  `${demo.crm}/crm/${account}/people/${id}?as=${as}`;

/** With UPDATE_SCREENSHOTS=1 the README's pictures are taken anew; else they are left beside the results. */
const screenshot = (name: string) =>
  `${process.env.UPDATE_SCREENSHOTS ? "test/e2e/screenshots" : "test-results"}/${name}.png`;

test("an agent calls a person from inside Follow Up Boss and the call stands on the timeline", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1200, height: 860 });
  await page.goto(personPage(107, 2));
  await expect(app(page).getByText("as Ann One, matched by phone")).toBeVisible();
  await app(page).getByRole("radio", { name: "Conversational" }).check({ force: true });
  await app(page)
    .getByLabel(/Instruction/)
    .fill("Ask whether the garden matters.");
  await app(page).getByRole("button", { name: "Call Nivia from (416) 555-0111" }).click();
  await expect(app(page).getByText("Hello Nivia").first()).toBeVisible({ timeout: 20_000 });
  await expect(app(page).getByRole("heading", { name: "Answered" })).toBeVisible({ timeout: 30_000 });
  const timeline = page.locator("#timeline");
  await expect(timeline.getByText("by Ann One")).toBeVisible({ timeout: 20_000 });
  await expect(timeline.getByText(/Interested/)).toBeVisible();
  await expect(timeline.getByText("+14165550111 → +16475550131")).toBeVisible();
  await page.screenshot({ path: screenshot("demo") });
});

test("her colleague sees the outreach on the same person and sends a text under his own name", async ({
  page,
}) => {
  await page.goto(personPage(107, 3));
  await expect(app(page).getByText("as Ben Two, matched by phone")).toBeVisible();
  await expect(app(page).getByText(/Ann One/)).toBeVisible();
  await app(page).getByRole("radio", { name: "SMS" }).check({ force: true });
  await app(page)
    .getByRole("button", { name: /^Text Nivia/ })
    .click();
  const timeline = page.locator("#timeline");
  await expect(timeline.getByText(/SMS \(outbound/).first()).toBeVisible({ timeout: 40_000 });
  await expect(timeline.getByText(/by Ben Two/).first()).toBeVisible();
});

test("in Track B two agents' people with the same number are strangers to each other", async ({ page }) => {
  await page.goto(personPage(1, 1, "solo-cara"));
  await expect(app(page).getByText("as Cara Chen, matched by phone")).toBeVisible();
  await app(page).getByRole("radio", { name: "Email" }).check({ force: true });
  await app(page)
    .getByRole("button", { name: /^E-mail/ })
    .click();
  await expect(page.locator("#timeline").getByText("Email (outbound)").first()).toBeVisible({
    timeout: 30_000,
  });
  await page.goto(personPage(1, 1, "solo-dev"));
  await expect(app(page).getByText("as Dev Patel, matched by phone")).toBeVisible();
  await expect(app(page).getByText("None yet.")).toBeVisible();
});

test("the console tells the story and is free of accessibility faults in both schemes", async ({ page }) => {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto(demo.admin);
    expect(page.url()).not.toContain("token");
    await expect(page.getByRole("heading", { level: 1, name: "Home" })).toBeVisible();
    await page.getByRole("link", { name: "Journal" }).click();
    await expect(page.getByText(/opened the app \(matched by phone\)/).first()).toBeVisible();
    expect((await findFaults(page)).map((violation) => violation.id)).toEqual([]);
    await page.context().clearCookies();
  }
});

test("the app in its iframe is free of accessibility faults in both schemes", async ({ page }) => {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto(personPage(108, 2));
    await expect(app(page).getByText("matched by phone")).toBeVisible();
    const found = await new AxeBuilder({ page }).include("iframe").analyze();
    expect(found.violations.map((violation) => violation.id)).toEqual([]);
    await page.locator("iframe").screenshot({ path: screenshot(`embed-${colorScheme}`) });
  }
});

// Looking around: from the first page of an empty gateway to a practice call that is proven, and everything cleared up again.
import { expect, test } from "@playwright/test";
import { type Journey, startJourney } from "./start-journey.ts";

test.setTimeout(120_000);
test.use({ viewport: { width: 1360, height: 900 }, actionTimeout: 15_000 });

let journey: Journey;
test.beforeEach(async () => {
  journey = await startJourney();
});
test.afterEach(() => journey.close());

test("a pretend Follow Up Boss is started, called from and stopped", async ({ page, context }) => {
  await page.goto(journey.admin);
  await page.getByRole("link", { name: /Look around with a pretend Follow Up Boss/ }).click();
  await page.getByRole("button", { name: "Start practising" }).click();
  const pages = page.getByRole("region", { name: "Where to go in it" });
  const address = await pages.getByRole("link").first().getAttribute("href");
  await page.getByRole("link", { name: "Open the guide of the practice brokerage" }).click();
  await expect(page.getByText(/Practice: This is the practice brokerage/)).toBeVisible();

  const crm = await context.newPage();
  await crm.goto(address ?? "");
  const app = crm.frameLocator("iframe").first();
  await expect(app.getByText(/as Ann One, matched by/)).toBeVisible();
  await app.getByRole("button", { name: /^Call .+ from/ }).click();
  await expect(crm.locator("#timeline").getByText("by Ann One")).toBeVisible({ timeout: 60_000 });
  await page.bringToFront();
  const table = page.getByRole("table").filter({ hasText: "A test call shows their number" });
  const row = table.getByRole("row").filter({ hasText: "The activity stands on the person" });
  await expect(row.getByText("Proven", { exact: true }).first()).toBeVisible({ timeout: 30_000 });

  await page.getByRole("link", { name: "Practise", exact: true }).click();
  await page.getByRole("button", { name: "Stop and clear up" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Stop and clear up" }).click();
  await expect(page.getByText("Not running", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Home", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Welcome" })).toBeVisible();
});

// Looking around first: one step from the first page of an empty gateway to a practice call that is proven, and back with
// nothing left. By mouse, and by keyboard alone.
import { expect, test } from "@playwright/test";
import { HANDS, handsOf } from "./hands.ts";
import { checkLooks, complaintsOf } from "./look-at.ts";
import { type Journey, startJourney } from "./start-journey.ts";

test.setTimeout(120_000);
test.use({ viewport: { width: 1360, height: 900 }, actionTimeout: 15_000 });

let journey: Journey;
test.beforeEach(async () => {
  journey = await startJourney();
});
test.afterEach(() => journey.close());

const pictureAt = (name: string) =>
  `${process.env.UPDATE_SCREENSHOTS ? "test/e2e/screenshots" : "test-results"}/${name}.png`;

for (const kind of HANDS)
  test(`by ${kind}: a practice Follow Up Boss is started, called from and gone again`, async ({
    page,
    context,
  }) => {
    const hands = handsOf(kind, page);
    const complaints = complaintsOf(page);
    await page.goto(journey.admin);
    await expect(page.getByRole("heading", { name: "Welcome" })).toBeVisible();
    if (kind === "mouse") await checkLooks(page, "the first page");
    await hands.press(page.getByRole("button", { name: "Start practising now" }));
    await expect(
      page.getByRole("status").filter({ hasText: "Starting a practice Follow Up Boss" }),
    ).toBeVisible();
    await expect(page.getByRole("status").filter({ hasText: "Running" })).toBeVisible({ timeout: 30_000 });
    // What reads the screen out stands in the new room.
    await expect(page.getByRole("main", { name: "Setup" })).toBeFocused();
    const banner = page.getByText("nobody is really called. Go on or stop practising");
    await expect(banner).toBeVisible();
    if (kind === "mouse") {
      await checkLooks(page, "practising");
      await page.screenshot({ path: pictureAt("console-practising") });
    }
    const pages = page.getByRole("region", { name: "Where to go in it" });
    const address = await pages.getByRole("link").first().getAttribute("href");
    await hands.press(page.getByRole("link", { name: "Open the guide of the practice brokerage" }));
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

    await hands.press(page.getByRole("link", { name: "Go on or stop practising" }));
    await hands.press(page.getByRole("button", { name: "Stop and clear up" }));
    await hands.press(page.getByRole("dialog").getByRole("button", { name: "Stop and clear up" }));
    await expect(page.getByRole("heading", { name: "Welcome" })).toBeVisible({ timeout: 30_000 });
    await expect(banner).toBeHidden();
    // Nothing of it is anywhere.
    await page.goto(`${new URL(journey.admin).origin}/#/outreach`);
    await expect(page.getByText("Ann One")).toHaveCount(0);
    await page.reload();
    await expect(page.getByRole("main")).toBeVisible();
    await expect(page.getByText("Ann One")).toHaveCount(0);
    expect(complaints).toEqual([]);
  });

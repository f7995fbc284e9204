// Each screen of the console in both colour schemes: nothing for axe to find, no complaint of the browser, nothing cut
// off at any width or at 200 % zoom, and a picture of each in screenshots/.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { EMPTY, FULL } from "./console-samples.ts";
import { type ConsoleStub, startConsoleStub } from "./console-stub.ts";

const SCREENS = [
  ["home", "/", "Latest stories"],
  ["outreach", "/outreach", "Spring open houses"],
  ["outreach-story", "/outreach/e/e-2", "Left a voicemail, 41 s"],
  ["person", "/outreach/p/fub-test/812", "Outreach to this person"],
  ["campaign", "/outreach/c/c-1", "Results over time"],
  ["journal", "/journal", "PORT was set to 8010."],
  ["journal-entry", "/journal/59", "What is behind it"],
] as const;
const EMPTY_SCREENS = [
  ["home", "/", "Nothing waits for a person"],
  ["outreach", "/outreach", "No outreach yet"],
  ["journal", "/journal", "The journal is empty"],
] as const;

let stub: ConsoleStub;
test.afterEach(() => stub.close());

/** What the browser complained about: a refused style, a failed request, an error of the script. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  return complaints;
}

async function check(page: Page, where: string): Promise<void> {
  expect((await new AxeBuilder({ page }).analyze()).violations, where).toEqual([]);
  const width = page.viewportSize()?.width ?? 0;
  expect(await page.evaluate(() => document.documentElement.scrollWidth), where).toBeLessThanOrEqual(width);
  const cut = await page.evaluate(() => {
    const main = document.querySelector("main");
    return main === null ? 0 : main.scrollWidth - main.clientWidth;
  });
  expect(cut, `${where}: the room scrolls sideways`).toBeLessThanOrEqual(0);
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme, viewport: { width: 1280, height: 900 } });
    for (const [name, route, words] of SCREENS) {
      test(`${name} looks right at every width`, async ({ page }) => {
        stub = await startConsoleStub(FULL);
        const complaints = complaintsOf(page);
        await page.goto(`${stub.url}#${route}`);
        await expect(page.getByText(words).first()).toBeVisible();
        // Transitions would let axe measure half-faded colours.
        await page.waitForTimeout(400);
        await page.screenshot({ path: `test/e2e/screenshots/console-${name}-${colorScheme}.png` });
        await check(page, "1280 px");
        // 640 is 200 % zoom of 1280.
        for (const width of [640, 360]) {
          await page.setViewportSize({ width, height: 800 });
          await page.waitForTimeout(150);
          await check(page, `${width} px`);
          if (colorScheme === "light") {
            await page.screenshot({ path: `test/e2e/screenshots/console-${name}-${width}.png` });
          }
        }
        expect(complaints).toEqual([]);
      });
    }
    for (const [name, route, words] of EMPTY_SCREENS) {
      test(`${name} says what will be there while it is empty`, async ({ page }) => {
        stub = await startConsoleStub(EMPTY);
        const complaints = complaintsOf(page);
        await page.goto(`${stub.url}#${route}`);
        await expect(page.getByText(words)).toBeVisible();
        await page.waitForTimeout(300);
        await check(page, "empty");
        await page.screenshot({ path: `test/e2e/screenshots/console-empty-${name}-${colorScheme}.png` });
        expect(complaints).toEqual([]);
      });
    }
    test("the palette, a lamp and the page of a locked console", async ({ page }) => {
      stub = await startConsoleStub(FULL);
      await page.goto(stub.url);
      await expect(page.getByText("Latest stories")).toBeVisible();
      await page.keyboard.press("Control+k");
      await expect(page.getByPlaceholder(/Name, phone/)).toBeFocused();
      await page.keyboard.type("nivia");
      await expect(page.getByText("(416) 555-0123 · fub-test")).toBeVisible();
      await page.waitForTimeout(300);
      await check(page, "palette");
      await page.screenshot({ path: `test/e2e/screenshots/console-palette-${colorScheme}.png` });
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: /^Outreach/ }).click();
      await page.waitForTimeout(300);
      await check(page, "lamp");
      await page.screenshot({ path: `test/e2e/screenshots/console-lamp-${colorScheme}.png` });
      stub.refuse = 401;
      await page.reload();
      await expect(page.getByRole("heading", { name: "This console is locked" })).toBeVisible();
      await check(page, "locked");
    });
  });
}

test("while the gateway takes its time, the rooms say that they are loading", async ({ page }) => {
  stub = await startConsoleStub(FULL);
  stub.delayMs = 1500;
  await page.goto(`${stub.url}#/journal`);
  await expect(page.getByRole("status").filter({ hasText: "Loading…" }).first()).toBeAttached();
  await expect(page.getByText("Looking…").first()).toBeVisible();
  await expect(page.getByText("PORT was set to 8010.")).toBeVisible();
});

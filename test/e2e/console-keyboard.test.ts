// The console by the keyboard alone, from the first Tab: what support staff without a mouse do.
import { expect, type Page, test } from "@playwright/test";
import { FULL } from "./console-samples.ts";
import { type ConsoleStub, startConsoleStub } from "./console-stub.ts";

let stub: ConsoleStub;
test.use({ viewport: { width: 1280, height: 900 } });
test.beforeEach(async () => {
  stub = await startConsoleStub(FULL);
});
test.afterEach(() => stub.close());

/** Tabs on until what has the focus is called like this. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press("Tab");
    const words = await page.evaluate(() => {
      const at = document.activeElement;
      return at === null ? "" : (at.getAttribute("aria-label") ?? at.textContent ?? "");
    });
    if (name.test(words)) return;
  }
  throw new Error(`the Tab key does not lead to ${name}`);
}

test("the first Tab offers to skip the rail", async ({ page }) => {
  await page.goto(stub.url);
  await expect(page.getByText("Latest stories")).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Skip to the room" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});

test("a failed record is found in Outreach, read, and written again", async ({ page }) => {
  await page.goto(stub.url);
  await expect(page.getByText("Latest stories")).toBeVisible();
  await tabTo(page, /^Outreach$/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Outreach" })).toBeVisible();
  await expect(page.getByText("Left a voicemail")).toBeVisible();
  await tabTo(page, /Text conversation in progress\. Show/);
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("button", { name: /Left a voicemail\. Show/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Outreach" })).toBeVisible();
  await tabTo(page, /^Write to Follow Up Boss now$/);
  await page.keyboard.press("Enter");
  await expect.poll(() => stub.changes.map(({ what }) => what)).toEqual(["POST /engagements/e-2/sync"]);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog", { name: "Outreach" })).toBeHidden();
});

test("all outreach is stopped from the lamp", async ({ page }) => {
  await page.goto(`${stub.url}#/journal`);
  await expect(page.getByText("PORT was set to 8010.")).toBeVisible();
  await tabTo(page, /^Outreach.*Running$/);
  await page.keyboard.press("Enter");
  await tabTo(page, /^Pause all outreach$/);
  await page.keyboard.press("Space");
  await expect.poll(() => stub.changes.map(({ what }) => what)).toEqual(["POST /outreach/pause"]);
});

test("the journal is filtered and walked through", async ({ page }) => {
  await page.goto(`${stub.url}#/journal`);
  await expect(page.getByText("PORT was set to 8010.")).toBeVisible();
  await page.getByRole("searchbox").focus();
  await page.keyboard.type("opened");
  await expect(page).toHaveURL(/q=opened$/);
  await tabTo(page, /^Information: Ann One opened the app, matched by phone \(60\)/);
  await page.keyboard.press("PageDown");
  await page.keyboard.press("End");
  await expect(page.getByRole("button", { name: /\(1\)/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Entry" })).toContainText("(1)");
});

// What holds for every screen of the console: nothing for axe to find, no complaint of the browser, nothing cut off.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** What the browser complained about: a refused style, a failed request, an error of the script. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  return complaints;
}

export async function checkLooks(page: Page, where: string): Promise<void> {
  expect((await new AxeBuilder({ page }).analyze()).violations, where).toEqual([]);
  const width = page.viewportSize()?.width ?? 0;
  expect(await page.evaluate(() => document.documentElement.scrollWidth), where).toBeLessThanOrEqual(width);
  const cut = await page.evaluate(() => {
    const main = document.querySelector("main");
    return main === null ? 0 : main.scrollWidth - main.clientWidth;
  });
  expect(cut, `${where}: the room scrolls sideways`).toBeLessThanOrEqual(0);
}

/** With UPDATE_SCREENSHOTS=1 the kept pictures are taken anew; else they are left beside the results. */
export const pictureOf = (name: string, output: string): string =>
  process.env.UPDATE_SCREENSHOTS ? `test/e2e/screenshots/console-${name}.png` : output;

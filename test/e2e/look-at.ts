// What holds for every screen of the console: nothing for axe to find, no complaint of the browser, nothing cut off.
import { expect, type Page } from "@playwright/test";
import { findFaults, rest } from "./find-faults.ts";

/** What the browser complained about: a refused style, a failed request, an error of the script. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  return complaints;
}

/** Nothing for axe to find, and nothing cut off at the width it has. */
export async function checkLooks(page: Page, where: string, part: "all" | "colours" = "all"): Promise<void> {
  expect(await findFaults(page, part), where).toEqual([]);
  await checkFits(page, where);
}

/** Neither the page nor its room scrolls sideways. */
export async function checkFits(page: Page, where: string): Promise<void> {
  const width = page.viewportSize()?.width ?? 0;
  expect(await page.evaluate(() => document.documentElement.scrollWidth), where).toBeLessThanOrEqual(width);
  const cut = await page.evaluate(() => {
    const main = document.querySelector("main");
    return main === null ? 0 : main.scrollWidth - main.clientWidth;
  });
  expect(cut, `${where}: the room scrolls sideways`).toBeLessThanOrEqual(0);
}

/** Two frames on, what follows from a change of size or place has been drawn, and the page has heard of its scrolling. */
export const settle = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** 640 is 200 % zoom of 1280, 360 a telephone. */
const NARROW = [640, 360] as const;

/** One screen as it is open: both schemes wide, then narrow. `picture` names its kept pictures. */
export async function lookThrough(
  page: Page,
  name: string,
  output: (file: string) => string,
  picture = true,
): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await rest(page);
    const file = `${name}-${colorScheme}`;
    if (picture) await page.screenshot({ path: pictureOf(file, output(`${file}.png`)) });
    await checkLooks(page, `${name} in ${colorScheme}`, colorScheme === "light" ? "all" : "colours");
  }
  for (const width of NARROW) {
    await page.setViewportSize({ width, height: 800 });
    await rest(page);
    await checkFits(page, `${name} at ${width} px`);
    if (picture) await page.screenshot({ path: output(`${name}-${width}.png`) });
  }
  // Narrow, other things are shown: they are looked at once, where contrast is harder.
  await checkLooks(page, `${name}, narrow`);
}

/** With UPDATE_SCREENSHOTS=1 the kept pictures are taken anew; else they are left beside the results. */
export const pictureOf = (name: string, output: string): string =>
  process.env.UPDATE_SCREENSHOTS ? `test/e2e/screenshots/console-${name}.png` : output;

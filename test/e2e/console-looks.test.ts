// Each screen of the console in both colour schemes: nothing for axe to find, no complaint of the browser, nothing cut
// off at any width or at 200 % zoom, and a picture of each in screenshots/.
import { expect, test } from "@playwright/test";
import { EMPTY, FULL } from "./console-samples.ts";
import { type ConsoleStub, startConsoleStub } from "./console-stub.ts";
import { checkLooks, complaintsOf, lookThrough, pictureOf } from "./look-at.ts";

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

test.use({ viewport: { width: 1280, height: 900 } });
for (const [name, route, words] of SCREENS) {
  test(`${name} looks right in both schemes and at every width`, async ({ page }, testInfo) => {
    stub = await startConsoleStub(FULL);
    const complaints = complaintsOf(page);
    await page.goto(`${stub.url}#${route}`);
    await expect(page.getByText(words).first()).toBeVisible();
    await lookThrough(page, name, (file) => testInfo.outputPath(file));
    expect(complaints).toEqual([]);
  });
}
for (const [name, route, words] of EMPTY_SCREENS) {
  test(`${name} says what will be there while it is empty`, async ({ page }, testInfo) => {
    stub = await startConsoleStub(EMPTY);
    const complaints = complaintsOf(page);
    await page.goto(`${stub.url}#${route}`);
    await expect(page.getByText(words)).toBeVisible();
    await lookThrough(page, `empty-${name}`, (file) => testInfo.outputPath(file), false);
    expect(complaints).toEqual([]);
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`the palette, a lamp and the page of a locked console in ${colorScheme}`, async ({
    page,
  }, testInfo) => {
    const keep = (name: string) => {
      const file = `${name}-${colorScheme}`;
      return page.screenshot({ path: pictureOf(file, testInfo.outputPath(`${file}.png`)) });
    };
    await page.emulateMedia({ colorScheme });
    stub = await startConsoleStub(FULL);
    await page.goto(stub.url);
    await expect(page.getByText("Latest stories")).toBeVisible();
    await page.keyboard.press("Control+k");
    await expect(page.getByPlaceholder(/Name, phone/)).toBeFocused();
    await page.keyboard.type("nivia");
    await expect(page.getByText("(416) 555-0123 · fub-test")).toBeVisible();
    await checkLooks(page, "palette");
    await keep("palette");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /^Outreach/ }).click();
    await checkLooks(page, "lamp");
    stub.refuse = 401;
    await page.reload();
    await expect(page.getByRole("heading", { name: "This console is locked" })).toBeVisible();
    await checkLooks(page, "locked");
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

// Two consoles open at once at a running gateway: no update is lost silently; the later save is told what changed.
import { type Browser, expect, type Page, test } from "@playwright/test";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";

let at: TestWorld;
test.beforeEach(async () => {
  at = await startTestWorld();
});
test.afterEach(() => at.close());

async function openConsole(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(`${at.adminUrl}/?token=${at.adminToken}`);
  await page.goto(`${at.adminUrl}/#/settings?tenant=fub-test`);
  await expect(page.getByLabel("Tag that starts an outreach")).toBeVisible();
  return page;
}
const tag = (page: Page) => page.getByLabel("Tag that starts an outreach");
const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true }).click();
const saved = () =>
  at.gateway.addresses &&
  fetch(`${at.adminUrl}/api/settings`, {
    headers: { authorization: `Bearer ${at.adminToken}` },
  }).then(
    (answer) => answer.json() as Promise<{ tenants: { domain_name: string; fub_start_call_tag: string }[] }>,
  );
const savedTag = async () =>
  (await saved()).tenants.find(({ domain_name }) => domain_name === "fub-test")?.fub_start_call_tag;

test("the later save of the same setting is told, and nothing of it was saved before a person decides", async ({
  browser,
}) => {
  const [ann, ben] = [await openConsole(browser), await openConsole(browser)];
  await ben.getByLabel("Name contacts know").fill("Acme Realty");
  await tag(ben).fill("Ben's tag");
  await tag(ann).fill("Ann's tag");
  await ann.getByRole("button", { name: /^(Replace|Enter) Secret of a program in between/ }).click();
  await ann.keyboard.type("a-secret-of-anns-console");
  await save(ann);
  await expect(ann.getByText("Saved.")).toBeVisible();
  // Coming back to the window reads the settings anew; what was typed before still stands on what was read before.
  await ben.bringToFront();
  await ben.evaluate(() => dispatchEvent(new Event("visibilitychange")));
  await ben.waitForTimeout(2_500);
  await save(ben);
  const dialog = ben.getByRole("dialog", { name: "Somebody saved before you" });
  await expect(dialog.getByRole("row", { name: /Tag that starts an outreach/ })).toHaveText(
    /Ann's tag.*Ben's tag/,
  );
  await expect(dialog.getByRole("row", { name: /Secret of a program in between/ })).toHaveText(/not shown/);
  expect(await ben.content()).not.toContain("a-secret-of-anns-console");
  expect(await savedTag()).toBe("Ann's tag");
  await dialog.getByRole("button", { name: "Save mine over it" }).click();
  await expect(ben.getByText("Saved.")).toBeVisible();
  expect(await savedTag()).toBe("Ben's tag");
});

test("theirs can be taken, and the form then shows it", async ({ browser }) => {
  const [ann, ben] = [await openConsole(browser), await openConsole(browser)];
  await tag(ben).fill("Ben's tag");
  await tag(ann).fill("Ann's tag");
  await save(ann);
  await expect(ann.getByText("Saved.")).toBeVisible();
  await save(ben);
  await ben.getByRole("button", { name: "Take theirs and drop mine" }).click();
  await expect(tag(ben)).toHaveValue("Ann's tag");
  await expect(ben.getByText("not saved")).toHaveCount(0);
  expect(await savedTag()).toBe("Ann's tag");
});

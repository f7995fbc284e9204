// The do-not-contact list at a running gateway, from the console: a number is put on it, an outreach to it is refused and
// told in the ledger, the entry is ended in two steps and the next outreach goes out; hours are asked and put into a file.
import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";
import { startOutreach, untilOver } from "../helpers/talk-to-gateway.ts";

const NUMBER = "+14165550188";
let at: TestWorld;
test.use({ viewport: { width: 1280, height: 900 }, actionTimeout: 10_000 });
test.beforeAll(async () => {
  at = await startTestWorld();
});
test.afterAll(() => at.close());

const start = () =>
  startOutreach(at, {
    ...{ phone_number: NUMBER, channel: "sms", type: "informational" },
    instruction: "Tell them of the open house.",
  });

test("what the list says is what happens, and the ledger tells it", async ({ page }) => {
  const go = (route: string) => page.goto(`${at.adminUrl}/#${route}`);
  await page.goto(`${at.adminUrl}/?token=${at.adminToken}`);
  await go("/settings/do-not-contact?tenant=fub-test");
  await page.getByRole("button", { name: "Add one" }).click();
  const dialog = page.getByRole("dialog", { name: "Do not contact" });
  await dialog.getByLabel("Number or e-mail address").fill("12");
  await expect(dialog.getByRole("button", { name: "Put on the list" })).toBeDisabled();
  await dialog.getByLabel("Number or e-mail address").fill("416 555 01");
  await dialog.getByRole("button", { name: "Put on the list" }).click();
  await expect(dialog.getByText(/neither a complete phone number nor an e-mail address/)).toBeVisible();
  await dialog.getByLabel("Number or e-mail address").fill("(416) 555-0188");
  await dialog.getByLabel("Note").fill("Asked at the open house");
  await dialog.getByRole("button", { name: "Put on the list" }).click();
  await expect(page.getByText("It is on the list.")).toBeVisible();

  await expect(start()).rejects.toThrow(/422 .*do_not_call/);
  await go("/outreach/ledger?tenant=fub-test");
  await page.getByRole("button", { name: /\(416\) 555-0188: Refused, On the do-not-contact list/ }).click();
  const side = page.getByRole("dialog", { name: "Ledger entry" });
  await expect(side.getByText(/^A text to \(416\) 555-0188 was refused/)).toBeVisible();
  await expect(side.getByText("When it was asked for")).toBeVisible();
  await page.keyboard.press("Escape");
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download CSV" }).click(),
  ]);
  expect(await readFile(await file.path(), "utf8")).toMatch(/refused,do_not_call,sms,\+14165550188/);

  await go("/settings/do-not-contact?tenant=fub-test&q=0188");
  await page.getByRole("button", { name: /^\(416\) 555-0188: Do not call, In force/ }).click();
  await page.getByRole("button", { name: "End this entry" }).click();
  const end = page.getByRole("dialog", { name: /^End the entry/ });
  await expect(end.getByText(/Once this is taken off, outreach may reach them again/)).toBeVisible();
  await end.getByLabel(/^Type/).fill("416 555 0188");
  await end.getByLabel("Why").fill("They called and asked for it");
  await end.getByRole("button", { name: "End it" }).click();
  await expect(page.getByText("They may be contacted again from now on.")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByText("Ended", { exact: true }).click();
  await page.getByRole("button", { name: /^\(416\) 555-0188: Do not call, Ended/ }).click();
  await expect(page.getByText("Somebody at the console: They called and asked for it")).toBeVisible();
  expect((await untilOver(at, await start())).outcome).not.toBe("do_not_call");
});

test("a list is imported, hours are asked, and their rules are put into a file", async ({ page }) => {
  await page.goto(`${at.adminUrl}/?token=${at.adminToken}`);
  await page.goto(`${at.adminUrl}/#/settings/do-not-contact?tenant=fub-test`);
  await page.getByRole("button", { name: "Import a list" }).click();
  const csv =
    "phone,name\n647-555-0101,Ann\nnobody@example.com,Ben\nnot a number,Carl\n(647) 555 0101,Ann again\n";
  await page
    .getByLabel("CSV file")
    .setInputFiles({ name: "dnc.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  await page.getByRole("button", { name: "Import it" }).click();
  await expect(page.getByText("2 added")).toBeVisible();
  await expect(page.getByText(/^Line 4: /)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText("nobody@example.com")).toBeVisible();

  await page.goto(`${at.adminUrl}/#/settings/contact-rules?tenant=fub-test`);
  const tester = page.getByRole("form", { name: "Try a number" });
  await tester.getByLabel("Phone number").fill("305 555 0123");
  await tester.getByLabel("When").fill("2026-11-20T23:30");
  await tester.getByRole("button", { name: "Ask the rules" }).click();
  await expect(tester.getByText("Must wait")).toBeVisible();
  await expect(tester.getByText(/Florida/)).toBeVisible();
  await page.getByRole("button", { name: "Put the rules into a file for editing" }).click();
  await expect(page.getByText("The brokerage's own file")).toBeVisible();
});

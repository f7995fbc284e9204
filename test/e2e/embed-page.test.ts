// The single-contact page alone in a browser, against a stand-in of its routes: what agents do and see.
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { expect, type Page, test } from "@playwright/test";
import { ENDED, PROBLEM, READY, STARTED } from "./embed-samples.ts";
import { type EmbedStub, startEmbedStub } from "./embed-stub.ts";

let stub: EmbedStub;
test.use({ viewport: { width: 350, height: 700 } });
test.beforeEach(async () => {
  stub = await startEmbedStub();
  stub.model = READY;
  stub.play(STARTED);
});
test.afterEach(() => stub.close());

const startButton = (page: Page) => page.getByRole("button", { name: "Call Nivia from (416) 555-0111" });

test("one press starts one outreach and shows it happening, then its result, then the way to another", async ({
  page,
}) => {
  await page.goto(stub.url);
  await expect(page.getByRole("heading", { name: "Nivia Jones" })).toBeVisible();
  await expect(page.getByText("as Ann One, matched by phone")).toBeVisible();
  await page.getByLabel("Instruction").fill("Ask about Saturday");
  await startButton(page).dblclick();
  await expect(page.getByRole("heading", { name: "Call in progress" })).toBeFocused();
  expect(stub.starts).toEqual([
    {
      call_type: "informational",
      channel: "phone",
      contact: "+14165550123",
      instruction: "Ask about Saturday",
      click_id: stub.starts[0]?.click_id,
    },
  ]);
  await expect(page.getByRole("log")).toContainText("<b>Yes</b>, I have a minute.");
  stub.play(ENDED);
  await expect(page.getByRole("heading", { name: "Answered" })).toBeVisible();
  await expect(page.getByText("The call took 2 min 5 s.")).toBeVisible();
  await page.getByRole("button", { name: "Start another" }).click();
  await expect(page.getByRole("radio", { name: "Phone" })).toBeFocused();
  await expect(page.getByRole("listitem").filter({ hasText: "Answered" })).toBeVisible();
  await page.getByText("Use a recent one").click();
  await page.getByRole("button", { name: "Ask about Saturday" }).click();
  await expect(page.getByLabel("Instruction")).toHaveValue("Ask about Saturday");
});

test("a lost answer is asked for again as the same click", async ({ page }) => {
  stub.answerStart = () =>
    stub.starts.length < 3 ? "drop" : { status: 202, body: { engagement_id: "e-1", status: "accepted" } };
  await page.goto(stub.url);
  await startButton(page).click();
  await expect(page.getByRole("heading", { name: "Call in progress" })).toBeVisible({ timeout: 15_000 });
  expect(new Set(stub.starts.map((start) => start.click_id)).size).toBe(1);
});

test("a refusal is said beside the button, gets the focus, and another choice can be made", async ({
  page,
}) => {
  stub.answerStart = () => ({
    status: 422,
    body: { error: { code: "landline", message: "This number is a landline and cannot receive messages." } },
  });
  await page.goto(stub.url);
  await page.getByRole("radio", { name: "SMS" }).check();
  await page.getByRole("button", { name: "Text Nivia from (416) 555-0111" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(page.getByRole("alert")).toContainText("landline");
  await page.getByRole("radio", { name: "Email" }).check();
  await expect(page.getByRole("alert")).toBeHidden();
  await expect(page.getByText("nivia@example.com")).toBeVisible();
  await expect(page.getByRole("radio", { name: "Conversational" })).toBeDisabled();
  await expect(page.getByText("E-mail can only be informational.")).toBeVisible();
  await expect(page.getByRole("button", { name: "E-mail Nivia" })).toBeEnabled();
});

test("an ended session offers to reload and keeps what was typed", async ({ page }) => {
  stub.answerStart = () => ({
    status: 401,
    body: { error: { code: "session_expired", message: "This page has been open too long." } },
  });
  await page.goto(stub.url);
  await page.getByLabel("Instruction").fill("Half a thought");
  await startButton(page).click();
  await page.getByRole("button", { name: "Reload this app" }).click();
  await expect(page.getByRole("alert")).toBeHidden();
  await expect(page.getByLabel("Instruction")).toHaveValue("Half a thought");
});

test("a running outreach is on show after a reload, by asking where streams do not get through", async ({
  page,
}) => {
  stub.model = { ...READY, running: STARTED };
  stub.stream = "refuse";
  await page.goto(stub.url);
  await expect(page.getByRole("heading", { name: "Call in progress" })).toBeVisible();
  stub.play(ENDED);
  await expect(page.getByRole("heading", { name: "Answered" })).toBeVisible({ timeout: 10_000 });
});

test("the keyboard alone can choose and start", async ({ page }) => {
  await page.goto(stub.url);
  await page.getByRole("radio", { name: "Phone" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("radio", { name: "SMS" })).toBeChecked();
  await page.getByLabel("Instruction").focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Start another" })).toBeVisible();
  expect(stub.starts[0]).toMatchObject({ channel: "sms", contact: "+14165550123" });
});

test("the page works where the browser withholds its storage", async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get: () => {
        throw new DOMException("denied", "SecurityError");
      },
    });
  });
  await page.goto(stub.url);
  await startButton(page).click();
  await expect(page.getByRole("heading", { name: "Call in progress" })).toBeVisible();
});

test("a problem page says word for word what to tell the admin, and copies it", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  stub.model = PROBLEM;
  await page.goto(stub.url);
  const words = (PROBLEM.problem?.remedy ?? "").replace("Tell your admin: ", "");
  await expect(page.getByText(words)).toBeVisible();
  await page.getByRole("button", { name: "Copy for your admin" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(words);
  await expect(page.getByText("req_01hxyz")).toBeHidden();
  await page.getByText("Details for support").click();
  await expect(page.getByText("req_01hxyz")).toBeVisible();
});

test("the preview shows everything and starts nothing", async ({ page }) => {
  stub.model = { ...READY, preview: true };
  await page.goto(stub.url);
  await expect(page.getByText("This is a preview")).toBeVisible();
  await expect(startButton(page)).toBeDisabled();
});

test("script and style together stay below 21 KB compressed and can stand inside a page", async () => {
  const files = await Promise.all(
    ["embed.js", "embed.css"].map((name) =>
      readFile(new URL(`../../dist/renderer/embed/${name}`, import.meta.url), "utf8"),
    ),
  );
  expect(gzipSync(files.join("\n")).length).toBeLessThan(21 * 1024);
  expect(files.join("\n")).not.toMatch(/<\/(script|style)|<!--/i);
});

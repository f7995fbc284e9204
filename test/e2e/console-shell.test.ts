// The console's frame in a browser: lamps, rail, palette, schemes, what it says when it is locked, offline or read-only.
import { expect, type Page, test } from "@playwright/test";
import { EMPTY, FULL, HOME, STATUS } from "./console-samples.ts";
import { VIEW } from "./console-settings-samples.ts";
import { type ConsoleStub, refusal, startConsoleStub } from "./console-stub.ts";

let stub: ConsoleStub;
test.use({ viewport: { width: 1280, height: 900 } });
test.beforeEach(async () => {
  stub = await startConsoleStub(FULL);
});
test.afterEach(() => stub.close());

const lampsOf = (page: Page) => page.getByRole("region", { name: "At a glance" });

test("the lamps say in words what works, in every room, and turn unknown when the gateway is gone", async ({
  page,
}) => {
  await page.goto(stub.url);
  const lamps = lampsOf(page);
  const words = [
    /^Public address.*Working/,
    /^Follow Up Boss.*Not working/,
    /^Channels.*Look here/,
    /^Outreach.*Running/,
  ];
  await expect(lamps.getByRole("listitem")).toHaveText(words);
  for (const room of ["Setup", "Agents", "Outreach", "Journal", "Webhooks", "Settings"]) {
    await page.getByRole("navigation", { name: "Rooms" }).getByRole("link", { name: room }).click();
    const title = room === "Setup" ? /set ?up/i : room;
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await expect(lamps.getByRole("listitem")).toHaveText(words);
  }
  await stub.close();
  await expect(page.getByText("The gateway does not answer. It may have been stopped.")).toBeVisible({
    timeout: 15_000,
  });
  await expect(lamps.getByText("Not known", { exact: true })).toHaveCount(4);
  stub = await startConsoleStub(FULL);
});

test("a lamp opens to its cause and remedy; the one for outreach stops it, and says by whom", async ({
  page,
}) => {
  await page.goto(stub.url);
  await lampsOf(page)
    .getByRole("button", { name: /Follow Up Boss/ })
    .click();
  await expect(page.getByRole("dialog").getByText("Ask Ann for a new key.")).toBeVisible();
  await page.keyboard.press("Escape");
  await lampsOf(page)
    .getByRole("button", { name: /Outreach/ })
    .click();
  const paused = { paused: { by: "Carla", since: HOME.started_at }, waiting: 3 };
  stub.answer({
    "POST /outreach/pause": () => {
      stub.answer({ "GET /home": { ...HOME, outreach: paused } });
      return paused;
    },
  });
  await page.getByRole("button", { name: "Pause all outreach" }).click();
  await expect(lampsOf(page).getByText("Paused by Carla")).toBeVisible();
  expect(stub.changes.map(({ what }) => what)).toEqual(["POST /outreach/pause"]);
  await expect(page.getByRole("button", { name: "Let outreach go on" })).toBeVisible();
});

test("Ctrl+K leads from a phone number to the person's story in two steps", async ({ page }) => {
  await page.goto(stub.url);
  await expect(page.getByText("Latest stories")).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.getByRole("textbox", { name: /Name, phone/ }).fill("(416) 555-0123");
  await page.getByRole("button", { name: /Nivia Jones/ }).click();
  const story = page.getByRole("dialog", { name: "Person" }).getByRole("region", { name: "Story" });
  await expect(story.getByText("Ann opened the app (matched by phone)")).toBeVisible();
});

test("Ctrl+K finds agents, screens and brokerages by the keyboard alone", async ({ page }) => {
  await page.goto(stub.url);
  await expect(page.getByText("Latest stories")).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(page.getByPlaceholder(/Name, phone/)).toBeFocused();
  await page.keyboard.type("errors in");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#\/journal\?severity=error$/);
  await expect(page.getByPlaceholder(/Name, phone/)).toBeHidden();
  await page.getByRole("searchbox").focus();
  await page.keyboard.press("Control+k");
  await expect(page.getByPlaceholder(/Name, phone/)).toBeFocused();
  await expect(page.getByPlaceholder(/Name, phone/)).toHaveValue("");
  await page.keyboard.type("ben");
  await expect(page.getByText("Ben Two")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#\/agents\/u2\?tenant=fub-test$/);
});

test("a brokerage is chosen once for all rooms; with one there is nothing to choose", async ({ page }) => {
  await page.goto(`${stub.url}#/outreach`);
  await page.getByRole("combobox", { name: "Brokerage" }).selectOption("fub-test");
  await expect.poll(() => stub.asked.some((one) => one.includes("/engagements?tenant=fub-test"))).toBe(true);
  await page.getByRole("link", { name: "Journal" }).click();
  await expect.poll(() => stub.asked.some((one) => /\/journal\?.*tenant=fub-test/.test(one))).toBe(true);
  stub.answer({ "GET /status": { ...STATUS, tenants: STATUS.tenants.slice(0, 1) } });
  await page.reload();
  await expect(page.getByRole("heading", { name: "Journal" })).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Brokerage" })).toHaveCount(0);
});

test("light and dark follow the computer until one is chosen, and the choice stays", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto(stub.url);
  const scheme = page.locator("html");
  await expect(scheme).toHaveAttribute("data-mantine-color-scheme", "dark");
  await page.getByRole("radio", { name: "Light" }).press("Space");
  await expect(scheme).toHaveAttribute("data-mantine-color-scheme", "light");
  await page.reload();
  await expect(scheme).toHaveAttribute("data-mantine-color-scheme", "light");
});

test("a browser without the cookie is told how to get in; one whose session ended is told that", async ({
  page,
}) => {
  stub.refuse = 401;
  await page.goto(stub.url);
  await expect(page.getByRole("heading", { name: "This console is locked" })).toBeVisible();
  stub.refuse = null;
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { name: "Home" })).toBeVisible();
  stub.refuse = 401;
  await expect(page.getByRole("heading", { name: "Your session has ended" })).toBeVisible({
    timeout: 15_000,
  });
});

test("through a support link everything is read and nothing can be changed", async ({ page }) => {
  stub.answer({ "GET /session": { read_only: true, until: new Date(Date.now() + 3_600_000).toISOString() } });
  await page.goto(`${stub.url}#/outreach/e/e-2`);
  await expect(page.getByText("You are looking through a support link")).toBeVisible();
  const button = page.getByRole("button", { name: "Write to Follow Up Boss now" });
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await button.click({ force: true });
  expect(stub.changes).toEqual([]);
});

test("an empty gateway offers two ways to begin", async ({ page }) => {
  stub.answer({
    ...EMPTY,
    "GET /status": { ...STATUS, tenants: [] },
    "GET /settings": { ...VIEW, tenants: [] },
  });
  await page.goto(stub.url);
  await expect(page.getByRole("button", { name: "Start practising now" })).toBeVisible();
  await page.getByRole("link", { name: /Set up my brokerage/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Set up a brokerage" })).toBeVisible();
});

test("what failed says why, and is tried again by a button", async ({ page }) => {
  stub.answer({ "GET /story": refusal(500, "internal", "The story could not be read.") });
  await page.goto(`${stub.url}#/outreach/e/e-2`);
  await expect(page.getByText("The story could not be read.")).toBeVisible();
  stub.answer({ "GET /story": FULL["GET /story"] });
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("Left a voicemail, 41 s")).toBeVisible();
});

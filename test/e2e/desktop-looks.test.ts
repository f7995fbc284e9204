// How the desktop app's own screens look: the page of a server that could not start, and "This computer" in Settings.
import { expect, test } from "@playwright/test";
import { describeTrouble } from "../../main/desktop/describe-trouble.ts";
import { renderTroublePage } from "../../main/desktop/trouble-page.ts";
import type { DesktopAbout, DesktopBridge, LoginItem, UpdateState } from "../../shared/desktop-contract.ts";
import { FULL } from "./console-samples.ts";
import { type ConsoleStub, startConsoleStub } from "./console-stub.ts";
import { complaintsOf, lookThrough } from "./look-at.ts";

test("the page of a server that could not start", async ({ page }, info) => {
  const complaints = complaintsOf(page);
  const text = describeTrouble({
    code: "port_in_use",
    sentence:
      "Port 8010 on 127.0.0.1 is already in use by another program. Close that program, or choose another port.",
  });
  await page.route("**/*", async (route) => {
    const answer = renderTroublePage(text, "n0nce");
    await route.fulfill({ headers: Object.fromEntries(answer.headers), body: await answer.text() });
  });
  await page.setViewportSize({ width: 620, height: 460 });
  await page.goto("http://aventora-shell.localhost/");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Try again" })).toBeFocused();
  await lookThrough(page, "desktop-trouble", (file) => info.outputPath(file));
  expect(complaints).toEqual([]);
});

test.describe("This computer", () => {
  let stub: ConsoleStub;
  test.beforeEach(async () => {
    stub = await startConsoleStub(FULL);
  });
  test.afterEach(() => stub.close());

  test("is not there in a browser", async ({ page }) => {
    await page.goto(`${stub.url}#/settings/this-computer`);
    await expect(page.getByRole("link", { name: "Troubleshooting" })).toBeVisible();
    await expect(page.getByRole("link", { name: "This computer" })).toHaveCount(0);
    await expect(page.getByText("When you sign in")).toHaveCount(0);
  });

  test("switches starting at sign-in, and says what runs here", async ({ page }, info) => {
    const complaints = complaintsOf(page);
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.addInitScript(pretendBridge);
    await page.goto(`${stub.url}#/settings/this-computer`);
    const hidden = page.getByRole("switch", { name: "Start without the window" });
    await expect(hidden).toBeDisabled();
    await page.getByRole("switch", { name: "Start when I sign in to this computer" }).press("Space");
    await expect(hidden).toBeEnabled();
    await hidden.press("Space");
    await expect(hidden).toBeChecked();
    await expect(page.getByText("1.2.3", { exact: true })).toBeVisible();
    await lookThrough(page, "desktop-this-computer", (file) => info.outputPath(file));
    await page.keyboard.press("Control+k");
    await page.keyboard.type("start at login");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/#\/settings\/this-computer$/);
    expect(complaints).toEqual([]);
  });
});

/** Runs in the page, before its own scripts. */
function pretendBridge(): void {
  let item: LoginItem = { openAtLogin: false, hidden: false, problem: null };
  const about: DesktopAbout = {
    ...{ version: "1.2.3", electron: "45.5.0", chromium: "150.0.1.2", node: "24.1.0", packaged: true },
    dataFolder: "/home/ann/.local/share/aventora-gateway",
  };
  const sentence =
    "Updates are off until builds are signed. Install a newer version over this one; nothing is lost.";
  const updates: UpdateState = { state: "off", version: null, sentence };
  const bridge: DesktopBridge = {
    about: async () => about,
    openExternal: async () => undefined,
    chooseFile: async () => null,
    loginItem: async () => item,
    setLoginItem: async (change) => {
      item = { ...change, problem: null };
      return item;
    },
    updates: async () => updates,
    stepUpdate: async () => updates,
    onMenu: () => () => undefined,
  };
  Object.assign(window, { aventoraDesktop: bridge });
}

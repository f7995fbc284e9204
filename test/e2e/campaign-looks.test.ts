// Every state of the campaign page in both colour schemes: axe, the browser's own complaints, nothing cut off at 350 px or
// at twice the size, and a picture to look at.
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { expect, type Page, test } from "@playwright/test";
import type { Campaign, CampaignModel } from "../../shared/campaign.schema.ts";
import {
  AMBER,
  BUSY,
  CHECKED,
  CHECKING,
  DONE,
  LATE,
  LISTS_FAILED,
  leftOut,
  MANY_LISTS,
  NIGHT,
  PAUSED,
  PROBLEM,
  READY,
  RUNNING,
  result,
  STOPPED,
  WRITING,
} from "./campaign-samples.ts";
import { type CampaignStub, startCampaignStub } from "./campaign-stub.ts";
import { findFaults } from "./find-faults.ts";

let stub: CampaignStub;
test.use({ viewport: { width: 350, height: 700 } });
test.beforeEach(async () => {
  stub = await startCampaignStub(READY);
  stub.people = Array.from({ length: 130 }, (_, index) =>
    index < 30 ? result(index) : leftOut(index, "landline"),
  );
});
test.afterEach(() => stub.close());

interface Look {
  readonly model: CampaignModel;
  readonly campaign?: Campaign;
  /** Goes to what is to be seen. */
  readonly go?: (page: Page) => Promise<void>;
  /** Kept beside the README's pictures. */
  readonly kept?: boolean;
}
const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).first().click();
const review = async (page: Page): Promise<void> => {
  await press(page, /^(New leads|محتملون)/);
  await page.getByRole("radio", { name: "SMS" }).check();
  await page.getByLabel("Instruction").fill("Ask whether Saturday at ten suits, and who will come along.");
  await press(page, "Review the list");
  await expect(page.getByRole("button", { name: /Check the list again|Back/ })).toBeVisible();
};
const running = (campaign: Campaign): Look => ({
  model: { ...READY, campaigns: [campaign] },
  campaign,
  go: async (page) => {
    if (campaign.status === "completed") await page.getByText("Earlier campaigns").click();
    await press(page, /^New leads.*done/);
    await expect(page.getByRole("region", { name: "Results, newest first" })).toContainText("Nivia");
  },
});

const LOOKS: Readonly<Record<string, Look>> = {
  home: { model: BUSY, campaign: RUNNING, kept: true },
  "home-empty": { model: AMBER },
  "home-failed": { model: LISTS_FAILED },
  form: { model: READY, go: (page) => press(page, /^New leads/), kept: true },
  "form-more": {
    model: { ...READY, smart_lists: MANY_LISTS },
    go: async (page) => {
      await press(page, /^Everybody who/);
      await page.getByText("More: pace, further tries").click();
      await page.getByRole("checkbox", { name: "No answer" }).check();
    },
  },
  checking: { model: READY, campaign: CHECKING, go: review },
  review: { model: READY, campaign: LATE, go: review, kept: true },
  "review-hard": {
    model: { ...READY, smart_lists: MANY_LISTS },
    campaign: {
      ...CHECKED,
      skipped: { ...CHECKED.skipped, no_email: 2, duplicate_address: 2, invalid_email: 1, outside_hours: 1 },
      list_changes:
        "The list changed while it was read: 3 people were found on a second look, 1 was seen twice.",
    },
    go: review,
  },
  "review-nobody": {
    model: READY,
    campaign: { ...CHECKED, total: 12, will_queue: 0, skipped: { no_phone: 12 }, eta_seconds: 0 },
    go: review,
  },
  names: {
    model: READY,
    campaign: CHECKED,
    go: async (page) => {
      stub.people = Array.from({ length: 130 }, (_, index) => leftOut(index, "landline"));
      await review(page);
      await press(page, /^A landline/);
      await expect(page.getByText("100 of 610 shown")).toBeVisible();
    },
  },
  running: { ...running(RUNNING), kept: true },
  paused: running(PAUSED),
  night: running(NIGHT),
  writing: running(WRITING),
  done: running(DONE),
  stopped: running(STOPPED),
  problem: { model: PROBLEM },
};

/** With UPDATE_SCREENSHOTS=1 the kept pictures are taken anew; else all are left beside the results. */
const picture = (name: string, kept: boolean, output: string): string =>
  process.env.UPDATE_SCREENSHOTS && kept ? `test/e2e/screenshots/campaign-${name}.png` : output;

for (const [name, look] of Object.entries(LOOKS)) {
  test(`${name}: nothing for axe to find in both schemes, nothing cut off at 350 px or at twice the size`, async ({
    page,
  }, testInfo) => {
    const complaints: string[] = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    stub.model = look.model;
    stub.campaign = look.campaign ?? null;
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto(stub.url);
    await look.go?.(page);
    await expect(page.locator("h1")).toBeVisible();
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await findFaults(page, colorScheme === "light" ? "all" : "colours"), colorScheme).toEqual([]);
      const file = `${name}-${colorScheme}`;
      const path = picture(file, look.kept ?? false, testInfo.outputPath(`${file}.png`));
      await page.screenshot({ path, fullPage: true });
    }
    for (const width of [350, 175]) {
      await page.setViewportSize({ width, height: 700 });
      const taken = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(taken, `at ${width} px`).toBeLessThanOrEqual(width);
    }
    await page.screenshot({ path: testInfo.outputPath(`${name}-zoomed.png`), fullPage: true });
    expect(complaints).toEqual([]);
  });
}

test("script, style and a model with 300 lists stay below 30 KB compressed and can stand inside a page", async () => {
  const files = await Promise.all(
    ["campaign.js", "campaign.css"].map((name) =>
      readFile(new URL(`../../dist/renderer/campaign/${name}`, import.meta.url), "utf8"),
    ),
  );
  const model = { ...BUSY, campaigns: Array.from({ length: 10 }, () => RUNNING) };
  // As the gateway compresses it.
  expect(gzipSync([...files, JSON.stringify(model)].join("\n"), { level: 4 }).length).toBeLessThan(30 * 1024);
  expect(files.join("\n")).not.toMatch(/<\/(script|style)|<!--/i);
});

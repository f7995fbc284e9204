// One campaign on the campaign page, against a stand-in of its routes: how it goes on, is stopped, and is never lost sight of.
import { expect, type Page, test } from "@playwright/test";
import { DONE, NIGHT, READY, RUNNING, result, SOME_WAIT, STOPPED } from "./campaign-samples.ts";
import { type CampaignStub, startCampaignStub } from "./campaign-stub.ts";

let stub: CampaignStub;
test.use({ viewport: { width: 350, height: 700 } });
test.beforeEach(async () => {
  stub = await startCampaignStub(READY);
});
test.afterEach(() => stub.close());

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const toProgress = async (page: Page): Promise<void> => {
  stub.campaign = RUNNING;
  stub.model = { ...READY, campaigns: [RUNNING] };
  await page.goto(stub.url);
  await button(page, /^New leads.*3,120 of 7,815 done/).click();
  await expect.poll(() => stub.followers()).toBe(1);
};

test("results come in while it runs; it can be paused, go on and be canceled after asking once more", async ({
  page,
}) => {
  await toProgress(page);
  await expect(page.getByText("3,120 of 7,815 done · about 1 hour 20 minutes left")).toBeVisible();
  await expect(
    page.getByText(/11 people were refused after the review: Contacted a moment ago already/),
  ).toBeVisible();
  await expect(page.getByRole("row", { name: /Delivered 2,981/ })).toBeVisible();
  stub.play({ ...RUNNING, done: 3122 }, [result(0), result(1)]);
  const results = page.getByRole("region", { name: "Results, newest first" });
  await expect(results.getByRole("listitem")).toHaveCount(2);
  await expect(results.getByRole("listitem").last()).toContainText("Nivia Jones");
  await button(page, "Pause").click();
  await expect(page.getByRole("heading", { name: "Paused" })).toBeVisible();
  await button(page, "Resume").click();
  await expect(page.getByRole("heading", { name: "Texting people" })).toBeVisible();
  await button(page, "Cancel…").click();
  await expect(page.getByText(/Nobody new is contacted; conversations under way are finished/)).toBeVisible();
  await button(page, "Yes, cancel it").click();
  await expect(page.getByRole("heading", { name: "Canceled" })).toBeVisible();
  expect(stub.posts.map(({ path }) => path)).toEqual(["b-1/pause", "b-1/resume", "b-1/cancel"]);
  await expect(button(page, /^(Pause|Resume|Cancel…)$/)).toHaveCount(0);
});

test("people for whom it is too late are waited for, and the campaign says that it goes on by itself", async ({
  page,
}) => {
  await toProgress(page);
  stub.play(SOME_WAIT);
  await expect(
    page.getByText(/left\. 34 people wait for their hours, the first until \d+:00 [ap]m/),
  ).toBeVisible();
  await expect(page.getByRole("heading", { name: "Texting people" })).toBeVisible();
  stub.play(NIGHT);
  await expect(page.getByRole("heading", { name: "Paused for the night" })).toBeVisible();
  await expect(page.getByText(/34 people wait for their hours; it goes on by itself at/)).toBeVisible();
  await button(page, "Pause").click();
  await expect(page.getByRole("heading", { name: "Paused", exact: true })).toBeVisible();
  await expect(page.getByText(/wait for their hours/)).toHaveCount(0);
});

test("whoever reads further down is not disturbed by new results", async ({ page }) => {
  stub.people = Array.from({ length: 60 }, (_, index) => result(index));
  await toProgress(page);
  const results = page.getByRole("region", { name: "Results, newest first" });
  await expect(results.getByRole("listitem")).toHaveCount(60);
  await results.evaluate((node) => {
    node.scrollTop = 400;
  });
  stub.play(
    RUNNING,
    Array.from({ length: 37 }, (_, index) => result(100 + index)),
  );
  await expect(button(page, "37 new")).toBeVisible();
  expect(await results.evaluate((node) => node.scrollTop)).toBe(400);
  await button(page, "37 new").click();
  await expect(results.getByRole("listitem").first()).toContainText("Person 136");
});

test("where streams do not get through, counts and results are asked for", async ({ page }) => {
  stub.stream = "refuse";
  stub.campaign = RUNNING;
  stub.model = { ...READY, campaigns: [RUNNING] };
  await page.goto(stub.url);
  await button(page, /^New leads.*3,120 of/).click();
  stub.people = [result(0)];
  stub.campaign = DONE;
  await expect(page.getByRole("heading", { name: "Done" })).toBeVisible({ timeout: 10_000 });
  await expect(page.getByRole("region", { name: "Results, newest first" })).toContainText("Nivia Jones");
});

test("one that stopped by itself says why and can go on", async ({ page }) => {
  stub.campaign = STOPPED;
  stub.model = { ...READY, campaigns: [STOPPED] };
  await page.goto(stub.url);
  await button(page, /^New leads/)
    .first()
    .click();
  await expect(page.getByText(/no longer accepts Ann One's API key/)).toBeVisible();
  await button(page, "Go on").click();
  await expect(page.getByRole("heading", { name: "Texting people" })).toBeVisible();
});

test("an ended session says that the campaign goes on, and offers to reload", async ({ page }) => {
  await toProgress(page);
  stub.refuse = {
    "b-1/events": { status: 401, code: "session_expired", message: "This page has been open too long." },
    "b-1": { status: 401, code: "session_expired", message: "This page has been open too long." },
  };
  stub.cut();
  await expect(page.getByText(/The campaign goes on without this page/)).toBeVisible({ timeout: 15_000 });
  stub.refuse = {};
  await button(page, "Reload this app").click();
  await expect(button(page, /^New leads.*3,120 of 7,815 done/)).toBeVisible();
});

// The campaign page alone in a browser, against a stand-in of its routes: what agents do and see.
import { expect, type Page, test } from "@playwright/test";
import { CHECKED, CHECKING, LATE, leftOut, MANY_LISTS, READY } from "./campaign-samples.ts";
import { type CampaignStub, startCampaignStub } from "./campaign-stub.ts";

let stub: CampaignStub;
test.use({ viewport: { width: 350, height: 700 } });
test.beforeEach(async () => {
  stub = await startCampaignStub(READY);
  stub.campaign = CHECKED;
});
test.afterEach(() => stub.close());

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const startButton = (page: Page) => button(page, "Text 7,815 people from (416) 555-0111");
const chooseSms = async (page: Page): Promise<void> => {
  await page.goto(stub.url);
  await button(page, /^New leads/).click();
  await page.getByRole("radio", { name: "SMS" }).check();
  await page.getByLabel("Instruction").fill("Ask whether Saturday suits.");
};
const toReview = async (page: Page): Promise<void> => {
  await chooseSms(page);
  await button(page, "Review the list").click();
  await expect(startButton(page)).toBeVisible();
};
test("a list is picked, said what to, reviewed as a whole, and started once by two presses", async ({
  page,
}) => {
  await chooseSms(page);
  await expect(page.getByText("as Ann One, matched by phone")).toBeVisible();
  await expect(page.getByRole("heading", { name: "New leads" })).toBeVisible();
  await button(page, "Review the list").click();
  await expect(page.getByText("10,000 people on this list.")).toBeVisible();
  await expect(
    page.getByRole("img", { name: /Will be reached: 7,815 \(78%\), No phone number: 1,204 \(12%\)/ }),
  ).toBeVisible();
  await expect(
    page.getByText(/About 2 hours 10 minutes, most of it because Follow Up Boss takes 1 note/),
  ).toBeVisible();
  await startButton(page).dblclick();
  await expect(page.getByRole("heading", { name: "Texting people" })).toBeVisible();
  const [preflight, ...starts] = stub.posts;
  expect(preflight?.path).toBe("preflight");
  const { wait_seconds, ...reviewed } = preflight?.body ?? {};
  expect(reviewed).toEqual({
    smart_list_id: "1",
    channel: "sms",
    call_type: "informational",
    instruction: "Ask whether Saturday suits.",
    click_id: reviewed.click_id,
  });
  expect(starts).toEqual([{ path: "start", body: reviewed }]);
});

test("a start whose answer was lost goes out again as what was reviewed", async ({ page }) => {
  stub.refuse.start = "drop";
  await toReview(page);
  await startButton(page).click();
  await expect.poll(() => stub.posts.filter(({ path }) => path === "start").length).toBeGreaterThan(1);
  stub.refuse = {};
  await expect(page.getByRole("heading", { name: "Texting people" })).toBeVisible({ timeout: 15_000 });
  expect(new Set(stub.posts.map(({ body }) => body.click_id)).size).toBe(1);
});

test("a long list is read while it says how far; leaving ends the reading", async ({ page }) => {
  stub.campaign = CHECKING;
  await chooseSms(page);
  await button(page, "Review the list").click();
  await expect(page.getByText("Read 2,300 of about 10,000 people")).toBeVisible();
  await expect(page.getByRole("progressbar", { name: "List read" })).toHaveAttribute("aria-valuenow", "23");
  await button(page, "Back").click();
  await expect(page.getByLabel("Instruction")).toHaveValue("Ask whether Saturday suits.");
  await expect.poll(() => stub.posts.map(({ path }) => path)).toEqual(["preflight", "b-1/cancel"]);
  stub.campaign = CHECKING;
  await button(page, "Review the list").click();
  await expect(page.getByText("Read 2,300 of about 10,000 people")).toBeVisible();
  stub.campaign = CHECKED;
  await expect(startButton(page)).toBeVisible();
  expect(stub.posts[2]?.body.click_id).not.toBe(stub.posts[0]?.body.click_id);
});

test("every part of the bar opens its names, a hundred at a time", async ({ page }) => {
  stub.people = Array.from({ length: 610 }, (_, index) => leftOut(index, "landline"));
  await toReview(page);
  await button(page, /^A landline, which cannot receive messages 610 people 6% Show names$/).click();
  await expect(page.getByRole("heading", { name: /A landline/ })).toBeFocused();
  await expect(page.getByRole("listitem")).toHaveCount(100);
  await expect(page.getByText("(416) 555-0007")).toBeVisible();
  await button(page, "Show more").click();
  await expect(page.getByText("200 of 610 shown")).toBeVisible();
  await button(page, "Back").click();
  await expect(startButton(page)).toBeVisible();
});

test("a review that is too old is made again, and says why", async ({ page }) => {
  await toReview(page);
  const message = "The review is too old: the list may have changed since.";
  stub.refuse.start = { status: 409, code: "review_expired", message };
  await startButton(page).click();
  await expect(page.getByText(message)).toBeVisible();
  await expect(startButton(page)).toBeVisible();
  const [first, , again] = stub.posts;
  expect(again?.path).toBe("preflight");
  expect(again?.body.click_id).not.toBe(first?.body.click_id);
});

test("a refusal says what to tell the admin, and nothing was started", async ({ page }) => {
  const message =
    "Campaigns need “Sync contacts” to be on, so that every result is written to Follow Up Boss.";
  stub.refuse.start = { status: 422, code: "sync_off", message };
  await toReview(page);
  await startButton(page).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(page.getByRole("alert")).toContainText("Sync contacts");
  await expect(button(page, "Copy for your admin")).toBeVisible();
  stub.refuse = {
    preflight: { status: 404, code: "smart_list_not_found", message: "This Smart List is gone." },
  };
  await button(page, "Check the list again").click();
  await expect(page.getByRole("heading", { name: "The list could not be checked" })).toBeVisible();
  await expect(page.getByRole("alert")).toContainText("Choose another list or channel.");
});

test("the review says how many wait for the hours where they are, and until when", async ({ page }) => {
  stub.campaign = LATE;
  await toReview(page);
  await expect(
    page.getByText(
      /34 of them wait until their contact hours begin, the first at \d+:00 [ap]m.* \(your time\)\./,
    ),
  ).toBeVisible();
});

test("nobody to reach is said kindly, with the reasons and no button", async ({ page }) => {
  stub.campaign = { ...CHECKED, total: 12, will_queue: 0, skipped: { no_phone: 12 }, eta_seconds: 0 };
  await chooseSms(page);
  await button(page, "Review the list").click();
  await expect(page.getByText("Nobody on this list can be reached by SMS.")).toBeVisible();
  await expect(button(page, /^No phone number 12 people 100%/)).toBeVisible();
  await expect(button(page, /^Text/)).toHaveCount(0);
});

test("pace and further tries are sent only when chosen, and refused beside their field when they cannot be", async ({
  page,
}) => {
  await page.goto(stub.url);
  await button(page, /^New leads/).click();
  await page.getByText("More: pace, further tries").click();
  await page.getByLabel("At the same time").fill("5");
  await page.getByRole("checkbox", { name: "No answer" }).check();
  await page.getByRole("checkbox", { name: "The line was busy" }).check();
  await page.getByLabel("Further tries").fill("2");
  await page.getByRole("combobox", { name: "After" }).selectOption({ label: "30 minutes" });
  await page.getByLabel("Only from").fill("09:00");
  await button(page, "Review the list").click();
  expect(stub.posts).toEqual([]);
  await page.getByLabel("until").fill("18:00");
  await button(page, "Review the list").click();
  await expect(
    page.getByText(/Tried again up to 2 times after 30 minutes: No answer, The line was busy\./),
  ).toBeVisible();
  expect(stub.posts[0]?.body).toMatchObject({
    pace: { at_once: 5 },
    retry: {
      outcomes: ["no_answer", "busy"],
      times: 2,
      after_minutes: 30,
      hours: { from: "09:00", to: "18:00", timezone: "America/Toronto" },
    },
  });
  await button(page, "Change").click();
  await page.getByRole("radio", { name: "Email" }).check();
  await expect(page.getByText("E-mail can only be informational.")).toBeVisible();
  await expect(page.getByRole("checkbox", { name: "No answer" })).toBeHidden();
});

test("300 lists are searched, and only those in view are asked for their size", async ({ page }) => {
  stub.model = { ...READY, smart_lists: MANY_LISTS };
  await page.goto(stub.url);
  await expect(button(page, /^Équipe list 0 1,230 people/)).toBeVisible();
  const asked = (): string[] =>
    stub.gets
      .filter((path) => path.startsWith("lists/sizes"))
      .flatMap((path) => decodeURIComponent(path).split(/[=,]/).slice(1));
  expect(asked().length).toBeLessThan(25);
  await page.getByLabel("Search").fill("equipe 297");
  await expect(page.getByText("1 of 300 lists")).toBeVisible();
  await expect(button(page, /^Équipe list 297 4,200 people/)).toBeVisible();
  expect(new Set(asked()).size).toBe(asked().length);
  await page.getByLabel("Search").fill("nothing like it");
  await expect(page.getByText("No Smart List is called “nothing like it”.")).toBeVisible();
});

test("lists that could not be read are asked for again; the list comes as a file", async ({ page }) => {
  stub.model = { ...READY, smart_lists: [], lists_problem: "Follow Up Boss did not answer in time." };
  stub.lists = READY.smart_lists ?? [];
  await page.goto(stub.url);
  await button(page, "Try again").click();
  await button(page, /^New leads/).click();
  await page.getByRole("radio", { name: "SMS" }).check();
  await button(page, "Review the list").click();
  const download = page.waitForEvent("download");
  await button(page, "Download the list").click();
  expect((await download).suggestedFilename()).toBe("New-leads.csv");
  await expect(button(page, "Copy the list")).toBeVisible();
});

test("the preview shows everything, asks the gateway nothing and starts nothing", async ({ page }) => {
  stub.model = { ...READY, session: "", preview: true };
  await page.goto(stub.url);
  await expect(page.getByText("This is a preview")).toBeVisible();
  await button(page, /^New leads/).click();
  await expect(button(page, "Review the list")).toBeDisabled();
  await page.getByLabel("Instruction").press("Control+Enter");
  expect([stub.gets, stub.posts]).toEqual([[], []]);
});

test("the keyboard alone goes from the list to the running campaign", async ({ page }) => {
  await page.goto(stub.url);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "New leads" })).toBeFocused();
  await page.getByRole("radio", { name: "Phone" }).focus();
  await page.keyboard.press("ArrowRight");
  await page.getByLabel("Instruction").focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(startButton(page)).toBeVisible();
  await startButton(page).focus();
  await page.keyboard.press("Space");
  await expect(page.getByRole("heading", { name: "Texting people" })).toBeVisible();
});

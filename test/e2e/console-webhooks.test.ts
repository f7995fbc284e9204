// Webhooks against a stand-in of the admin listener: places, deliveries, refused ones, the secret doctor, forwarding.
import { expect, type Page, test } from "@playwright/test";
import { type ConsoleStub, refusal, startConsoleStub } from "./console-stub.ts";
import { DELIVERIES, delivery, NO_WEBHOOKS, pageOf, WEBHOOK_ANSWERS } from "./console-webhook-samples.ts";

let stub: ConsoleStub;
test.use({ viewport: { width: 1280, height: 900 } });
test.beforeEach(async () => {
  stub = await startConsoleStub(WEBHOOK_ANSWERS);
});
test.afterEach(() => stub.close());
const open = (page: Page, route: string) => page.goto(`${stub.url}#${route}`);
const changes = (what: string) =>
  stub.changes.filter((change) => change.what === what).map(({ body }) => body);

test("the grid tells who holds each place and mends with one click", async ({ page }) => {
  await open(page, "/webhooks?tenant=fub-test");
  const places = page.getByRole("region", { name: "Places of fub-test" });
  await expect(places.getByRole("row", { name: /Tags were added/ })).toHaveText(
    /This gateway.*Free.*Registered/,
  );
  await expect(places.getByRole("row", { name: /People were deleted/ })).toHaveText(
    /hooks\.other-crm-tool\.example.*a-very-long-host.*No free place/,
  );
  await expect(places.getByText("Remove one of them in Follow Up Boss")).toBeVisible();
  await places.getByRole("button", { name: "Check and mend" }).click();
  await expect(places.getByText("All webhooks are registered and active.")).toBeVisible();
  expect(changes("POST /webhook-slots/reconcile")).toEqual([{ tenant: "fub-test" }]);
});

test("our webhooks are removed only after a second word", async ({ page }) => {
  await open(page, "/webhooks/slots?tenant=fub-test");
  await page.getByRole("button", { name: "Remove ours" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Keep it" }).click();
  expect(changes("POST /webhook-slots/remove")).toEqual([]);
  await page.getByRole("button", { name: "Remove ours" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove them" }).click();
  await expect(page.getByText("3 webhooks were removed.")).toBeVisible();
  expect(changes("POST /webhook-slots/remove")).toEqual([{ tenant: "fub-test" }]);
});

test("a delivery tells what came of it, whether it is genuine and what it started, and is run again", async ({
  page,
}) => {
  await open(page, "/webhooks");
  await page
    .getByRole("button", { name: /^Tags were added to people, Handled/ })
    .first()
    .click();
  const drawer = page.getByRole("dialog");
  await expect(drawer.getByText("1 outreach was started: Nivia Jones, by phone.")).toBeVisible();
  await expect(drawer.getByText("Yes: signed with the gateway's system key")).toBeVisible();
  await expect(drawer.getByText("(left out)")).toBeVisible();
  await drawer.getByRole("button", { name: "Run again" }).click();
  await expect(page.getByText("1 delivery is run again.")).toBeVisible();
  expect(changes("POST /deliveries/replay")).toEqual([{ ids: [620] }]);
  await drawer.getByRole("link", { name: "Show the story 812" }).click();
  await expect(page).toHaveURL(/#\/outreach\/e\/e-1$/);
});

test("deliveries are narrowed by state, event and words, and the link keeps it", async ({ page }) => {
  await open(page, "/webhooks");
  await page.getByRole("group", { name: "State" }).getByText("Given up", { exact: true }).click();
  await page.getByRole("combobox", { name: "Event", exact: true }).selectOption("peopleDeleted");
  await page.getByRole("searchbox", { name: "Event id, person id or result" }).fill("5e7f-3");
  await expect(page).toHaveURL(/state=failed&event=peopleDeleted&q=5e7f-3/);
  await expect
    .poll(() => stub.asked.some((asked) => /state=failed.*event=peopleDeleted.*search=5e7f-3/.test(asked)))
    .toBe(true);
  await page.reload();
  await expect(page.getByRole("button", { name: /^People were deleted, Given up/ }).first()).toBeVisible();
  await page.getByRole("searchbox").fill("no such thing");
  await expect(page.getByText("Nothing matches")).toBeVisible();
});

test("several are chosen by keyboard and run again together", async ({ page }) => {
  await open(page, "/webhooks");
  await page.getByRole("button", { name: "Choose several" }).press("Enter");
  const boxes = page.getByRole("checkbox", { name: /^Choose People were deleted, Given up/ });
  await boxes.nth(0).press("Space");
  await boxes.nth(1).press("Space");
  await expect(page.getByText("2 chosen")).toBeVisible();
  await page.getByRole("button", { name: "Run the chosen again" }).press("Enter");
  await expect(page.getByText("2 deliveries are run again.")).toBeVisible();
  expect((changes("POST /deliveries/replay")[0] as { ids: number[] }).ids).toHaveLength(2);
});

test("new ones wait behind a count while somebody reads further down", async ({ page }) => {
  await open(page, "/webhooks");
  await expect(page.getByRole("table", { name: "Deliveries, newest first" })).toBeVisible();
  const scroller = page.locator(".table-scroll");
  await scroller.evaluate((node) => {
    node.scrollTop = 2000;
  });
  const more = Array.from({ length: 12 }, (_, index) => delivery(632 - index));
  stub.answer({ "GET /deliveries": pageOf("deliveries", [...more, ...DELIVERIES]) });
  await expect(page.getByRole("button", { name: "12 new" })).toBeVisible({ timeout: 15_000 });
  expect(await scroller.evaluate((node) => node.scrollTop)).toBe(2000);
  await page.getByRole("button", { name: "12 new" }).click();
  await expect.poll(() => scroller.evaluate((node) => node.scrollTop)).toBe(0);
});

test("all pages are reached by the keyboard, only the rows in sight exist", async ({ page }) => {
  await open(page, "/webhooks");
  await page.locator("[data-row='0']").focus();
  for (let page_ = 0; page_ < 4; page_++) {
    await page.keyboard.press("End");
    await page.waitForTimeout(250);
  }
  await expect.poll(() => page.getByRole("table").last().getAttribute("aria-rowcount")).toBe("621");
  expect(await page.locator(".table-scroll tbody tr").count()).toBeLessThan(60);
});

test("one event is fetched by its id; what Follow Up Boss does not know is said", async ({ page }) => {
  stub.answer({
    "POST /deliveries/fetch": refusal(
      404,
      "delivery_not_found",
      "Follow Up Boss does not know this event (any more).",
    ),
  });
  await open(page, "/webhooks");
  await page.getByRole("button", { name: "Fetch one event" }).click();
  await page.getByLabel("Event id", { exact: false }).last().fill("ab12");
  await page.getByRole("button", { name: "Fetch it" }).click();
  await expect(page.getByText("Follow Up Boss does not know this event")).toBeVisible();
  stub.answer({ "POST /deliveries/fetch": { id: 620, known: false } });
  await page.getByRole("button", { name: "Fetch it" }).click();
  await expect(page).toHaveURL(/#\/webhooks\/deliveries\/620$/);
  expect(changes("POST /deliveries/fetch").at(-1)).toEqual({
    tenant: "fub-test",
    account: "",
    event_id: "ab12",
  });
  await expect(page.getByRole("dialog")).toHaveCount(1);
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: "Look for missed ones" }).click();
  await expect(page.getByText("What was missed appears here in a moment.")).toBeVisible();
});

test("what was turned away stands apart with the likely mistake", async ({ page }) => {
  await open(page, "/webhooks/rejected");
  await page.getByRole("button", { name: /^The delivery carries no FUB-Signature/ }).click();
  const drawer = page.getByRole("dialog");
  await expect(drawer.getByText("No signature", { exact: true })).toBeVisible();
  await drawer.getByRole("link", { name: "Open the system key" }).click();
  await expect(page).toHaveURL(/#\/settings\/platform$/);
});

test("the secret doctor tells what was tried in which order, what fits and what to do", async ({ page }) => {
  await open(page, "/webhooks/secrets");
  const refused = page.getByRole("article").first();
  await expect(refused.getByRole("listitem")).toHaveText([
    /the campaign app secret of “fub-test”.*Tried, did not fit/,
    /the single-contact app secret of “fub-test”.*Tried, did not fit/,
    /the gateway's campaign app secret.*Not set/,
    /the gateway's system key.*Tried, did not fit/,
    /the single-contact app secret of “solo”.*Fits as it is/,
  ]);
  await expect(refused.getByText("should name “solo”")).toBeVisible();
  await expect(page.getByText("Opens again since")).toBeVisible();
  await expect(page.getByRole("region", { name: "Single-contact app, fub-test" })).toContainText(
    "Opened with it last",
  );
  await expect(refused.getByRole("link", { name: "Open the campaign app's secret" })).toHaveAttribute(
    "href",
    "#/setup/fub-test",
  );
});

test("an address is added, its secret is shown this once and is then nowhere in the page", async ({
  page,
}) => {
  await open(page, "/webhooks/forwarding");
  await page.getByRole("button", { name: "Add an address" }).click();
  stub.answer({
    "POST /fan-out/:tenant": refusal(400, "invalid_request", "url: leads into a private network", [
      { path: "url", message: "leads into a private network" },
    ]),
  });
  await page.getByLabel("Short name").fill("mine");
  await page.getByRole("textbox", { name: "Address" }).fill("https://10.0.0.1/x");
  await page.getByRole("button", { name: "Add it" }).click();
  await expect(page.getByText("leads into a private network")).toBeVisible();
  stub.answer({ "POST /fan-out/:tenant": { id: "mine", secret: "whsec_made-for-the-test" } });
  await page.getByRole("button", { name: "Add it" }).click();
  await expect(page.getByText("whsec_made-for-the-test")).toBeVisible();
  await page.getByRole("button", { name: "I have copied it" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(await page.content()).not.toContain("whsec_");
});

test("an address is tested, given up ones are sent again, and it goes only by its name", async ({ page }) => {
  await open(page, "/webhooks/forwarding");
  const router = page.getByRole("article").filter({ hasText: "lead-router" });
  await expect(router.getByText("It answered 503 and is tried again.")).toBeVisible();
  await router.getByRole("button", { name: "Send a test" }).click();
  await expect(router.getByText("It was accepted.")).toBeVisible();
  await router.getByRole("button", { name: "Send the 3 given up again" }).click();
  await expect(page.getByText("3 events are sent again.")).toBeVisible();
  expect(changes("POST /fan-out-attempts/replay")).toEqual([{ tenant: "fub-test", target: "lead-router" }]);
  await router.getByRole("button", { name: "Remove" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: "Remove", exact: true })).toBeDisabled();
  await dialog.getByRole("textbox").fill("lead-router");
  await dialog.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.getByText("Removed; 12 waiting events were dropped.")).toBeVisible();
  await page.getByRole("button", { name: /peopleTagsCreated to lead-router: Given up/ }).click();
  await expect(page.getByRole("dialog").getByText("It answered 500 for three days")).toBeVisible();
});

test("through a support link everything is read and nothing can be done", async ({ page }) => {
  stub.answer({ "GET /session": { read_only: true, until: new Date(Date.now() + 9e5).toISOString() } });
  await open(page, "/webhooks?tenant=fub-test");
  const check = page.getByRole("button", { name: "Check and mend" });
  await expect(check).toHaveAttribute("aria-disabled", "true");
  await check.click({ force: true });
  await open(page, "/webhooks/forwarding");
  await expect(page.getByRole("button", { name: "Add an address" })).toHaveAttribute("aria-disabled", "true");
  expect(stub.changes).toEqual([]);
});

test("empty parts say what will appear there; a part that fails says so and tries again", async ({
  page,
}) => {
  stub.answer(NO_WEBHOOKS);
  for (const [route, said] of [
    ["/webhooks", "Nothing was delivered yet"],
    ["/webhooks/slots?tenant=fub-test", "No webhooks are registered"],
    ["/webhooks/rejected", "Nothing was turned away"],
    ["/webhooks/secrets", "Every app opened so far"],
    ["/webhooks/forwarding", "Nothing is forwarded"],
  ] as const) {
    await open(page, route);
    await expect(page.getByText(said).first()).toBeVisible();
  }
  stub.answer({ "GET /rejected-deliveries": refusal(503, "storage_unavailable", "The database is busy.") });
  await page.reload();
  await open(page, "/webhooks/rejected");
  await expect(page.getByText("The database is busy.")).toBeVisible();
  stub.answer(WEBHOOK_ANSWERS);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("button", { name: /^The signature was made/ }).first()).toBeVisible();
});

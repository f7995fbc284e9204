// The conversation and the contact hours on the single-contact page, against a stand-in of its routes: an agent writes, takes
// over, ends; and an outreach waits for the contact's morning.
import { expect, type Page, test } from "@playwright/test";
import { AUTOMATED, CHATTING, CLOSED, NEEDS_AGENT } from "./embed-conversation-samples.ts";
import { LATE, OPENS_AT, READY, SCHEDULED, STARTED } from "./embed-samples.ts";
import { type EmbedStub, startEmbedStub } from "./embed-stub.ts";
import { settle } from "./look-at.ts";

let stub: EmbedStub;
test.use({ viewport: { width: 350, height: 700 } });
test.beforeEach(async () => {
  stub = await startEmbedStub();
  stub.model = READY;
});
test.afterEach(() => stub.close());

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const field = (page: Page) => page.getByRole("textbox", { name: "Write to Nivia" });
const watch = async (page: Page, engagement: Parameters<EmbedStub["play"]>[0]): Promise<void> => {
  stub.model = { ...READY, running: engagement };
  stub.play(engagement);
  await page.goto(stub.url);
};
const refusal = (status: number, code: string, message: string, details?: unknown) => ({
  status,
  body: { error: { code, message, ...(details === undefined ? {} : { details }) } },
});

test("an agent takes over from the assistant, writes, and sees the message go out", async ({ page }) => {
  await watch(page, AUTOMATED);
  await expect(page.getByText("The assistant answers.")).toBeVisible();
  await expect(page.getByText("Writing yourself takes over from the assistant.")).toBeVisible();
  await button(page, "Take over").click();
  await expect(page.getByText("You answer.")).toBeVisible();
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("Eleven works. See you then!");
  await page.keyboard.press("Enter");
  const log = page.getByRole("log");
  // Whose words are whose.
  await expect(log.locator(".speaker").first()).toHaveText("Ann One");
  await expect(log).toContainText("Eleven works. See you then!");
  await expect(log.getByText("Waiting to be sent")).toBeVisible();
  await expect(field(page)).toHaveValue("");
  await expect(field(page)).toBeFocused();
  expect(stub.posts).toEqual([
    { path: "e-1/conversation", body: { answers: "agent" } },
    {
      path: "e-1/messages",
      body: { text: "Eleven works. See you then!", click_id: stub.posts[1]?.body.click_id },
    },
  ]);
  await button(page, "Let the assistant answer").click();
  await expect(page.getByText("The assistant answers.")).toBeVisible();
  await expect(button(page, "Take over")).toBeFocused();
});

test("a reply that is refused says why and stays; the same text is the same message while nobody has decided", async ({
  page,
}) => {
  await watch(page, AUTOMATED);
  stub.answerPost = refusal(503, "shutting_down", "The gateway is stopping. Try again in a moment.");
  await field(page).fill("Eleven works.");
  await button(page, "Send").click();
  await expect(page.getByRole("alert")).toContainText("Your text is still there.");
  stub.answerPost = refusal(422, "opted_out", "Nivia asked not to be contacted.");
  await button(page, "Send").click();
  await expect(page.getByRole("alert")).toHaveText("Nivia asked not to be contacted.");
  await expect(field(page)).toHaveValue("Eleven works.");
  expect(new Set(stub.posts.map(({ body }) => body.click_id)).size).toBe(1);
});

test("what did not go out stands below the talk with its reason and can be written again", async ({
  page,
}) => {
  await watch(page, NEEDS_AGENT);
  await expect(page.getByText("Nivia asked for a person.")).toBeVisible();
  const log = page.getByRole("log");
  await expect(log.getByText("Not sent: The carrier does not reach this number")).toBeVisible();
  await expect(log.getByText("It is not known whether this was sent.")).toBeVisible();
  await field(page).fill("Sorry, once more:");
  await button(page, "Write it again").first().click();
  await expect(field(page)).toHaveValue("Sorry, once more:\nWhich entrance do you prefer?");
  await expect(field(page)).toBeFocused();
});

test("after its end somebody may still write back: the page follows on, and what was ended can go on", async ({
  page,
}) => {
  await watch(page, AUTOMATED);
  await button(page, "End conversation").click();
  await expect(page.getByText("The conversation is over. Ann One ended the conversation.")).toBeVisible();
  await expect(field(page)).toBeHidden();
  stub.play(CLOSED);
  await expect(page.getByRole("heading", { name: "Answered" })).toBeVisible();
  await expect(page.getByText("Nothing was said for 24 hours.")).toBeVisible();
  await button(page, "Write again").click();
  await expect(field(page)).toBeFocused();
  stub.play({
    ...CLOSED,
    transcript: [
      ...CLOSED.transcript,
      { at: new Date().toISOString(), direction: "inbound", text: "One more thing" },
    ],
  });
  await expect(page.getByRole("log")).toContainText("One more thing");
  stub.play({ ...CLOSED, outcome: "not_interested" });
  await expect(page.getByRole("heading", { name: "Not interested" })).toBeVisible();
  await expect(button(page, "Write again")).toBeHidden();
});

test("the chat's link can be copied; a call has nothing to write to", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await watch(page, CHATTING);
  await button(page, "Copy the link").click();
  await expect(button(page, "Copied")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(CHATTING.conversation?.chat_link);
  await expect(button(page, "Let the assistant answer")).toBeHidden();
  stub.play({
    ...STARTED,
    ...(NEEDS_AGENT.conversation ? { conversation: { ...NEEDS_AGENT.conversation, pending: [] } } : {}),
  });
  await expect(page.getByRole("heading", { name: "Call in progress" })).toBeVisible();
  await expect(page.getByText("Nivia asked for a person.")).toBeVisible();
  await expect(field(page)).toBeHidden();
  await expect(button(page, "End conversation")).toBeHidden();
});

test("too early or too late there is one button, which says when it will go out and sends that", async ({
  page,
}) => {
  stub.model = LATE;
  stub.play({ ...SCHEDULED });
  await page.goto(stub.url);
  await expect(page.getByText("It is 9:40 pm where Nivia is.")).toBeVisible();
  await expect(page.getByText("Not before 8:00 am tomorrow, their time")).toBeVisible();
  await page.getByRole("radio", { name: /555-0188/ }).check();
  await expect(button(page, "Call Nivia from (416) 555-0111")).toBeEnabled();
  await expect(page.getByText("It is 9:40 pm where Nivia is.")).toBeHidden();
  await page.getByRole("radio", { name: /555-0123/ }).check();
  await button(page, "Call Nivia at 8:00 am tomorrow, their time").click();
  await expect(
    page.getByRole("heading", { name: /^Waiting until \d+:\d\d [ap]m.* \(your time\)$/ }),
  ).toBeVisible();
  await expect(page.getByText("this page need not stay open")).toBeVisible();
  await page.getByText("What happened, step by step").click();
  await expect(page.getByText(/until \d+:\d\d [ap]m/).last()).toBeVisible();
  await expect(page.getByText(OPENS_AT)).toHaveCount(0);
  expect(stub.starts).toMatchObject([
    { channel: "phone", contact: "+14165550123", scheduled_time: OPENS_AT },
  ]);
  stub.play(STARTED);
  await expect(page.getByRole("heading", { name: "Call in progress" })).toBeVisible();
});

test("a refusal for hours offers the next time, as a new click; other rules say their sentence and nothing else", async ({
  page,
}) => {
  const message = "It is 7:10 am where Nivia is; calls may go out from 8:00 am, their time.";
  stub.answerStart = ({ scheduled_time }) =>
    scheduled_time === undefined
      ? refusal(422, "outside_hours", message, { rule: "outside_hours", next_allowed_at: OPENS_AT })
      : { status: 202, body: { engagement_id: "e-1", status: "accepted" } };
  stub.play(SCHEDULED);
  await page.goto(stub.url);
  await button(page, "Call Nivia from (416) 555-0111").click();
  await expect(page.getByRole("alert")).toContainText(message);
  await expect(page.getByRole("alert").getByRole("button")).toHaveCount(1);
  await button(page, /^Schedule for \d+:\d\d [ap]m.* \(your time\)$/).click();
  await expect(page.getByRole("heading", { name: /^Waiting until/ })).toBeVisible();
  const [first, second] = stub.starts;
  expect(second).toMatchObject({ ...first, click_id: second?.click_id, scheduled_time: OPENS_AT });
  expect(second?.click_id).not.toBe(first?.click_id);
  await button(page, "Start another").click();
  for (const code of ["opted_out", "do_not_call", "no_consent", "contact_cap"]) {
    stub.answerStart = () => refusal(422, code, `The rule ${code} says no.`);
    await button(page, "Call Nivia from (416) 555-0111").click();
    await expect(page.getByRole("alert")).toHaveText(`The rule ${code} says no.`);
  }
});

test("an ended session keeps the reply that was being written", async ({ page }) => {
  await watch(page, AUTOMATED);
  stub.answerPost = refusal(401, "session_expired", "This page has been open too long.");
  await field(page).fill("Half a thought");
  await button(page, "Send").click();
  await button(page, "Reload this app").click();
  await expect(page.getByRole("alert")).toBeHidden();
  await expect(field(page)).toHaveValue("Half a thought");
});

test("whoever reads further up is not moved, nor the field below, and is told how many are new", async ({
  page,
}) => {
  const row = (index: number) => ({
    at: new Date().toISOString(),
    direction: index % 2 === 0 ? ("inbound" as const) : ("outbound" as const),
    text: `Message number ${index}`,
  });
  const transcript = Array.from({ length: 30 }, (_, index) => row(index));
  await watch(page, { ...AUTOMATED, transcript });
  const log = page.getByRole("log");
  await expect(log.getByText("Message number 29")).toBeInViewport();
  await log.evaluate((node) => node.scrollTo(0, 100));
  await settle(page);
  const before = await field(page).boundingBox();
  stub.play({ ...AUTOMATED, transcript: [...transcript, row(30)] });
  await button(page, "1 new message").click();
  await expect(log.getByText("Message number 30")).toBeInViewport();
  await expect(log).toBeFocused();
  expect((await field(page).boundingBox())?.y).toBe(before?.y);
});

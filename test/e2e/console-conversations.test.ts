// Conversations in a browser, against a stand-in of the admin listener: who waits, what was said, replying, taking over.
import { expect, type Page, test } from "@playwright/test";
import type { Conversation } from "../../shared/conversation.schema.ts";
import {
  CHANNEL_ANSWERS,
  CONVERSATION,
  CONVERSATIONS,
  said,
  type TRANSCRIPT,
} from "./console-channel-samples.ts";
import { HEBREW, ROWS } from "./console-samples.ts";
import { type ConsoleStub, refusal, startConsoleStub } from "./console-stub.ts";
import { checkLooks } from "./look-at.ts";

let stub: ConsoleStub;
test.use({ viewport: { width: 1280, height: 900 }, actionTimeout: 10_000 });
test.beforeEach(async () => {
  stub = await startConsoleStub(CHANNEL_ANSWERS);
});
test.afterEach(() => stub.close());

const open = (page: Page, route: string) => page.goto(`${stub.url}#${route}`);
const bodies = (what: string) =>
  stub.changes.filter((change) => change.what === what).map(({ body }) => body);
const converse = (changes: Partial<Conversation>): void =>
  stub.answer({ "GET /engagements/e-1/conversation": { ...CONVERSATION, ...changes } });
const transcript = (rows: typeof TRANSCRIPT): void =>
  stub.answer({ "GET /engagements/e-1": { ...ROWS[0], transcript: rows, history: [] } });
const side = (page: Page) => page.getByRole("dialog", { name: "Conversation" });

test("those that need an agent are marked and counted, and can be looked at alone", async ({ page }) => {
  await open(page, "/outreach");
  const link = page.getByRole("link", { name: /^Conversations/ });
  await expect(link).toContainText("2");
  await link.click();
  await expect(page.getByRole("row").nth(1)).toContainText("Needs an agent");
  await expect(page.getByRole("button", { name: `${HEBREW}, Chat: Needs an agent. Show` })).toBeVisible();
  await expect(page.getByRole("row")).toHaveCount(CONVERSATIONS.conversations.length + 1);
  await page.getByRole("group", { name: "What to show" }).getByText("Needs an agent").click();
  await expect(page.getByRole("row")).toHaveCount(3);
  await expect(page).toHaveURL(/show=waiting/);
});

test("a reply is sent with Ctrl and Enter; one that fails stays, and is the same message again", async ({
  page,
}) => {
  await open(page, "/outreach/conversations");
  await page.getByRole("button", { name: /^Nivia Jones, SMS: Needs an agent/ }).focus();
  await page.keyboard.press("Enter");
  await expect(side(page).getByText("Nivia Jones asked for a person.")).toBeVisible();
  await expect(side(page).getByText("The phone cannot be reached at the moment (30003).")).toBeVisible();
  stub.answer({
    "POST /engagements/e-1/messages": refusal(422, "opted_out", "This person asked not to be contacted."),
  });
  const box = side(page).getByRole("textbox", { name: "Reply" });
  await box.fill("Of course.\nI call you at noon.");
  await box.press("Control+Enter");
  await expect(side(page).getByText("This person asked not to be contacted.")).toBeVisible();
  await expect(box).toHaveValue("Of course.\nI call you at noon.");
  stub.answer(CHANNEL_ANSWERS);
  await side(page).getByRole("button", { name: "Send" }).click();
  await expect(box).toHaveValue("");
  await box.fill("And one more.");
  await box.press("Control+Enter");
  await expect(box).toHaveValue("");
  const sent = bodies("POST /engagements/e-1/messages") as { text: string; click_id: string }[];
  expect(sent.map(({ text }) => text)).toEqual([
    ...["Of course.\nI call you at noon.", "Of course.\nI call you at noon."],
    "And one more.",
  ]);
  expect(new Set(sent.map(({ click_id }) => click_id)).size).toBe(2);
  expect(sent[0]?.click_id).toBe(sent[1]?.click_id);
});

test("what is said arrives by itself; who reads further up is not moved, and told how many are new", async ({
  page,
}) => {
  const long = Array.from({ length: 40 }, (_, index) => said(4000 - index, "inbound", `Line ${index}`));
  transcript(long);
  await open(page, "/outreach/conversations/e-1");
  const log = side(page).getByRole("log");
  await expect(log.getByText("Line 39")).toBeInViewport();
  await expect.poll(() => stub.listening()).toBe(1);
  const tell = () => stub.send({ event: "engagement", data: { engagement_id: "e-1" } });
  transcript([...long, said(1, "inbound", "Are you there?")]);
  tell();
  await expect(log.getByText("Are you there?")).toBeInViewport();
  await log.evaluate((node) => node.scrollTo(0, 0));
  transcript([...long, said(2, "inbound", "Are you there?"), said(1, "inbound", "Hello?")]);
  tell();
  const more = side(page).getByRole("button", { name: "1 new" });
  await expect(more).toBeVisible();
  expect(await log.evaluate((node) => node.scrollTop)).toBe(0);
  await more.click();
  await expect(log.getByText("Hello?")).toBeInViewport();
  await expect(more).toHaveCount(0);
});

test("an agent takes over, hands back, ends and opens again", async ({ page }) => {
  converse({ answers: "automated", needs_agent: null, pending: [] });
  await open(page, "/outreach/conversations/e-1");
  await expect(side(page).getByText("A language model answers this contact.")).toBeVisible();
  await expect(side(page).getByRole("textbox", { name: "Reply" })).toHaveAccessibleDescription(/takes over/);
  converse({ pending: [] });
  await side(page).getByRole("button", { name: "Take over" }).click();
  await side(page).getByRole("button", { name: "Let the assistant answer" }).click();
  await side(page).getByRole("button", { name: "End the conversation" }).click();
  converse({
    answers: "nobody",
    can_reply: false,
    needs_agent: null,
    pending: [],
    closed: "Ann One ended it.",
  });
  await page
    .getByRole("dialog", { name: "End this conversation?" })
    .getByRole("button", { name: "End it" })
    .click();
  await expect(side(page).getByText("Ann One ended it.")).toBeVisible();
  await expect(side(page).getByText("Nothing can be written to this contact now.")).toBeVisible();
  await expect(side(page).getByRole("textbox", { name: "Reply" })).toHaveCount(0);
  await side(page).getByRole("button", { name: "Open it again" }).click();
  await expect
    .poll(() => bodies("POST /engagements/e-1/conversation"))
    .toEqual([{ answers: "agent" }, { answers: "automated" }, { answers: "nobody" }, { answers: "agent" }]);
});

test("without a machine set up none is offered; a chat shows its link to hand on", async ({ page }) => {
  converse({ can_automate: false, chat_link: "https://gateway.example.com/chat/made-for-the-test" });
  await open(page, "/outreach/conversations/e-1");
  await expect(side(page).getByText("https://gateway.example.com/chat/made-for-the-test")).toBeVisible();
  await expect(side(page).getByRole("button", { name: "Let the assistant answer" })).toHaveCount(0);
  await checkLooks(page, "chat link");
});

test("a call has a transcript and no box; a conversation that cannot be read says so", async ({ page }) => {
  await open(page, "/outreach/e/e-2");
  const drawer = page.getByRole("dialog", { name: "Outreach" });
  await expect(drawer.getByRole("log")).toBeVisible();
  await expect(drawer.getByRole("textbox")).toHaveCount(0);
  stub.answer({ "GET /engagements/:id/conversation": refusal(500, "internal", "Something went wrong.") });
  await page.reload();
  await expect(drawer.getByText("Something went wrong.")).toBeVisible();
  await expect(drawer.getByRole("log")).toBeVisible();
});

test("through a support link a conversation is read and nothing is written", async ({ page }) => {
  stub.answer({ "GET /session": { read_only: true, until: null } });
  await open(page, "/outreach/conversations/e-1");
  const box = side(page).getByRole("textbox", { name: "Reply" });
  await expect(box).not.toBeEditable();
  await box.press("Control+Enter");
  await side(page).getByRole("button", { name: "End the conversation" }).click({ force: true });
  await expect(page.getByRole("dialog")).toHaveCount(1);
  expect(stub.changes).toEqual([]);
});

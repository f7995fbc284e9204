// The contact's chat page alone in a browser, against a stand-in of its routes: what a contact does and sees on a telephone.
import { expect, type Page, test } from "@playwright/test";
import { CLOSED, EXPIRED, FIRST, LONG, said, UNDER_WAY } from "./chat-samples.ts";
import { type ChatStub, startChatStub } from "./chat-stub.ts";
import { complaintsOf, settle } from "./look-at.ts";

let stub: ChatStub;
test.use({ viewport: { width: 350, height: 640 } });
test.beforeEach(async () => {
  stub = await startChatStub(FIRST);
});
test.afterEach(() => stub.close());

const log = (page: Page) => page.getByRole("log", { name: "Messages" });
const field = (page: Page) => page.getByRole("textbox", { name: "Write a message" });
const send = (page: Page) => page.getByRole("button", { name: "Send" });
const again = (page: Page) => page.getByRole("button", { name: "Try again" });
const open = async (page: Page): Promise<void> => {
  await page.goto(stub.url);
  await expect.poll(() => stub.followers()).toBe(1);
};

test("somebody who never heard of it sees who writes, that a machine does, and how to end it; then both write", async ({
  page,
}) => {
  const complaints = complaintsOf(page);
  await open(page);
  await expect(page.getByRole("heading", { name: "Fub Test Realty" })).toBeVisible();
  await expect(page.getByText("You are writing with Ann One")).toBeVisible();
  await expect(log(page).getByText("Automated")).toBeVisible();
  await expect(log(page).getByText("write STOP")).toBeVisible();
  await field(page).fill("Yes, but can we");
  await field(page).press("Shift+Enter");
  await field(page).pressSequentially("make it eleven? ");
  await field(page).press("Enter");
  await expect(field(page)).toHaveValue("");
  await expect(field(page)).toBeFocused();
  await expect(log(page)).toContainText("You: Yes, but can we\nmake it eleven?");
  await expect(log(page).getByText("write STOP")).toBeHidden();
  await expect(log(page).getByText("Sending…")).toHaveCount(0);
  expect(stub.writes).toEqual([
    { text: "Yes, but can we\nmake it eleven?", click_id: stub.writes[0]?.click_id },
  ]);
  stub.say(said("Eleven it is. <b>Ann</b>", "outbound"));
  await expect(log(page)).toContainText("Eleven it is. <b>Ann</b>");
  await expect(log(page).getByText("Automated")).toHaveCount(1);
  expect(complaints).toEqual([]);
});

test("an empty message is not sent, one beyond the limit says by how much, and the button is large enough for a thumb", async ({
  page,
}) => {
  await open(page);
  await send(page).click();
  await expect(field(page)).toBeFocused();
  await field(page).fill("x".repeat(2003));
  await expect(page.getByText("3 characters too long")).toBeVisible();
  await expect(send(page)).toBeDisabled();
  await field(page).press("Enter");
  await field(page).fill("x".repeat(1999));
  await expect(page.getByText("1 character left")).toBeVisible();
  const box = await send(page).boundingBox();
  expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
  // It has grown with its text, but leaves the talk in view.
  const height = (await field(page).boundingBox())?.height ?? 0;
  expect(height).toBeGreaterThan(100);
  expect(height).toBeLessThanOrEqual(256);
  expect(stub.writes).toEqual([]);
});

test("a message whose answer is lost is the same message when it goes out again", async ({ page }) => {
  stub.answerWrite = () => "lose";
  stub.stream = "refuse";
  await page.goto(stub.url);
  await field(page).fill("Are you there?");
  await send(page).click();
  await expect(log(page).getByText("Are you there?")).toHaveCount(1);
  await expect.poll(() => stub.writes.length).toBe(2);
  expect(new Set(stub.writes.map(({ click_id }) => click_id)).size).toBe(1);
  // The page finds it in the chat by itself, and shows it once.
  await expect(log(page).getByText("Sending…")).toHaveCount(0);
  await expect(log(page).getByText("Are you there?")).toHaveCount(1);
});

test("what the gateway cannot take now can be sent again, what it refuses says why, and the next one goes out", async ({
  page,
}) => {
  const busy = { status: 429, code: "rate_limited", message: "Too many requests." };
  const bad = { status: 400, code: "invalid_request", message: "The request is not valid." };
  stub.answerWrite = ({ text }) => (text === "First" ? busy : text === "Second" ? bad : undefined);
  await open(page);
  for (const text of ["First", "Second", "Third"]) {
    await field(page).fill(text);
    await field(page).press("Enter");
  }
  await expect(log(page)).toContainText("Third");
  await expect(log(page).getByText("Not sent: The request is not valid.")).toBeVisible();
  await expect(again(page)).toHaveCount(1);
  stub.answerWrite = () => undefined;
  await again(page).click();
  await expect(again(page)).toHaveCount(0);
  const ids = stub.writes.filter(({ text }) => text === "First").map(({ click_id }) => click_id);
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
});

test("a lost connection is said, what was written meanwhile goes out when it is back", async ({ page }) => {
  await open(page);
  stub.down = true;
  stub.cut();
  await field(page).fill("Still there?");
  await send(page).click();
  await expect(page.getByText("No connection. Trying again…")).toBeVisible({ timeout: 15_000 });
  await expect(again(page)).toBeVisible({ timeout: 15_000 });
  stub.down = false;
  await expect(page.getByText("Connected again.")).toBeVisible({ timeout: 15_000 });
  await expect(again(page)).toHaveCount(0);
  await expect.poll(() => stub.chat?.messages.at(-1)?.text).toBe("Still there?");
});

test("whoever reads older messages is not moved, and is told how many are new", async ({ page }) => {
  stub.chat = LONG;
  await open(page);
  await expect(log(page).getByText("Message number 59")).toBeInViewport();
  await page.evaluate(() => window.scrollTo(0, 300));
  await settle(page);
  stub.say(said("Something new", "outbound"));
  await expect(page.getByRole("button", { name: "1 new message" })).toBeVisible();
  stub.say(said("Something newer", "outbound"));
  await page.getByRole("button", { name: "2 new messages" }).click();
  await expect(log(page).getByText("Something newer")).toBeInViewport();
  await expect(page.getByRole("button", { name: "new message" })).toHaveCount(0);
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain("Something new");
  stub.say(said("And newest", "outbound"));
  await expect(log(page).getByText("And newest")).toBeInViewport();
});

test("a chat that ends says why in place of the field, and an expired link says so while it is open", async ({
  page,
}) => {
  await open(page);
  stub.play(CLOSED);
  await expect(page.getByText("You asked not to be contacted any more")).toBeVisible();
  await expect(field(page)).toBeHidden();
  stub.play(UNDER_WAY);
  await expect(field(page)).toBeHidden();
  stub.play({ ...CLOSED, open: true, closed: null });
  await expect(field(page)).toBeVisible();
  stub.chat = null;
  stub.problem = EXPIRED;
  stub.cut();
  await expect(page.getByText(EXPIRED)).toBeVisible({ timeout: 15_000 });
  await expect(field(page)).toBeHidden();
});

test("a link that leads nowhere is a page that says so", async ({ page }) => {
  stub.chat = null;
  await page.goto(stub.url);
  await expect(page.getByRole("heading", { name: "This chat cannot be opened" })).toBeVisible();
  await expect(page.getByText("Check that it was copied as a whole.")).toBeVisible();
});

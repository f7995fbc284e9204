// Every state of the contact's chat page in both colour schemes and from 280 px to a desktop: axe, nothing cut off, and
// pictures to look at. And what it weighs.
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { expect, type Page, test } from "@playwright/test";
import type { ChatState } from "../../shared/chat.schema.ts";
import { CLOSED, EMPTY, EXPIRED, FIRST, HARD, LONG, said, UNDER_WAY } from "./chat-samples.ts";
import { type ChatStub, startChatStub } from "./chat-stub.ts";
import { findFaults } from "./find-faults.ts";
import { checkFits, complaintsOf, settle } from "./look-at.ts";

let stub: ChatStub;
// Many pictures each.
test.describe.configure({ timeout: 120_000 });
test.use({ viewport: { width: 350, height: 640 } });
test.beforeEach(async () => {
  stub = await startChatStub(FIRST);
});
test.afterEach(() => stub.close());

interface Look {
  readonly chat: ChatState | null;
  /** Goes to what is to be seen. */
  readonly go?: (page: Page) => Promise<void>;
  /** Kept beside the README's pictures. */
  readonly kept?: boolean;
}
const field = (page: Page) => page.getByRole("textbox", { name: "Write a message" });
const write = async (page: Page, text: string): Promise<void> => {
  await field(page).fill(text);
  await field(page).press("Enter");
};

const TALKS: Readonly<Record<string, Look>> = {
  first: { chat: FIRST },
  "under-way": { chat: UNDER_WAY, kept: true },
  hard: {
    chat: HARD,
    go: (page) => field(page).fill("هل يمكن أن يأتي أخي أيضا؟\n".repeat(12)),
  },
  empty: { chat: EMPTY },
  closed: { chat: CLOSED },
  problem: { chat: null },
};
const TROUBLES: Readonly<Record<string, Look>> = {
  unsent: {
    chat: UNDER_WAY,
    go: async (page) => {
      stub.answerWrite = ({ text }) =>
        text.startsWith("Which")
          ? { status: 503, code: "storage_unavailable", message: "" }
          : { status: 422, code: "invalid_request", message: "The request is not valid." };
      await write(page, "Which entrance should we take, the one at the garden or the one at the street?");
      await write(page, "And is there parking?");
      await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
    },
  },
  unread: {
    chat: LONG,
    go: async (page) => {
      await page.evaluate(() => window.scrollTo(0, 500));
      await settle(page);
      stub.say(said("Something new", "outbound"));
      await expect(page.getByRole("button", { name: "1 new message" })).toBeVisible();
    },
  },
  lost: {
    chat: UNDER_WAY,
    go: async (page) => {
      await expect.poll(() => stub.followers()).toBe(1);
      stub.down = true;
      stub.cut();
      await expect(page.getByText("No connection. Trying again…")).toBeVisible({ timeout: 15_000 });
    },
  },
};

/** With UPDATE_SCREENSHOTS=1 the kept pictures are taken anew; else all are left beside the results. */
const picture = (name: string, kept: boolean, output: string): string =>
  process.env.UPDATE_SCREENSHOTS && kept ? `test/e2e/screenshots/chat-${name}.png` : output;

/** 175 px is a narrow telephone at twice the size; low is one on its side. */
const SIZES = [
  [280, 560],
  [640, 400],
  [1280, 800],
  [640, 280],
  [175, 320],
] as const;

async function lookAt(page: Page, looks: Readonly<Record<string, Look>>, output: (file: string) => string) {
  const complaints = complaintsOf(page);
  for (const [name, look] of Object.entries(looks)) {
    stub.down = false;
    stub.chat = look.chat;
    stub.problem = EXPIRED;
    await page.setViewportSize({ width: 350, height: 640 });
    await page.goto(stub.url);
    await look.go?.(page);
    await expect(page.locator("h1")).toBeVisible();
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      // The other scheme changes nothing but colours.
      const part = colorScheme === "light" ? "all" : "colours";
      expect(await findFaults(page, part), `${name} in ${colorScheme}`).toEqual([]);
      const file = `${name}-${colorScheme}`;
      await page.screenshot({
        path: picture(file, look.kept ?? false, output(`${file}.png`)),
      });
    }
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height });
      await settle(page);
      await checkFits(page, `${name} at ${width} px`);
      if (width < 300) await page.screenshot({ path: output(`${name}-${width}.png`) });
    }
  }
  // Chromium itself complains about answers that are refusals, and about connections that are cut.
  expect(complaints.filter((words) => !words.startsWith("Failed to load resource"))).toEqual([]);
}

test("what is said and how it ends: nothing for axe to find, nothing cut off at any size", ({
  page,
}, testInfo) => lookAt(page, TALKS, (file) => testInfo.outputPath(file)));

test("what went wrong and what is new: nothing for axe to find, nothing cut off at any size", ({
  page,
}, testInfo) => lookAt(page, TROUBLES, (file) => testInfo.outputPath(file)));

test("script and style together stay below 12 KB compressed and can stand inside a page", async () => {
  const files = await Promise.all(
    ["chat.js", "chat.css"].map((name) =>
      readFile(new URL(`../../dist/renderer/chat/${name}`, import.meta.url), "utf8"),
    ),
  );
  expect(gzipSync(files.join("\n"), { level: 4 }).length).toBeLessThan(12 * 1024);
  expect(files.join("\n")).not.toMatch(/<\/(script|style)|<!--/i);
});

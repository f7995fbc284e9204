// Every state of the single-contact page in both colour schemes and from 280 to 640 px: axe, the browser's own complaints,
// nothing cut off, also at twice the size, and pictures to look at.
import { expect, type Page, test } from "@playwright/test";
import type { EmbedModel } from "../../shared/embed.schema.ts";
import { AUTOMATED, CHATTING, CLOSED, NEEDS_AGENT } from "./embed-conversation-samples.ts";
import {
  ENDED,
  HARD_NAMES,
  LATE,
  OPENS_AT,
  PARKED,
  PROBLEM,
  READY,
  SCHEDULED,
  STARTED,
} from "./embed-samples.ts";
import { type EmbedStub, startEmbedStub } from "./embed-stub.ts";
import { findFaults } from "./find-faults.ts";
import { checkFits, complaintsOf, settle } from "./look-at.ts";

let stub: EmbedStub;
// Many pictures each.
test.describe.configure({ timeout: 120_000 });
test.beforeEach(async () => {
  stub = await startEmbedStub();
});
test.afterEach(() => stub.close());

interface Look {
  readonly model: EmbedModel;
  /** Goes to what is to be seen. */
  readonly go?: (page: Page) => Promise<void>;
  /** Kept beside the README's pictures. */
  readonly kept?: boolean;
}
const ARABIC: EmbedModel = { ...READY, person: { id: "9", name: "محمد عبد الرحمن آل سعود" } };
const refuse = async (page: Page): Promise<void> => {
  const error = {
    code: "outside_hours",
    message: "It is 7:10 am where Nivia is; calls may go out from 8:00 am to 9:00 pm, their time.",
    details: { rule: "outside_hours", next_allowed_at: OPENS_AT },
  };
  stub.answerStart = () => ({ status: 422, body: { error } });
  await page.getByRole("button", { name: /^Call Nivia/ }).click();
  await expect(page.getByRole("button", { name: /^Schedule for/ })).toBeVisible();
};

const FORMS: Readonly<Record<string, Look>> = {
  form: { model: READY },
  "hard-names": { model: HARD_NAMES },
  problem: { model: PROBLEM },
  "too-late": { model: LATE, kept: true },
  "refused-for-hours": { model: READY, go: refuse },
};
const OUTREACHES: Readonly<Record<string, Look>> = {
  running: { model: { ...READY, running: STARTED } },
  ended: { model: { ...READY, running: ENDED } },
  "on-hold": { model: { ...READY, running: PARKED } },
  scheduled: { model: { ...READY, running: SCHEDULED } },
  "assistant-answers": { model: { ...READY, running: AUTOMATED } },
  "needs-agent": {
    model: { ...ARABIC, running: NEEDS_AGENT },
    go: async (page) => {
      await page.getByRole("textbox", { name: /^Write to/ }).fill("Sorry, once more:\nwhich entrance?");
    },
    kept: true,
  },
  chat: { model: { ...READY, running: CHATTING } },
  "conversation-over": { model: { ...READY, running: CLOSED } },
};

/** With UPDATE_SCREENSHOTS=1 the kept pictures are taken anew; else all are left beside the results. */
const picture = (name: string, kept: boolean, output: string): string =>
  process.env.UPDATE_SCREENSHOTS && kept ? `test/e2e/screenshots/embed-${name}.png` : output;

async function lookAt(page: Page, looks: Readonly<Record<string, Look>>, output: (file: string) => string) {
  const complaints = complaintsOf(page);
  for (const [name, look] of Object.entries(looks)) {
    stub.model = look.model;
    if (look.model.running) stub.play(look.model.running);
    await page.setViewportSize({ width: 350, height: 700 });
    await page.goto(stub.url);
    await expect(page.locator("h1")).toBeVisible();
    await look.go?.(page);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      // The other scheme changes nothing but colours.
      const part = colorScheme === "light" ? "all" : "colours";
      expect(await findFaults(page, part), `${name} in ${colorScheme}`).toEqual([]);
      const file = `${name}-${colorScheme}`;
      const path = picture(file, look.kept ?? false, output(`${file}.png`));
      await page.screenshot({ path, fullPage: true });
    }
    // 175 px is the app at twice the size.
    for (const width of [640, 280, 175]) {
      await page.setViewportSize({ width, height: 700 });
      await settle(page);
      await checkFits(page, `${name} at ${width} px`);
      if (width === 280) await page.screenshot({ path: output(`${name}-${width}.png`), fullPage: true });
    }
  }
  // Chromium itself complains about answers that are refusals.
  expect(complaints.filter((words) => !words.startsWith("Failed to load resource"))).toEqual([]);
}

test("the form, its refusals and the problem page: nothing for axe to find, nothing cut off", ({
  page,
}, testInfo) => lookAt(page, FORMS, (file) => testInfo.outputPath(file)));

test("an outreach in every state: nothing for axe to find, nothing cut off", ({ page }, testInfo) =>
  lookAt(page, OUTREACHES, (file) => testInfo.outputPath(file)));

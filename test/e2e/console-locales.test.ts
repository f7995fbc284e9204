// The console in the hands of somebody in London and in Berlin: their clock, their dates, their numbers, and nothing cut off by
// them. Its words stay English.
import { expect, test } from "@playwright/test";
import { EMPTY, entry, FULL, HOME, journalOf, STATUS } from "./console-samples.ts";
import { type ConsoleStub, startConsoleStub } from "./console-stub.ts";
import { checkFits, complaintsOf, lookThrough } from "./look-at.ts";

interface Seen {
  readonly locale: string;
  readonly timezoneId: string;
  /** What the day's chart is called, an axis label's shape, a waiting outreach's opening, a Canadian number, the exact time. */
  readonly started: string;
  readonly clock: RegExp;
  readonly opens: string;
  readonly phone: string;
  readonly exact: RegExp;
}

const OPENS = "2027-01-05T13:30:00.000Z";
const LOCALES: readonly Seen[] = [
  {
    ...{ locale: "en-GB", timezoneId: "Europe/London", started: "12,115 started" },
    ...{ clock: /^\d\d(?::00)?$/, opens: "13:30 on 5 Jan 2027", phone: "+1 416 555 0123" },
    exact: /^\d{1,2} \w{3,4} \d{4}(?:,| at) \d\d:\d\d:\d\d (?:GMT|BST)/,
  },
  {
    ...{ locale: "de-DE", timezoneId: "Europe/Berlin", started: "12.115 started" },
    ...{ clock: /^\d\d(?::00)?$/, opens: "14:30 on 5 Jan 2027", phone: "+1 416 555 0123" },
    exact: /^\d{1,2} \w{3,4} \d{4}(?:,| at) \d\d:\d\d:\d\d (?:GMT\+[12]|CES?T)/,
  },
  {
    ...{ locale: "en-US", timezoneId: "America/Toronto", started: "12,115 started" },
    ...{ clock: /^\d{1,2}(?::00)? [ap]m$/, opens: "8:30 am on Jan 5, 2027", phone: "(416) 555-0123" },
    exact: /^\w{3,4} \d{1,2}, \d{4}(?:,| at) \d{1,2}:\d\d:\d\d [ap]m E[SD]T/,
  },
];

let stub: ConsoleStub;
test.afterEach(() => stub.close());

for (const { locale, timezoneId, ...seen } of LOCALES)
  test.describe(`${locale} in ${timezoneId}`, () => {
    test.use({ locale, timezoneId, viewport: { width: 1280, height: 900 } });

    test("says times, numbers and phones as there", async ({ page }, testInfo) => {
      const message = `Outreach accepted: Ann One asked for it; it waits for their hours, until ${OPENS}`;
      stub = await startConsoleStub({
        ...FULL,
        "GET /home": { ...HOME, today: { ...HOME.today, started: 12_115 } },
        "GET /journal": journalOf([entry(2, { message }), entry(1)]),
      });
      const complaints = complaintsOf(page);
      await page.goto(stub.url);
      await expect(page.getByText(seen.started)).toBeVisible();
      for (const label of await page.locator(".day-labels span").allInnerTexts())
        expect(label).toMatch(seen.clock);
      await checkFits(page, "home");
      await page.screenshot({ path: testInfo.outputPath("home.png") });

      await page.goto(`${stub.url}#/outreach/e/e-2`);
      await expect(page.getByText(seen.phone).first()).toBeVisible();
      await checkFits(page, "a story");
      await page.goto(`${stub.url}#/outreach/c/c-1`);
      await expect(page.getByText("Results over time").first()).toBeVisible();
      await checkFits(page, "a campaign");
      await page.screenshot({ path: testInfo.outputPath("campaign.png") });

      await page.goto(`${stub.url}#/journal`);
      const said = page.getByText(`until ${seen.opens}`);
      await expect(said).toBeVisible();
      // The raw time stays where somebody looks for it.
      await expect(page.getByTitle(message)).toBeVisible();
      expect(await page.locator("time").first().getAttribute("title")).toMatch(seen.exact);
      for (const width of [1280, 640, 360]) {
        await page.setViewportSize({ width, height: 900 });
        await checkFits(page, `the journal at ${width} px`);
      }
      expect(complaints).toEqual([]);
    });
  });

test("the first page offers practising as the equal of setting up", async ({ page }, testInfo) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  stub = await startConsoleStub({ ...EMPTY, "GET /status": { ...STATUS, tenants: [] } });
  await page.goto(stub.url);
  await expect(page.getByRole("button", { name: "Start practising now" })).toBeVisible();
  await page.screenshot({ path: testInfo.outputPath("first.png") });
  await lookThrough(page, "first", (file) => testInfo.outputPath(file), false);
});

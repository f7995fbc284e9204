// The screens of Setup in both schemes, wide, at 200 % zoom and on a phone: nothing for axe to find, nothing cut off.
import { expect, test } from "@playwright/test";
import { type ConsoleStub, startConsoleStub } from "./console-stub.ts";
import { findFaults } from "./find-faults.ts";
import { SETUP_ANSWERS } from "./setup-samples.ts";

let stub: ConsoleStub;
test.beforeEach(async () => {
  stub = await startConsoleStub(SETUP_ANSWERS);
});
test.afterEach(() => stub.close());

for (const colorScheme of ["light", "dark"] as const) {
  test(`nothing for axe to find and nothing cut off in ${colorScheme}`, async ({ page }, testInfo) => {
    await page.emulateMedia({ colorScheme });
    const complaints: string[] = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    for (const [name, route, sign] of [
      ["guide", "/setup/fub-test?step=A1.4a", "its secret did not fit"],
      ["new", "/setup?new=1", "Create the brokerage"],
      ["practice", "/setup?rehearse=1", "Start practising"],
      ["agent", "/setup/fub-test/+new", "Add the agent"],
    ] as const) {
      await page.goto(`${stub.url}#${route}`);
      await expect(page.getByText(sign).last()).toBeVisible();
      for (const width of [1280, 640, 350]) {
        await page.setViewportSize({ width, height: 900 });
        if (width !== 640)
          expect(
            await findFaults(page, colorScheme === "light" ? "all" : "colours"),
            `${name} at ${width} px`,
          ).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        await page.screenshot({ path: testInfo.outputPath(`${name}-${width}.png`) });
      }
      await page.setViewportSize({ width: 1280, height: 900 });
    }
    expect(complaints).toEqual([]);
  });
}

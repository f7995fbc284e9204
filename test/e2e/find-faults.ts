// What axe finds on a page without frames. axe is put into a page once and asked there for nothing but violations: the way
// of its Playwright package takes four times as long for the same answer (measured), and a screen is looked at often.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import type { AxeResults, Result, RunOptions } from "axe-core";

const SCRIPT = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
type AxeWindow = Window & { readonly axe?: { run(options: RunOptions): Promise<AxeResults> } };

/** "colours": what a colour scheme changes; everything else was found in the other scheme already. */
export async function findFaults(page: Page, part: "all" | "colours" = "all"): Promise<Result[]> {
  // What is only moving into its place has colours of its own.
  await rest(page);
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(await readFile(SCRIPT, "utf8"));
  return page.evaluate(
    async (options) => {
      const found = await (window as AxeWindow).axe?.run(options);
      if (!found) throw new Error("axe did not run");
      return found.violations;
    },
    {
      resultTypes: ["violations"],
      preload: false,
      ...(part === "colours" && { runOnly: ["color-contrast"] }),
    } satisfies RunOptions,
  );
}

/** Resolves once nothing moves any more but what moves for ever, as a spinner does. */
export const rest = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const frames = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const moving = () =>
      document
        .getAnimations()
        .filter(
          (one) => one.playState === "running" && Number.isFinite(one.effect?.getComputedTiming().endTime),
        );
    await frames();
    for (let left = moving(); left.length > 0; left = moving()) {
      await Promise.allSettled(left.map((one) => one.finished));
      await frames();
    }
  });

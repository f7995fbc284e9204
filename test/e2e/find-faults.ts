// What axe finds on a page. One page at a time: axe's usual way opens a second one for every look to join what frames of
// other origins say, which costs more than the look itself; these pages have no frames.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** "colours": what a colour scheme changes; everything else was found in the other scheme already. */
export async function findFaults(page: Page, part: "all" | "colours" = "all") {
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  if (part === "colours") axe.withRules(["color-contrast"]);
  return (await axe.analyze()).violations;
}

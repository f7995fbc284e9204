// How many people are where: done, being reached, waiting, to be tried again, left out, refused since the review.
import type { Campaign } from "../../shared/campaign.schema.ts";
import { element } from "../ui/build-element.ts";
import { sayNumber, sayPeople } from "../ui/say-count.ts";
import { sayOutcome } from "../ui/wording.ts";

export interface CountView {
  readonly node: HTMLElement;
  show(campaign: Campaign): void;
}

/** The five numbers; `waiting` is what is left of those in line. */
export function countPeople(campaign: Campaign): readonly (readonly [label: string, count: number])[] {
  const { queued_calls, done, active, retries_waiting, skipped_calls } = campaign;
  return [
    ["Done", done],
    ["Active now", active],
    ["Waiting", Math.max(0, queued_calls - done - active - retries_waiting)],
    ["To try again", retries_waiting],
    ["Left out", skipped_calls],
  ];
}

/** "3 people were refused after the review: Contacted a moment ago already (3)"; null for none. */
export function sayRefused(refused: Readonly<Record<string, number>>): string | null {
  const rows = Object.entries(refused).filter(([, count]) => count > 0);
  if (rows.length === 0) return null;
  const all = rows.reduce((sum, [, count]) => sum + count, 0);
  const reasons = rows.map(([rule, count]) => `${sayOutcome(rule).word} (${sayNumber(count)})`);
  return `${sayPeople(all)} ${all === 1 ? "was" : "were"} refused after the review: ${reasons.join(", ")}.`;
}

export function countView(): CountView {
  const numbers = new Map<string, HTMLElement>();
  const list = element("dl", { class: "counts" });
  const refused = element("p", { class: "note" });
  return {
    node: element("div", {}, list, refused),
    show: (campaign) => {
      for (const [label, count] of countPeople(campaign)) {
        const shown = numbers.get(label) ?? element("dd", {});
        if (!numbers.has(label)) list.append(element("div", {}, element("dt", {}, label), shown));
        numbers.set(label, shown);
        shown.textContent = sayNumber(count);
      }
      refused.textContent = sayRefused(campaign.refused_later) ?? "";
    },
  };
}

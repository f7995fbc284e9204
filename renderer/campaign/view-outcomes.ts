// The results so far by outcome, as a small chart that is a table: word, bar, number.
import { element } from "../ui/build-element.ts";
import { toneShape } from "../ui/channel-icon.ts";
import { sayNumber } from "../ui/say-count.ts";
import { sayOutcome } from "../ui/wording.ts";

export interface OutcomeChart {
  readonly node: HTMLElement;
  show(outcomes: Readonly<Record<string, number>>): void;
}

export function outcomeChart(): OutcomeChart {
  const body = element("tbody", {});
  const node = element("table", { class: "outcomes", hidden: true }, element("caption", {}, "Results"), body);
  let before = "";
  const row = (outcome: string, count: number, most: number): HTMLElement => {
    const { word, tone } = sayOutcome(outcome);
    const bar = element("div", { class: `outcome-bar tone-${tone}`, "aria-hidden": "true" });
    bar.style.width = `${Math.max(1, (count / most) * 100)}%`;
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, toneShape(tone), element("span", {}, word), bar),
      element("td", {}, sayNumber(count)),
    );
  };
  return {
    node,
    show: (outcomes) => {
      const rows = Object.entries(outcomes)
        .filter(([, count]) => count > 0)
        .toSorted(([, left], [, right]) => right - left);
      if (JSON.stringify(rows) === before) return;
      before = JSON.stringify(rows);
      const most = rows[0]?.[1] ?? 1;
      body.replaceChildren(...rows.map(([outcome, count]) => row(outcome, count, most)));
      node.hidden = rows.length === 0;
    },
  };
}

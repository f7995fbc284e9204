// The whole list as one bar, and below it the same in words: each part opens the names it stands for.
import { element } from "../ui/build-element.ts";
import { sayNumber } from "../ui/say-count.ts";
import { type Segment, sayStack } from "./stack-segments.ts";

const swatch = ({ look }: Segment): HTMLElement =>
  element("span", { class: `swatch look-${look}`, "aria-hidden": "true" });

/** Read out with the words that the eye does not need. */
const aside = (words: string): HTMLElement => element("span", { class: "off-screen" }, words);

function legendRow(segment: Segment, onOpen: (segment: Segment) => void): HTMLElement {
  const { word, count, percent } = segment;
  const people = count === 1 ? "person" : "people";
  return element(
    "li",
    {},
    element(
      "button",
      { type: "button", class: "row", disabled: count === 0, onclick: () => onOpen(segment) },
      swatch(segment),
      element("span", { class: "row-text" }, word),
      element(
        "span",
        { class: "count" },
        element("b", {}, sayNumber(count)),
        aside(people),
        element("span", { class: "percent quiet" }, percent),
      ),
      aside("Show names"),
    ),
  );
}

export function stackView(segments: readonly Segment[], onOpen: (segment: Segment) => void): HTMLElement {
  const parts = segments.filter(({ count }) => count > 0);
  const bar = element("div", { class: "stack", role: "img", "aria-label": sayStack(parts) });
  for (const segment of parts) {
    const part = element("div", { class: `look-${segment.look}` });
    part.style.flexGrow = String(segment.count);
    bar.append(part);
  }
  return element(
    "div",
    { class: "stack-view" },
    bar,
    element("p", { class: "note" }, "Choose a line to see its names."),
    element("ul", { class: "legend" }, ...segments.map((segment) => legendRow(segment, onOpen))),
  );
}

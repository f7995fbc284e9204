// The filters above a list: one choice, one search field that waits until typing pauses, one line of result.
import { element } from "../ui/build-element.ts";

export interface Filters {
  readonly node: HTMLElement;
  choice(): string;
  search(): string;
}

const PAUSE_MS = 250;

/** `options` are value and label pairs; `onChange` is called when either has settled. */
export function filterBar(bar: {
  readonly id: string;
  readonly choiceLabel: string;
  readonly options: readonly (readonly [string, string])[];
  readonly searchLabel: string;
  readonly onChange: () => void;
}): Filters {
  const select = element(
    "select",
    { id: `${bar.id}-choice`, onchange: bar.onChange },
    ...bar.options.map(([value, label]) => element("option", { value }, label)),
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  const search = element("input", {
    id: `${bar.id}-search`,
    type: "search",
    maxlength: 200,
    autocomplete: "off",
    oninput: () => {
      clearTimeout(timer);
      timer = setTimeout(bar.onChange, PAUSE_MS);
    },
  });
  const node = element(
    "div",
    { class: "filters", role: "search", "aria-label": bar.searchLabel },
    element("label", { for: `${bar.id}-choice` }, bar.choiceLabel),
    select,
    element("label", { for: `${bar.id}-search` }, "Search"),
    search,
  );
  return { node, choice: () => select.value, search: () => search.value.trim() };
}

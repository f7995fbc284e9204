// The agent's Smart Lists to pick one from: searchable, with the sizes of those in view. Also when there are hundreds, or none.
import type { SmartList } from "../../shared/campaign.schema.ts";
import { element } from "../ui/build-element.ts";
import type { Failure } from "../ui/read-answer.ts";
import { sayNumber, sayPeople } from "../ui/say-count.ts";
import type { SizeLoader } from "./load-sizes.ts";
import { matchLists } from "./match-lists.ts";

/** Fewer are seen at a glance. */
const WORTH_SEARCHING = 6;

export interface ListPicker {
  readonly node: HTMLElement;
  show(lists: readonly SmartList[]): void;
  /** Why there are none, with a button that tries again. */
  fail(sentence: string): void;
  showSize(id: string, size: number): void;
  enter(): void;
  leave(): void;
}
export interface ListPickerDeps {
  readonly sizes: SizeLoader;
  readonly onPick: (list: SmartList) => void;
  readonly onRetry: () => Promise<Failure | null>;
}

const emptyLines = (): readonly HTMLElement[] => [
  element("p", {}, "There are no Smart Lists you may see yet."),
  element(
    "p",
    { class: "quiet" },
    "Create one in Follow Up Boss (People, filter, save as a Smart List), then reload this app.",
  ),
];

/** Why the lists are not there, and a button that asks again. */
function failureBox(sentence: string, retry: () => void): HTMLElement {
  const button = element("button", { type: "button", class: "small" }, "Try again");
  button.addEventListener("click", () => {
    button.disabled = true;
    retry();
  });
  return element("div", { class: "box bad", role: "alert" }, element("p", { dir: "auto" }, sentence), button);
}

interface ListRow {
  readonly node: HTMLElement;
  readonly size: HTMLElement;
}
function listRow({ id, name }: SmartList, known: number | undefined, onPick: () => void): ListRow {
  const size = element("span", { class: "quiet size" }, known === undefined ? "" : sayPeople(known));
  const words = element("span", { class: "row-text" }, element("bdi", {}, name));
  const node = element(
    "li",
    { "data-id": id },
    element("button", { type: "button", class: "row", onclick: onPick }, words, size),
  );
  return { node, size };
}

function sayFound(typed: string, shown: number, all: number): string {
  if (typed === "") return "";
  return shown === 0
    ? `No Smart List is called “${typed}”.`
    : `${sayNumber(shown)} of ${sayNumber(all)} lists`;
}

function pickerFrame() {
  const search = element("input", {
    type: "search",
    id: "search",
    placeholder: "Search by name",
    autocomplete: "off",
  });
  const field = element("div", { class: "field" }, element("label", { for: "search" }, "Search"), search);
  const found = element("p", { class: "note", role: "status" });
  const list = element("ul", { class: "lists" });
  const message = element("div", { class: "message" });
  const heading = element("h2", {}, "Pick a Smart List");
  const node = element("section", {}, heading, field, found, list, message);
  return { node, search, field, found, list, message };
}

export function listPicker(deps: ListPickerDeps): ListPicker {
  let all: readonly SmartList[] = [];
  const rows = new Map<string, ListRow>();
  const { node, search, field, found, list, message } = pickerFrame();
  const watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (target instanceof HTMLElement) deps.sizes.seen([target.dataset.id ?? ""], isIntersecting);
    }
  });
  const filter = (): void => {
    const typed = search.value.trim();
    const shown = new Set(matchLists(all, typed).map(({ id }) => id));
    for (const [id, row] of rows) row.node.hidden = !shown.has(id);
    found.textContent = sayFound(typed, shown.size, all.length);
  };
  search.addEventListener("input", filter);
  const fail = (sentence: string): void => {
    list.hidden = true;
    field.hidden = true;
    const retry = (): void => void deps.onRetry().then((failure) => failure && fail(failure.message));
    message.replaceChildren(failureBox(sentence, retry));
  };
  return {
    node,
    fail,
    show: (lists) => {
      all = lists;
      rows.clear();
      for (const each of lists) {
        rows.set(
          each.id,
          listRow(each, deps.sizes.known(each.id), () => deps.onPick(each)),
        );
      }
      list.replaceChildren(...[...rows.values()].map((row) => row.node));
      list.hidden = lists.length === 0;
      field.hidden = lists.length < WORTH_SEARCHING;
      message.replaceChildren(...(lists.length === 0 ? emptyLines() : []));
      filter();
    },
    showSize: (id, size) => {
      const shown = rows.get(id);
      if (shown) shown.size.textContent = sayPeople(size);
    },
    enter: () => {
      for (const row of rows.values()) watcher.observe(row.node);
    },
    leave: () => {
      watcher.disconnect();
      deps.sizes.forget();
    },
  };
}

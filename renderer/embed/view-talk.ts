// The conversation of an outreach as bubbles, and its steps as a list. Rows are only ever added or corrected in place.
import type { HistoryRow, TranscriptRow } from "../../shared/engagement.schema.ts";
import { element } from "../ui/build-element.ts";
import { exactTime, timeElement } from "../ui/relative-time.ts";
import { sayCode } from "../ui/wording.ts";

export interface GrowingList<T> {
  readonly node: HTMLElement;
  /** Shows the rows, touching only what is new or has changed. */
  update(rows: readonly T[]): void;
}

function growingList<T>(node: HTMLElement, render: (row: T) => HTMLElement): GrowingList<T> {
  let shown: string[] = [];
  return {
    node,
    update: (rows) => {
      const wanted = rows.map((row) => JSON.stringify(row));
      for (const [index, row] of rows.entries()) {
        const child = node.children[index];
        if (child === undefined) node.append(render(row));
        else if (shown[index] !== wanted[index]) child.replaceWith(render(row));
      }
      while (node.children.length > rows.length) node.lastElementChild?.remove();
      shown = wanted;
    },
  };
}

/** Bubbles: what went out on one side, what `personName` said on the other. */
export function talkList(personName: string): GrowingList<TranscriptRow> {
  const node = element("div", { class: "talk", role: "log", "aria-label": "Conversation" });
  return growingList(node, (row) => {
    const inbound = row.direction === "inbound";
    return element(
      "div",
      { class: inbound ? "in" : "out", title: exactTime(Date.parse(row.at)) },
      element("span", { class: "speaker" }, element("bdi", {}, inbound ? personName : "Aventora")),
      element("p", { dir: "auto" }, row.text),
    );
  });
}

/** Steps with their time; `now` in epoch milliseconds for the first words. */
export function stepList(now: () => number): GrowingList<HistoryRow> {
  const node = element("ol", { class: "steps" });
  return growingList(node, (row) =>
    element(
      "li",
      { title: row.event },
      element("span", { dir: "auto" }, row.detail === "" ? sayCode(row.event) : row.detail),
      " ",
      timeElement(row.at, now()),
    ),
  );
}

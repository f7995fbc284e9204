// The conversation of an outreach as bubbles, and its steps as a list.
import type { HistoryRow, TranscriptRow } from "../../shared/engagement.schema.ts";
import { element } from "../ui/build-element.ts";
import { type GrowingList, growingList } from "../ui/growing-list.ts";
import { exactTime, timeElement } from "../ui/relative-time.ts";
import { sayMomentsIn } from "../ui/say-moment.ts";
import { sayCode } from "../ui/wording.ts";

/** Bubbles: what went out on one side, what `personName` said on the other. */
export function talkList(personName: string): GrowingList<TranscriptRow> {
  const node = element("div", { class: "talk" });
  return growingList(node, (row) => {
    const inbound = row.direction === "inbound";
    return element(
      "div",
      { class: inbound ? "theirs" : "mine", title: exactTime(Date.parse(row.at)) },
      element(
        "span",
        { class: "speaker" },
        element("bdi", {}, inbound ? personName : (row.by ?? "Aventora")),
      ),
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
      element(
        "span",
        { dir: "auto" },
        row.detail === "" ? sayCode(row.event) : sayMomentsIn(row.detail, now()),
      ),
      " ",
      timeElement(row.at, now()),
    ),
  );
}

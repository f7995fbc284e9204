// The live journal: what happened, newest first, under a severity and words to search for.
import { type JournalEntry, SEVERITIES, type Severity } from "../../shared/journal.schema.ts";
import { element } from "../ui/build-element.ts";
import { toneShape } from "../ui/channel-icon.ts";
import { type PinnedRow, pinnedList } from "../ui/pinned-list.ts";
import { timeElement } from "../ui/relative-time.ts";
import type { Tone } from "../ui/wording.ts";
import { type JournalFilter, matchesFilter } from "./match-journal.ts";
import { type ApiFailure, readJournal } from "./read-api.ts";
import { showButton } from "./show-button.ts";
import { filterBar } from "./view-filters.ts";

export interface JournalView {
  readonly node: HTMLElement;
  /** Live entries, in any order. */
  add(entries: readonly JournalEntry[]): void;
  /** Reads what was missed while the stream was away; the first call reads the newest page. */
  catchUp(): Promise<void>;
}

const SEVERITY_WORDS: Readonly<Record<Severity, { readonly word: string; readonly tone: Tone }>> = {
  info: { word: "Information", tone: "none" },
  warn: { word: "Warning", tone: "wait" },
  error: { word: "Error", tone: "bad" },
};
const PAGE = 100;
const MISSED = 1000;

function journalRow(entry: JournalEntry, now: number, open: (id: string) => void): PinnedRow {
  const { word, tone } = SEVERITY_WORDS[entry.severity];
  const id = entry.engagement_id;
  const places = [
    entry.tenant,
    entry.user_id && `agent ${entry.user_id}`,
    entry.person_id && `person ${entry.person_id}`,
  ];
  const node = element(
    "li",
    { class: `entry ${entry.severity}` },
    element("span", { title: word }, toneShape(tone), element("span", { class: "sr-only" }, word)),
    element(
      "div",
      {},
      element("p", { dir: "auto" }, entry.message),
      element(
        "p",
        { class: "quiet" },
        timeElement(entry.at, now),
        ` · ${[...places.filter(Boolean), entry.event].join(" · ")}`,
      ),
      entry.detail === null || Object.keys(entry.detail).length === 0
        ? null
        : element(
            "details",
            {},
            element("summary", {}, "Details"),
            element("pre", { tabindex: 0 }, JSON.stringify(entry.detail, null, 2)),
          ),
    ),
    id === null ? null : showButton("Show the outreach of this entry", () => open(id)),
  );
  return { key: String(entry.seq), node };
}

export function journalView(deps: {
  readonly open: (id: string) => void;
  readonly onFailure: (failure: ApiFailure) => void;
  readonly now: () => number;
}): JournalView {
  const list = pinnedList("Journal, newest first", "journal");
  const older = element("button", { type: "button", class: "small", hidden: true }, "Load older");
  let newest: number | null = null;
  let next: number | null = null;
  // Counts resets: an answer to older filters must not land in a list that shows newer ones.
  let generation = 0;

  const filter = (): JournalFilter => ({
    severity: SEVERITIES.find((severity) => severity === filters.choice()) ?? "",
    search: filters.search(),
  });
  const rowsOf = (entries: readonly JournalEntry[]): readonly PinnedRow[] =>
    entries
      .filter((entry) => matchesFilter(entry, filter()))
      .toSorted((left, right) => right.seq - left.seq)
      .map((entry) => journalRow(entry, deps.now(), deps.open));
  const seen = (entries: readonly JournalEntry[]): void => {
    for (const entry of entries) newest = Math.max(newest ?? 0, entry.seq);
    const words =
      filters.choice() === "" && filters.search() === ""
        ? "The journal is empty. What the gateway does will be told here, live."
        : "Nothing matches.";
    list.say(list.size() > 0 ? null : element("p", { class: "quiet" }, words));
  };
  const load = async (mode: "reset" | "older" | "missed"): Promise<void> => {
    if (mode === "reset") generation += 1;
    const mine = generation;
    const range = mode === "older" ? { before_seq: next } : mode === "missed" ? { after_seq: newest } : {};
    const answer = await readJournal({ ...filter(), ...range, limit: mode === "missed" ? MISSED : PAGE });
    if (mine !== generation) return;
    if ("failure" in answer) {
      if (answer.failure.kind === "refused")
        list.say(element("p", { class: "box bad" }, answer.failure.message));
      deps.onFailure(answer.failure);
      return;
    }
    if (mode === "missed" && answer.value.entries.length >= MISSED) {
      // Too much was missed to fill the gap row by row: the newest page is what counts.
      await load("reset");
      return;
    }
    const rows = rowsOf(answer.value.entries);
    if (mode === "reset") list.reset(rows);
    else if (mode === "older") list.append(rows);
    else list.add(rows);
    if (mode !== "missed") next = answer.value.next_before_seq;
    older.hidden = next === null;
    seen(answer.value.entries);
  };
  const filters = filterBar({
    id: "journal",
    choiceLabel: "Severity",
    options: [
      ["", "All"],
      ...SEVERITIES.map((severity) => [severity, SEVERITY_WORDS[severity].word] as const),
    ],
    searchLabel: "Filter the journal",
    onChange: () => void load("reset"),
  });
  older.addEventListener("click", () => void load("older"));
  list.say(element("p", { class: "quiet" }, "Loading…"));
  return {
    node: element("div", { class: "stack" }, filters.node, list.node, older),
    add: (entries) => {
      list.add(rowsOf(entries));
      seen(entries);
    },
    catchUp: () => load(newest === null ? "reset" : "missed"),
  };
}

// The outreach list: what each came to, over what, to whom, by whom, and whether Follow Up Boss knows it.
import type { EngagementList } from "../../shared/admin-api.ts";
import { ENGAGEMENT_STATUSES } from "../../shared/values.ts";
import { element } from "../ui/build-element.ts";
import { channelIcon, toneShape } from "../ui/channel-icon.ts";
import { type PinnedRow, pinnedList } from "../ui/pinned-list.ts";
import { timeElement } from "../ui/relative-time.ts";
import { sayContact } from "../ui/say-contact.ts";
import { CHANNEL_NAMES, sayCode, sayStanding, sayStatus } from "../ui/wording.ts";
import { CRM_WORDS } from "./allowed-actions.ts";
import { type ApiFailure, readEngagements } from "./read-api.ts";
import { filterBar } from "./view-filters.ts";

type Row = EngagementList["engagements"][number];

export interface EngagementsView {
  readonly node: HTMLElement;
  /** Reads the newest page again and merges it, without moving anything. */
  refresh(): Promise<void>;
}

/** Statuses by the words people see, for the filter. */
const STATUS_OPTIONS: readonly (readonly [string, string])[] = [
  ["", "All"],
  ...ENGAGEMENT_STATUSES.map((status) => [status, sayStatus(status, "phone").word] as const),
];

function engagementRow(row: Row, now: number, open: (id: string) => void): PinnedRow {
  const standing = sayStanding(row);
  const crm = CRM_WORDS[row.crm_state];
  const who = row.by ?? sayCode(row.source);
  const crmMark = element("span", { class: `tone-${crm.tone}`, title: crm.word }, toneShape(crm.tone));
  crmMark.append(element("span", { class: "sr-only" }, crm.word));
  const button = element(
    "button",
    { type: "button", class: "row", onclick: () => open(row.engagement_id) },
    element("span", { class: "row-standing" }, toneShape(standing.tone), element("b", {}, standing.word)),
    element("span", { class: "row-channel" }, channelIcon(row.channel), CHANNEL_NAMES[row.channel]),
    element(
      "bdi",
      { class: "row-contact", title: row.contact },
      row.contact === null ? "no contact" : sayContact(row.contact),
    ),
    element("span", { class: "row-who" }, element("bdi", {}, who)),
    element("span", { class: "row-when" }, timeElement(row.created_at, now)),
    crmMark,
    row.rule === null
      ? null
      : element("span", { class: "row-rule quiet", dir: "auto" }, `Rule: ${sayCode(row.rule)}`),
  );
  return { key: row.engagement_id, node: element("li", {}, button) };
}

/** `onFailure` hears of every failed request; `open` shows one outreach. */
export function engagementsView(deps: {
  readonly open: (id: string) => void;
  readonly onFailure: (failure: ApiFailure) => void;
  readonly now: () => number;
}): EngagementsView {
  const list = pinnedList("Outreach, newest first", "engagements");
  const older = element("button", { type: "button", class: "small", hidden: true }, "Load older");
  let next: string | null = null;
  // Counts resets: an answer to older filters must not land in a list that shows newer ones.
  let generation = 0;

  const say = (filtered: boolean): void => {
    const words = filtered
      ? "No outreach matches."
      : "No outreach yet. Each one started from Follow Up Boss, by tag or by API appears here as it happens.";
    list.say(list.size() > 0 ? null : element("p", { class: "quiet" }, words));
  };
  const load = async (mode: "reset" | "merge" | "older"): Promise<void> => {
    if (mode === "reset") generation += 1;
    const mine = generation;
    const query = { status: filters.choice(), search: filters.search() };
    const answer = await readEngagements({ ...query, before: mode === "older" ? next : null });
    if (mine !== generation) return;
    if ("failure" in answer) {
      if (answer.failure.kind === "refused")
        list.say(element("p", { class: "box bad" }, answer.failure.message));
      deps.onFailure(answer.failure);
      return;
    }
    const rows = answer.value.engagements.map((row) => engagementRow(row, deps.now(), deps.open));
    if (mode === "reset") list.reset(rows);
    else if (mode === "merge") list.add(rows);
    else list.append(rows);
    if (mode !== "merge") next = answer.value.next;
    older.hidden = next === null;
    say(query.status !== "" || query.search !== "");
  };
  const filters = filterBar({
    id: "outreach",
    choiceLabel: "State",
    options: STATUS_OPTIONS,
    searchLabel: "Filter outreach",
    onChange: () => void load("reset"),
  });
  older.addEventListener("click", () => void load("older"));
  list.say(element("p", { class: "quiet" }, "Loading…"));
  let loaded = false;
  const refresh = async (): Promise<void> => {
    await load(loaded ? "merge" : "reset");
    loaded = true;
  };
  return { node: element("div", { class: "stack" }, filters.node, list.node, older), refresh };
}

// One outreach in full at the side of the console: standing, rule, talk, steps, and what can be done about it.
import { element } from "../ui/build-element.ts";
import { channelIcon, toneShape } from "../ui/channel-icon.ts";
import { copyButton } from "../ui/copy-text.ts";
import { exactTime } from "../ui/relative-time.ts";
import { sayContact } from "../ui/say-contact.ts";
import { sayDuration } from "../ui/say-duration.ts";
import { CALL_TYPE_NAMES, CHANNEL_NAMES, sayCode, sayStanding } from "../ui/wording.ts";
import { ACTION_NAMES, type Action, allowedActions, CRM_WORDS } from "./allowed-actions.ts";
import { type ApiFailure, changeEngagement, type EngagementDetail, readDetail } from "./read-api.ts";

export interface Drawer {
  readonly node: HTMLDialogElement;
  open(id: string): void;
  /** Reads again if this is the outreach on show. */
  changed(id: string): void;
}

const orDash = (value: string | null | undefined): string => value || "—";

function facts(detail: EngagementDetail): HTMLElement {
  const rows: readonly (readonly [string, string])[] = [
    ["Contact", detail.contact === null ? "—" : sayContact(detail.contact)],
    ["Call type", CALL_TYPE_NAMES[detail.type]],
    ["Brokerage", detail.domain_name],
    ["Person in Follow Up Boss", orDash(detail.person_id)],
    ["Agent", orDash(detail.user_id)],
    ["Started by", detail.row ? sayCode(detail.row.source) : "—"],
    ["Rule that decided", detail.row?.rule ? sayCode(detail.row.rule) : "—"],
    ["Length", orDash(sayDuration(detail.duration))],
  ];
  const list = element("dl", { class: "facts" });
  for (const [name, value] of rows) {
    list.append(element("div", {}, element("dt", {}, name), element("dd", { dir: "auto" }, value)));
  }
  return list;
}

function talk(detail: EngagementDetail): HTMLElement {
  const rows = detail.transcript.map((row) =>
    element(
      "li",
      { class: row.direction === "inbound" ? "in" : "out" },
      element(
        "span",
        { class: "quiet" },
        `${row.direction === "inbound" ? "Contact" : "Aventora"}, ${exactTime(Date.parse(row.at))}`,
      ),
      element("p", { dir: "auto" }, row.text),
    ),
  );
  return rows.length === 0
    ? element("p", { class: "quiet" }, "Nothing was said or written yet.")
    : element("ol", { class: "talk" }, ...rows);
}

function story(detail: EngagementDetail): HTMLElement {
  const rows = detail.history.map((row) =>
    element(
      "li",
      {},
      element("b", {}, sayCode(row.event)),
      row.detail === "" ? null : element("p", { dir: "auto" }, row.detail),
      element("time", { datetime: row.at, class: "exact" }, exactTime(Date.parse(row.at))),
    ),
  );
  return element("ol", { class: "story" }, ...rows);
}

function standing(detail: EngagementDetail): readonly (HTMLElement | null)[] {
  const words = sayStanding(detail);
  const crm = detail.row ? CRM_WORDS[detail.row.crm_state] : null;
  return [
    element(
      "p",
      { class: `drawer-standing tone-${words.tone}` },
      toneShape(words.tone),
      element("b", {}, words.word),
    ),
    detail.parked_reason ? element("p", { class: "box wait", dir: "auto" }, detail.parked_reason) : null,
    detail.summary ? element("p", { dir: "auto" }, detail.summary) : null,
    crm === null ? null : element("p", { class: `tone-${crm.tone}` }, toneShape(crm.tone), ` ${crm.word}`),
  ];
}

/** Buttons for what is allowed; cancelling asks once more in place. */
function actionBar(detail: EngagementDetail, act: (action: Action) => void): HTMLElement {
  const bar = element("div", { class: "actions" });
  const show = (sure: boolean): void => {
    const buttons = allowedActions(detail.status, detail.row?.crm_state).map((action) =>
      element(
        "button",
        { type: "button", onclick: () => (action === "cancel" ? show(true) : act(action)) },
        ACTION_NAMES[action],
      ),
    );
    const really = [
      element("p", {}, "Cancel for good? What is under way is stopped."),
      element("button", { type: "button", class: "danger", onclick: () => act("cancel") }, "Yes, cancel it"),
      element("button", { type: "button", onclick: () => show(false) }, "No, keep it"),
    ];
    bar.replaceChildren(...(sure ? really : buttons));
    if (sure) really[2]?.focus();
  };
  show(false);
  return bar;
}

const refusal = (failure: ApiFailure): string =>
  failure.kind === "refused" ? failure.message : "The gateway does not answer. Try again in a moment.";

/** `onFailure` hears of every failed request, to lock or mark the console. */
export function drawer(onFailure: (failure: ApiFailure) => void): Drawer {
  const title = element("h2", { id: "drawer-title", tabindex: -1 });
  const note = element("div", { role: "status" });
  const body = element("div", { class: "stack" });
  const close = element("button", { type: "button", class: "small", onclick: () => node.close() }, "Close");
  const node = element(
    "dialog",
    { class: "drawer", "aria-labelledby": "drawer-title" },
    element("div", { class: "drawer-head" }, title, close),
    note,
    body,
  );
  let shown = "";

  const fail = (failure: ApiFailure): void => {
    note.replaceChildren(element("p", { class: "box bad" }, refusal(failure)));
    onFailure(failure);
  };
  const act = async (action: Action): Promise<void> => {
    for (const button of body.querySelectorAll("button")) button.disabled = true;
    const answer = await changeEngagement(shown, action);
    await load();
    if ("failure" in answer) fail(answer.failure);
    else note.replaceChildren(element("p", { class: "quiet" }, "Done."));
    title.focus();
  };
  const load = async (): Promise<void> => {
    const id = shown;
    const answer = await readDetail(id);
    if (id !== shown) return;
    if ("failure" in answer) {
      fail(answer.failure);
      return;
    }
    const detail = answer.value;
    title.replaceChildren(channelIcon(detail.channel), ` ${CHANNEL_NAMES[detail.channel]}`);
    body.replaceChildren(
      ...standing(detail).filter((part) => part !== null),
      actionBar(detail, (action) => void act(action)),
      facts(detail),
      element("h3", {}, "Conversation"),
      talk(detail),
      element("h3", {}, "Story"),
      story(detail),
      element("p", { class: "copy-line" }, element("code", {}, id), copyButton(id, "Copy id")),
    );
  };
  node.addEventListener("close", () => {
    shown = "";
  });
  return {
    node,
    open: (id) => {
      shown = id;
      title.textContent = "Outreach";
      note.replaceChildren();
      body.replaceChildren(element("p", { class: "quiet" }, "Loading…"));
      if (!node.open) node.showModal();
      void load();
    },
    changed: (id) => {
      // An open question ("cancel for good?") or a pressed button is not swept away.
      if (id === shown && !body.contains(document.activeElement)) void load();
    },
  };
}

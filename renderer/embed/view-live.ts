// One outreach as it happens and as it ended: standing in words with shape and colour, talk, steps, result.
import type { Engagement } from "../../shared/engagement.schema.ts";
import { element } from "../ui/build-element.ts";
import { channelIcon, toneShape } from "../ui/channel-icon.ts";
import { type Failure, remedyFor } from "../ui/read-answer.ts";
import { timeElement } from "../ui/relative-time.ts";
import { firstName, sayContact } from "../ui/say-contact.ts";
import { sayDuration } from "../ui/say-duration.ts";
import { reloadButton } from "../ui/view-refusal.ts";
import { CALL_TYPE_NAMES, CHANNEL_NAMES, isOver, sayStanding } from "../ui/wording.ts";
import { stepList, talkList } from "./view-talk.ts";

export interface LiveView {
  readonly node: HTMLElement;
  update(engagement: Engagement): void;
  trouble(failure: Failure | null, final: boolean): void;
  focus(): void;
}
export interface LiveDeps {
  readonly personName: string;
  readonly backLabel: string;
  readonly onBack: () => void;
  readonly reload: () => void;
  readonly now: () => number;
}

/** "On hold" needs its reason, a result its length: what stands below the headline. */
function explain(engagement: Engagement): string {
  if (!isOver(engagement.status)) return engagement.parked_reason ?? "";
  const took = sayDuration(engagement.duration);
  const voice = engagement.channel === "phone" || engagement.channel === "wvoice";
  return took === null || !voice ? "" : `The call took ${took}.`;
}

function whatLine(engagement: Engagement, now: number): readonly (Node | string)[] {
  const to = engagement.contact === null ? "" : ` to ${sayContact(engagement.contact)}`;
  const at = engagement.started_at ?? engagement.history[0]?.at;
  return [
    channelIcon(engagement.channel),
    element(
      "span",
      {},
      CHANNEL_NAMES[engagement.channel],
      element("bdi", { title: engagement.contact }, to),
      ` · ${CALL_TYPE_NAMES[engagement.type] ?? engagement.type}`,
      ...(at === undefined ? [] : [" · ", timeElement(at, now)]),
    ),
  ];
}

/** Shows nothing until the first `update`. */
export function liveView(deps: LiveDeps): LiveView {
  const shape = element("span", { class: "shape-slot" });
  const heading = element("h2", { tabindex: -1, class: "standing-word" });
  const reason = element("p", { class: "standing-reason", dir: "auto" });
  const standing = element("div", { class: "standing", role: "status" }, shape, heading, reason);
  const what = element("p", { class: "what" });
  const summary = element("p", { class: "summary", dir: "auto" });
  const talk = talkList(firstName(deps.personName));
  const steps = stepList(deps.now);
  const fold = element("details", {}, element("summary", {}, "What happened, step by step"), steps.node);
  const note = element("div", { class: "box wait", role: "status", hidden: true });
  const back = element("button", { type: "button", onclick: deps.onBack }, deps.backLabel);
  let before = "";

  const update = (engagement: Engagement): void => {
    const words = sayStanding(engagement);
    const text = explain(engagement);
    if (before !== words.word + words.tone + text) {
      shape.replaceChildren(toneShape(words.tone));
      heading.textContent = words.word;
      standing.className = `standing tone-${words.tone}`;
      reason.textContent = text;
      before = words.word + words.tone + text;
    }
    what.replaceChildren(...whatLine(engagement, deps.now()));
    summary.textContent = engagement.summary ?? "";
    talk.update(engagement.transcript);
    steps.update(engagement.history);
    fold.hidden = engagement.history.length === 0;
    back.className = isOver(engagement.status) ? "primary" : "quiet-button";
  };
  const trouble = (failure: Failure | null, final: boolean): void => {
    note.hidden = failure === null;
    if (failure === null) {
      note.replaceChildren();
      return;
    }
    const words = final ? failure.message : "The connection is interrupted. Trying again…";
    if (note.firstChild?.textContent === words) return;
    const reloads = final && remedyFor(failure.code) === "reload";
    note.replaceChildren(
      element("p", { dir: "auto" }, words),
      ...(reloads ? [reloadButton(deps.reload)] : []),
    );
  };
  const node = element("section", { class: "live" }, standing, what, summary, talk.node, fold, note, back);
  return { node, update, trouble, focus: () => heading.focus() };
}

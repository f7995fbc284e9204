// One outreach as it happens and as it ended: standing in words with shape and colour, talk, steps, result.
import { element } from "../ui/build-element.ts";
import { channelIcon, toneShape } from "../ui/channel-icon.ts";
import type { ChoiceMemory } from "../ui/last-choices.ts";
import { type Failure, remedyFor } from "../ui/read-answer.ts";
import { timeElement } from "../ui/relative-time.ts";
import { firstName, sayContact } from "../ui/say-contact.ts";
import { sayDuration } from "../ui/say-duration.ts";
import { sayMoment } from "../ui/say-moment.ts";
import { reloadButton } from "../ui/view-refusal.ts";
import { CALL_TYPE_NAMES, CHANNEL_NAMES, isOver, isVoice, sayStanding, type Words } from "../ui/wording.ts";
import type { Converse } from "./converse.ts";
import type { LiveEngagement } from "./read-engagement.ts";
import { conversationView } from "./view-conversation.ts";
import { talkLog } from "./view-log.ts";
import { stepList } from "./view-talk.ts";

export interface LiveView {
  readonly node: HTMLElement;
  update(engagement: LiveEngagement): void;
  trouble(failure: Failure | null, final: boolean): void;
  focus(): void;
}
export interface LiveDeps {
  readonly personName: string;
  readonly converse: Converse;
  readonly memory: ChoiceMemory;
  /** What a button of the conversation brought. */
  readonly onChanged: (engagement: LiveEngagement) => void;
  readonly backLabel: string;
  readonly onBack: () => void;
  readonly reload: () => void;
  readonly now: () => number;
}

/** What it waits for, epoch ms; null when it is not a time to come. */
function waitsFor({ status, waits_until, parked_reason }: LiveEngagement, now: number): number | null {
  const at = waits_until === undefined || parked_reason !== undefined ? Number.NaN : Date.parse(waits_until);
  return !isOver(status) && at > now ? at : null;
}

/** The headline: what it waits for where that is a time, else its standing. */
export function sayHeadline(engagement: LiveEngagement, now: number): Words {
  const at = waitsFor(engagement, now);
  if (at === null) return sayStanding(engagement);
  return { word: `Waiting until ${sayMoment(at, now)} (your time)`, tone: "wait" };
}

/** "On hold" needs its reason, a result its length: what stands below the headline. */
function explain(engagement: LiveEngagement, now: number): string {
  if (waitsFor(engagement, now) !== null) return "It goes out by itself then; this page need not stay open.";
  if (!isOver(engagement.status)) return engagement.parked_reason ?? "";
  const took = sayDuration(engagement.duration);
  return took === null || !isVoice(engagement.channel) ? "" : `The call took ${took}.`;
}

function whatLine(engagement: LiveEngagement, now: number): readonly (Node | string)[] {
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

/** `first` is shown at once; what comes later is the same outreach. */
export function liveView(deps: LiveDeps, first: LiveEngagement): LiveView {
  const shape = element("span", { class: "shape-slot" });
  const heading = element("h2", { tabindex: -1, class: "standing-word" });
  const reason = element("p", { class: "standing-reason", dir: "auto" });
  const standing = element("div", { class: "standing", role: "status" }, shape, heading, reason);
  const what = element("p", { class: "what" });
  const summary = element("p", { class: "summary", dir: "auto" });
  const name = firstName(deps.personName);
  const reload = (): void => {
    conversation.keep();
    deps.reload();
  };
  const conversation = conversationView({ ...deps, name, reload }, first);
  const talk = talkLog(name, conversation.reuse);
  const steps = stepList(deps.now);
  const fold = element("details", {}, element("summary", {}, "What happened, step by step"), steps.node);
  const note = element("div", { class: "box wait", role: "status", hidden: true });
  const back = element("button", { type: "button", onclick: deps.onBack }, deps.backLabel);
  let before = "";

  const update = (engagement: LiveEngagement): void => {
    const words = sayHeadline(engagement, deps.now());
    const text = explain(engagement, deps.now());
    if (before !== words.word + words.tone + text) {
      shape.replaceChildren(toneShape(words.tone));
      heading.textContent = words.word;
      standing.className = `standing tone-${words.tone}`;
      reason.textContent = text;
      before = words.word + words.tone + text;
    }
    what.replaceChildren(...whatLine(engagement, deps.now()));
    summary.textContent = engagement.summary ?? "";
    talk.update(engagement);
    conversation.update(engagement);
    steps.update(engagement.history);
    fold.hidden = engagement.history.length === 0;
    const settled = isOver(engagement.status) && engagement.conversation?.can_reply !== true;
    back.className = settled ? "primary" : "quiet-button";
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
    note.replaceChildren(element("p", { dir: "auto" }, words), ...(reloads ? [reloadButton(reload)] : []));
  };
  const parts = [standing, what, summary, talk.node, conversation.node, fold, note, back];
  const node = element("section", { class: "live" }, ...parts);
  update(first);
  return { node, update, trouble, focus: () => heading.focus() };
}

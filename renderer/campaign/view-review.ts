// The review: the whole list as one bar, how long it takes, what will be said, and one button that starts exactly this.
import type { CampaignBody } from "../../shared/campaign.schema.ts";
import { type Child, element } from "../ui/build-element.ts";
import { startLabel } from "../ui/campaign-words.ts";
import { channelIcon, toneShape } from "../ui/channel-icon.ts";
import type { Answer, Failure } from "../ui/read-answer.ts";
import { sayPeople } from "../ui/say-count.ts";
import { refusalBox } from "../ui/view-refusal.ts";
import { CALL_TYPE_NAMES, CHANNEL_NAMES } from "../ui/wording.ts";
import { backButton } from "./back-button.ts";
import { downloadButton } from "./download-list.ts";
import { fromNumber } from "./from-number.ts";
import type { PageView } from "./page-view.ts";
import type { Reviewed } from "./review-list.ts";
import { sayReviewedHours } from "./say-hours.ts";
import { sayPace, sayRetry, sayTime } from "./say-plan.ts";
import { type Segment, stackSegments } from "./stack-segments.ts";
import { stackView } from "./view-stack.ts";

export interface ReviewViewDeps {
  readonly name: string;
  readonly body: CampaignBody;
  readonly reviewed: Reviewed;
  /** The number it goes out from, where that is known. */
  readonly from: string | null;
  /** Why it is reviewed once more, a sentence. */
  readonly notice: string | null;
  readonly start: () => Promise<Answer<string>>;
  readonly csv: () => Promise<Answer<string>>;
  readonly onStarted: (batchId: string) => void;
  /** What was reviewed cannot be started any more. */
  readonly onOutdated: (failure: Failure) => void;
  readonly onNames: (segment: Segment) => void;
  readonly onAgain: () => void;
  readonly onBack: () => void;
  readonly reload: () => void;
  readonly now: () => number;
}

const OUTDATED = ["campaign_changed", "review_expired", "campaign_not_found"];

function planLines({ body, reviewed, from, now }: ReviewViewDeps): readonly Child[] {
  const time = sayTime(body, reviewed.will_queue, reviewed.eta_seconds);
  const pace = body.pace ? sayPace(body.pace) : null;
  const line = (label: string, text: string | null): Child =>
    text === null
      ? null
      : element("p", {}, element("b", {}, `${label}: `), element("span", { dir: "auto" }, text));
  return [
    element(
      "p",
      { class: "what" },
      channelIcon(body.channel),
      element(
        "span",
        {},
        `${CHANNEL_NAMES[body.channel]} · ${CALL_TYPE_NAMES[body.call_type]}`,
        ...fromNumber(" ", body.channel, from),
      ),
    ),
    line("Time", time),
    line("Hours", sayReviewedHours(body.channel, reviewed, now())),
    line("Pace", pace),
    line("Further tries", body.retry ? sayRetry(body.retry) : null),
    body.instruction === undefined
      ? element("p", {}, element("b", {}, "Instruction: "), "none")
      : element(
          "div",
          {},
          element("p", {}, element("b", {}, "Instruction:")),
          element("blockquote", { dir: "auto" }, body.instruction),
        ),
  ];
}

const BY = { phone: "phone", sms: "SMS", email: "e-mail" } as const;

/** Why nothing can be started, in place of the button. */
function refusedLines({ reviewed, body }: ReviewViewDeps): HTMLElement {
  const empty = reviewed.total === 0;
  return element(
    "div",
    { class: "box wait" },
    toneShape("wait"),
    element(
      "span",
      {},
      empty
        ? "Nobody is on this list right now, so there is nothing to start."
        : `Nobody on this list can be reached by ${BY[body.channel]}. The reasons stand above.`,
    ),
    element("p", {}, empty ? "Pick another list." : "Go back to choose another channel or list."),
  );
}

const hint = (tone: "wait" | "none", text: string): HTMLElement =>
  element("p", { class: tone === "wait" ? "box wait" : "box info", dir: "auto" }, text);

function startPart(deps: ReviewViewDeps): readonly Child[] {
  const { body, reviewed } = deps;
  if (reviewed.will_queue === 0) return [refusedLines(deps)];
  const refusal = refusalBox(deps.reload, { choose: "Go back and choose another list or channel." });
  const button = element("button", { type: "button", class: "primary start" });
  let sending = false;
  const label = (): void =>
    button.replaceChildren(
      startLabel(body.channel, reviewed.will_queue),
      ...fromNumber(" ", body.channel, deps.from),
    );
  label();
  const send = async (): Promise<void> => {
    if (sending) return;
    sending = true;
    refusal.clear();
    button.disabled = true;
    button.textContent = "Starting…";
    const answer = await deps.start();
    sending = false;
    button.disabled = false;
    label();
    if ("value" in answer) deps.onStarted(answer.value);
    else if (OUTDATED.includes(answer.failure.code)) deps.onOutdated(answer.failure);
    else refusal.show(answer.failure);
  };
  button.addEventListener("click", () => void send());
  return [refusal.node, button];
}

export function reviewView(deps: ReviewViewDeps): PageView {
  const { name, reviewed } = deps;
  const heading = element("h1", { tabindex: -1, dir: "auto" }, name);
  const stack =
    reviewed.total === 0 && reviewed.will_queue === 0
      ? null
      : stackView(stackSegments(reviewed), deps.onNames);
  return {
    node: element(
      "section",
      { class: "review" },
      backButton("Change", deps.onBack),
      heading,
      deps.notice === null ? null : hint("wait", deps.notice),
      element(
        "p",
        { class: "quiet" },
        `${sayPeople(reviewed.total)} on this list. Nobody has been contacted yet.`,
      ),
      stack,
      reviewed.list_changes ? hint("none", reviewed.list_changes) : null,
      ...(reviewed.will_queue === 0 ? [] : planLines(deps)),
      ...startPart(deps),
      element(
        "div",
        { class: "side-actions" },
        reviewed.total === 0 ? null : downloadButton("Download the list", name, deps.csv),
        element("button", { type: "button", class: "small", onclick: deps.onAgain }, "Check the list again"),
      ),
    ),
    focus: () => heading.focus(),
  };
}

// One campaign as it happens and as it ended: standing, how far, what can be done, results by outcome and as they come.
import type { Campaign } from "../../shared/campaign.schema.ts";
import { element } from "../ui/build-element.ts";
import { sayCampaign } from "../ui/campaign-words.ts";
import { channelIcon, toneShape } from "../ui/channel-icon.ts";
import type { Failure } from "../ui/read-answer.ts";
import { exactTime } from "../ui/relative-time.ts";
import { reloadButton } from "../ui/view-refusal.ts";
import { CALL_TYPE_NAMES, CHANNEL_NAMES } from "../ui/wording.ts";
import { backButton } from "./back-button.ts";
import type { CampaignApi } from "./campaign-api.ts";
import { downloadButton } from "./download-list.ts";
import { followCampaign } from "./follow-campaign.ts";
import { fromNumber } from "./from-number.ts";
import type { PageView } from "./page-view.ts";
import { progressBar } from "./progress-bar.ts";
import { sayStandingOf } from "./say-standing.ts";
import { type Segment, stackSegments } from "./stack-segments.ts";
import { actionRow } from "./view-actions.ts";
import { inLine, sayHowFar } from "./view-campaigns.ts";
import { countView } from "./view-counts.ts";
import { outcomeChart } from "./view-outcomes.ts";
import { resultList } from "./view-results.ts";
import { stackView } from "./view-stack.ts";

export interface ProgressDeps {
  readonly id: string;
  readonly name: string;
  /** What is known of it already; a campaign just started is told by the gateway in a moment. */
  readonly first: Campaign | null;
  readonly api: CampaignApi;
  readonly onNames: (segment: Segment) => void;
  readonly onBack: () => void;
  readonly reload: () => void;
  readonly now: () => number;
}

/** Says once that the line is cut and that the campaign does not mind; and how to get back in. */
function troubleBox(reload: () => void) {
  const node = element("div", { class: "box wait", role: "status", hidden: true });
  const show = (failure: Failure | null, final: boolean): void => {
    node.hidden = failure === null;
    const words =
      failure === null
        ? ""
        : final
          ? `${failure.message} The campaign goes on without this page.`
          : "The connection is interrupted; the campaign goes on. Trying again…";
    if (node.firstChild?.textContent === words) return;
    node.replaceChildren(
      ...(words === "" ? [] : [element("p", { dir: "auto" }, words)]),
      ...(final ? [reloadButton(reload)] : []),
    );
  };
  return { node, show };
}

function standingBox(now: () => number) {
  const shape = element("span", { class: "shape-slot" });
  const word = element("h2", { class: "standing-word" });
  const far = element("p", { class: "standing-reason" });
  const node = element("div", { class: "standing" }, shape, word, far);
  const said = element("p", { class: "off-screen", role: "status" });
  const message = element("p", { class: "box wait", dir: "auto", hidden: true });
  let before = "";
  const show = (campaign: Campaign): void => {
    const words = sayCampaign(campaign);
    far.textContent = sayStandingOf(campaign, now());
    message.textContent = campaign.message;
    message.hidden = !campaign.message;
    if (before === words.word + words.tone) return;
    before = words.word + words.tone;
    shape.replaceChildren(toneShape(words.tone));
    word.textContent = words.word;
    // Only the standing is read out; numbers change too often.
    said.textContent = words.word;
    node.className = `standing tone-${words.tone}`;
  };
  return { nodes: [node, said, message], show };
}

function whatLine({ channel, call_type, from, started_at }: Campaign): readonly (Node | string)[] {
  const at = started_at === null ? "" : exactTime(Date.parse(started_at));
  return [
    ...(channel === null ? [] : [channelIcon(channel)]),
    element(
      "span",
      { title: at === "" ? null : `Started ${at}` },
      `${channel === null ? "" : `${CHANNEL_NAMES[channel]} · `}${CALL_TYPE_NAMES[call_type]}`,
      ...fromNumber(" ", channel, from),
    ),
  ];
}

/** The parts of the list nobody is reached in, folded. */
function leftOut(onNames: (segment: Segment) => void) {
  const place = element("div", {});
  const node = element("details", {}, element("summary", {}, "The whole list"), place);
  let before = "";
  const show = (campaign: Campaign): void => {
    const parts = { will_queue: inLine(campaign), skipped: campaign.skipped };
    if (JSON.stringify(parts) === before) return;
    before = JSON.stringify(parts);
    place.replaceChildren(
      stackView(stackSegments(parts), onNames),
      ...(campaign.list_changes ? [element("p", { class: "note", dir: "auto" }, campaign.list_changes)] : []),
    );
  };
  return { node, show };
}

export function progressView(deps: ProgressDeps): PageView {
  const { id, api } = deps;
  const heading = element("h1", { tabindex: -1, dir: "auto" }, deps.name);
  const what = element("p", { class: "what" });
  const standing = standingBox(deps.now);
  const bar = progressBar("People done");
  const counts = countView();
  const chart = outcomeChart();
  const results = resultList(deps.now);
  const list = leftOut(deps.onNames);
  const trouble = troubleBox(deps.reload);
  let stop = (): void => undefined;

  const show = (campaign: Campaign): void => {
    what.replaceChildren(...whatLine(campaign));
    standing.show(campaign);
    bar.show(campaign.done, inLine(campaign), sayHowFar(campaign));
    actions.show(campaign);
    for (const part of [counts, list]) part.show(campaign);
    chart.show(campaign.outcomes);
    body.hidden = false;
    wait.hidden = true;
  };
  const follow = (): void => {
    stop();
    stop = followCampaign(id, { api, onCampaign: show, onResults: results.add, onTrouble: trouble.show });
  };
  const actions = actionRow({
    act: (action) => api.act(id, action),
    // One that had stopped is followed no more, and may go on now.
    onChanged: (campaign) => {
      show(campaign);
      follow();
    },
    reload: deps.reload,
  });
  const wait = element("p", { class: "quiet", role: "status" }, "Starting…");
  const body = element(
    "div",
    { class: "progress-body", hidden: true },
    what,
    ...standing.nodes,
    bar.node,
    actions.node,
    counts.node,
    chart.node,
    element("h2", {}, "Person by person"),
    results.node,
    list.node,
    downloadButton("Download the results", deps.name, () => api.csv(id)),
  );
  if (deps.first) show(deps.first);
  return {
    node: element(
      "section",
      { class: "progress-page" },
      backButton("Smart Lists", deps.onBack),
      heading,
      trouble.node,
      wait,
      body,
    ),
    enter: follow,
    leave: () => stop(),
    focus: () => heading.focus(),
  };
}

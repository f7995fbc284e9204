// The agent's campaigns as rows that open: standing, how far, what is left. Home shows the running ones first.
import type { Campaign } from "../../shared/campaign.schema.ts";
import { element } from "../ui/build-element.ts";
import { isCampaignOver, sayCampaign, waitsForHours } from "../ui/campaign-words.ts";
import { toneShape } from "../ui/channel-icon.ts";
import { timeElement } from "../ui/relative-time.ts";
import { sayNumber } from "../ui/say-count.ts";
import { sayEta } from "../ui/say-eta.ts";
import { progressBar } from "./progress-bar.ts";

/** People who are in line, also while they are still being put there. */
export const inLine = ({ queued_calls, will_queue }: Campaign): number => Math.max(queued_calls, will_queue);

/** "312 of 812 done · about 12 minutes left"; no time while everybody left waits for their hours. */
export function sayHowFar(campaign: Campaign): string {
  const { done, status, eta_seconds } = campaign;
  const moves = (status === "queueing" || status === "running") && !waitsForHours(campaign);
  const left = moves ? sayEta(eta_seconds) : null;
  const far = `${sayNumber(done)} of ${sayNumber(inLine(campaign))} done`;
  return left === null ? far : `${far} · ${left} left`;
}

function campaignRow(campaign: Campaign, now: number, open: () => void): HTMLElement {
  const { word, tone } = sayCampaign(campaign);
  const bar = progressBar("People done");
  bar.show(campaign.done, inLine(campaign), sayHowFar(campaign));
  const at = campaign.ended_at ?? campaign.started_at ?? campaign.created_at;
  return element(
    "li",
    {},
    element(
      "button",
      { type: "button", class: "row", onclick: open },
      toneShape(tone),
      element(
        "span",
        { class: "row-text" },
        element("b", {}, element("bdi", {}, campaign.name)),
        element("span", { class: "quiet" }, `${word} · `, timeElement(at, now)),
        element("span", { class: "quiet" }, sayHowFar(campaign)),
      ),
    ),
    isCampaignOver(campaign) ? null : bar.node,
  );
}

/** Started ones only; a review that was not started is not the agent's campaign yet. */
export const startedOnes = (campaigns: readonly Campaign[]): readonly Campaign[] =>
  campaigns.filter(({ status }) => status !== "checking" && status !== "checked");

/** Under way, then earlier ones in a fold. Replaces its rows in place, keeping the focus and the fold. */
export function campaignRows(now: () => number, open: (campaign: Campaign) => void) {
  const running = element("ul", { class: "campaigns" });
  const earlier = element("ul", { class: "campaigns" });
  const runningPart = element(
    "section",
    { "aria-label": "Under way" },
    element("h2", {}, "Under way"),
    running,
  );
  const fold = element("details", {}, element("summary", {}, "Earlier campaigns"), earlier);
  let before = "";

  const fill = (list: HTMLElement, rows: readonly Campaign[]): void => {
    const focused = [...list.children].findIndex((child) => child.contains(document.activeElement));
    list.replaceChildren(...rows.map((campaign) => campaignRow(campaign, now(), () => open(campaign))));
    if (focused >= 0) list.children[focused]?.querySelector("button")?.focus();
  };
  const show = (campaigns: readonly Campaign[]): void => {
    const started = startedOnes(campaigns);
    if (JSON.stringify(started) === before) return;
    before = JSON.stringify(started);
    const open = (campaign: Campaign): boolean => !isCampaignOver(campaign) || campaign.can_resume;
    const [now, then] = [started.filter(open), started.filter((campaign) => !open(campaign))];
    fill(running, now);
    fill(earlier, then);
    runningPart.hidden = now.length === 0;
    fold.hidden = then.length === 0;
  };
  return { running: runningPart, earlier: fold, show };
}

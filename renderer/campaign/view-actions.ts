// Pause, go on, cancel: what the campaign's state allows. Canceling asks once more and says what it means.
import type { Campaign } from "../../shared/campaign.schema.ts";
import { element } from "../ui/build-element.ts";
import type { Answer } from "../ui/read-answer.ts";
import { refusalBox } from "../ui/view-refusal.ts";
import type { CampaignAction } from "./campaign-api.ts";

export interface ActionRow {
  readonly node: HTMLElement;
  show(campaign: Campaign): void;
}
export interface ActionDeps {
  readonly act: (action: CampaignAction) => Promise<Answer<Campaign>>;
  readonly onChanged: (campaign: Campaign) => void;
  readonly reload: () => void;
}

/** What may be done now; "resume" is called by its name where it stopped by itself. */
export function allowedActions({ status, can_resume }: Pick<Campaign, "status" | "can_resume">) {
  const moves = status === "queueing" || status === "running";
  return {
    pause: moves,
    resume: status === "paused" || (status === "failed" && can_resume),
    cancel: moves || status === "paused" || (status === "failed" && can_resume),
  };
}

export function actionRow({ act, onChanged, reload }: ActionDeps): ActionRow {
  const refusal = refusalBox(reload, { choose: "Look at its newest state and try again." });
  let busy = false;
  const button = (action: CampaignAction, words: string, className = ""): HTMLButtonElement =>
    element("button", { type: "button", class: className, onclick: () => void run(action) }, words);
  const pause = button("pause", "Pause");
  const resume = button("resume", "Resume", "primary");
  const sure = button("cancel", "Yes, cancel it");
  const keep = element("button", { type: "button", onclick: () => ask(false) }, "Keep it going");
  const cancel = element("button", { type: "button", onclick: () => ask(true) }, "Cancel…");
  const question = element(
    "div",
    { class: "box wait", role: "group", "aria-label": "Cancel this campaign?", hidden: true },
    element("p", {}, "Cancel this campaign? Nobody new is contacted; conversations under way are finished."),
    sure,
    keep,
  );
  const row = element("div", { class: "actions" }, pause, resume, cancel);

  const ask = (asking: boolean): void => {
    question.hidden = !asking;
    row.hidden = asking;
    (asking ? keep : cancel).focus();
  };
  const run = async (action: CampaignAction): Promise<void> => {
    if (busy) return;
    busy = true;
    refusal.clear();
    row.setAttribute("aria-busy", "true");
    const answer = await act(action);
    busy = false;
    row.removeAttribute("aria-busy");
    if (action === "cancel") {
      question.hidden = true;
      row.hidden = false;
    }
    if ("failure" in answer) refusal.show(answer.failure);
    else {
      onChanged(answer.value);
      // The pressed button may be gone; the keyboard goes to the one in its place.
      [resume, pause].find((each) => !each.hidden)?.focus();
    }
  };
  return {
    node: element("div", { class: "action-part" }, row, question, refusal.node),
    show: (campaign) => {
      const allowed = allowedActions(campaign);
      pause.hidden = !allowed.pause;
      resume.hidden = !allowed.resume;
      resume.textContent = campaign.status === "failed" ? "Go on" : "Resume";
      cancel.hidden = !allowed.cancel;
      if (!allowed.cancel) question.hidden = true;
    },
  };
}

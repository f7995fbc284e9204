// The list is being read: how far it has come, a way out, and why it did not work when it did not.
import type { CampaignBody } from "../../shared/campaign.schema.ts";
import { element } from "../ui/build-element.ts";
import { remedyFor } from "../ui/read-answer.ts";
import { sayNumber, sayPeople } from "../ui/say-count.ts";
import { refusalBox } from "../ui/view-refusal.ts";
import { backButton } from "./back-button.ts";
import type { CampaignApi } from "./campaign-api.ts";
import type { PageView } from "./page-view.ts";
import { progressBar } from "./progress-bar.ts";
import { type Reviewed, reviewList } from "./review-list.ts";

export interface CheckingDeps {
  readonly name: string;
  readonly body: CampaignBody;
  readonly api: Pick<CampaignApi, "preflight" | "read" | "act">;
  readonly sleep: (ms: number) => Promise<void>;
  readonly onReviewed: (reviewed: Reviewed) => void;
  /** A new check of the same list. */
  readonly onAgain: () => void;
  /** `unfinished`: what was being read is of no use any more. */
  readonly onBack: (unfinished: boolean) => void;
  readonly reload: () => void;
}

const sayRead = ({ checked, total }: Reviewed): string => {
  if (checked === 0) return "Asking Follow Up Boss for the list…";
  return total > checked
    ? `Read ${sayNumber(checked)} of about ${sayNumber(total)} people`
    : `Read ${sayPeople(checked)}`;
};

export function checkingView(deps: CheckingDeps): PageView {
  const stop = new AbortController();
  let batchId: string | null = null;
  let over = false;
  const bar = progressBar("List read");
  const words = element("p", { class: "quiet", role: "status" }, "Asking Follow Up Boss for the list…");
  const refusal = refusalBox(deps.reload, {
    choose: "Choose another list or channel.",
    retry: "Nobody has been contacted. Wait a moment, then check again.",
  });
  const again = element(
    "button",
    { type: "button", class: "primary", hidden: true, onclick: deps.onAgain },
    "Check again",
  );
  const heading = element("h1", { tabindex: -1 }, "Checking who can be reached");
  const show = (reviewed: Reviewed): void => {
    batchId = reviewed.batch_id;
    words.textContent = sayRead(reviewed);
    bar.show(reviewed.checked, reviewed.total, sayRead(reviewed));
  };
  const run = async (): Promise<void> => {
    const answer = await reviewList(deps.body, { ...deps, onProgress: show }, stop.signal);
    if (answer === null || stop.signal.aborted) return;
    over = true;
    if ("value" in answer) {
      deps.onReviewed(answer.value);
      return;
    }
    heading.textContent = "The list could not be checked";
    bar.node.hidden = true;
    words.hidden = true;
    again.hidden = remedyFor(answer.failure.code) !== "retry" && answer.failure.code !== "review_stopped";
    refusal.show(answer.failure);
  };
  const back = (): void => {
    stop.abort();
    // Nobody waits for it: reading on would only cost Follow Up Boss requests.
    if (!over && batchId !== null) void deps.api.act(batchId, "cancel");
    deps.onBack(!over);
  };
  bar.show(0, 0, "Beginning");
  return {
    node: element(
      "section",
      { class: "checking" },
      backButton("Back", back),
      heading,
      element("p", { dir: "auto" }, deps.name),
      bar.node,
      words,
      refusal.node,
      again,
    ),
    enter: () => void run(),
    leave: () => stop.abort(),
    focus: () => heading.focus(),
  };
}

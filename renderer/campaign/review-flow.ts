// From the form to a started campaign: the check, the review, back and forth between them. show-page.ts begins it.
import type { CampaignBody, SmartList } from "../../shared/campaign.schema.ts";
import { createClicks } from "./choose-clicks.ts";
import { namesView } from "./names-view.ts";
import type { PageDeps, PageView, Show } from "./page-view.ts";
import type { Reviewed } from "./review-list.ts";
import { checkingView } from "./view-checking.ts";
import type { CampaignChoices, FormView } from "./view-form.ts";
import { reviewView } from "./view-review.ts";

/** What is being reviewed: a list, the form it came from, and what was chosen there. */
export interface Plan {
  readonly list: SmartList;
  readonly form: FormView;
  readonly choices: CampaignChoices;
}

/** `open` shows a campaign that was started. The returned function checks a plan and shows its review. */
export function createReviewFlow(
  deps: PageDeps,
  show: Show,
  open: (batchId: string, name: string) => void,
): (plan: Plan) => void {
  const { model, api } = deps;
  const clicks = createClicks(deps.newClickId);
  const reloadFrom = (plan: Plan) => (): void => {
    plan.form.saveDraft();
    deps.reload();
  };
  /** `notice`: why it is checked once more, a sentence. */
  const check = (plan: Plan, notice: string | null): void => {
    const body: CampaignBody = { ...plan.choices, click_id: clicks.idFor(plan.choices) };
    show(
      checkingView({
        ...deps,
        name: plan.list.name,
        body,
        reload: reloadFrom(plan),
        onReviewed: (reviewed) => review(plan, body, reviewed, notice),
        onAgain: () => checkAnew(plan, notice),
        onBack: (unfinished) => {
          if (unfinished) clicks.spend();
          show(plan.form);
        },
      }),
    );
  };
  const checkAnew = (plan: Plan, notice: string | null): void => {
    clicks.spend();
    check(plan, notice);
  };
  const review = (plan: Plan, body: CampaignBody, reviewed: Reviewed, notice: string | null): void => {
    const { batch_id: id } = reviewed;
    const started = (batchId: string): void => {
      clicks.spend();
      open(batchId, plan.list.name);
    };
    // An answer that was lost had started it.
    if (reviewed.status !== "checked") {
      started(id);
      return;
    }
    const view: PageView = reviewView({
      name: plan.list.name,
      body,
      reviewed,
      from: reviewed.from ?? model.agent?.from ?? null,
      notice,
      now: deps.now,
      start: () => api.start(body),
      csv: () => api.csv(id),
      reload: reloadFrom(plan),
      onStarted: started,
      onOutdated: (failure) => checkAnew(plan, failure.message),
      onNames: (segment) => show(namesView(api, id, segment, () => show(view))),
      onAgain: () => checkAnew(plan, null),
      onBack: () => show(plan.form),
    });
    show(view);
  };
  return (plan) => check(plan, null);
}

// Joins the views of the ready page: home, what to say, the review, the campaign; one at a time in the same place.
import type { Campaign, SmartList } from "../../shared/campaign.schema.ts";
import { element } from "../ui/build-element.ts";
import { agentLines, previewNote } from "../ui/view-agent.ts";
import { namesView } from "./names-view.ts";
import type { PageDeps, PageView, Show } from "./page-view.ts";
import { createReviewFlow } from "./review-flow.ts";
import { type FormView, formView } from "./view-form.ts";
import { homeView } from "./view-home.ts";
import { progressView } from "./view-progress.ts";

/** One view at a time; the one before is told to stop. */
function stage(place: HTMLElement): Show {
  let current: PageView | null = null;
  return (view, focus = true) => {
    current?.leave?.();
    current = view;
    place.replaceChildren(view.node);
    view.enter?.();
    if (!focus) return;
    window.scrollTo(0, 0);
    view.focus();
  };
}

/** Renders into `root` and keeps it up to date. */
export function showPage(root: HTMLElement, deps: PageDeps): void {
  const { model, api } = deps;
  const place = element("div", { class: "place" });
  const show = stage(place);

  const openCampaign = (id: string, name: string, first: Campaign | null): void => {
    const view: PageView = progressView({
      ...deps,
      id,
      name,
      first,
      onNames: (segment) => show(namesView(api, id, segment, () => show(view))),
      onBack: () => show(home),
    });
    show(view);
  };
  const review = createReviewFlow(deps, show, (id, name) => openCampaign(id, name, null));
  const openForm = (list: SmartList, size: number | undefined): void => {
    const form: FormView = formView({
      ...deps,
      list,
      size,
      onReview: (choices) => review({ list, form, choices }),
      onBack: () => show(home),
    });
    show(form);
  };
  const home = homeView({
    ...deps,
    onPick: openForm,
    onOpen: (campaign) => openCampaign(campaign.batch_id, campaign.name, campaign),
  });

  root.replaceChildren(element("header", {}, previewNote(model.preview), ...agentLines(model.agent)), place);
  show(home, false);
}

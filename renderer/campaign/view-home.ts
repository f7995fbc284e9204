// Where the app begins: campaigns under way, then the lists to pick from, then earlier campaigns.
import type { Campaign, CampaignModel, SmartList } from "../../shared/campaign.schema.ts";
import { element } from "../ui/build-element.ts";
import { isCampaignSettled } from "../ui/campaign-words.ts";
import type { CampaignApi } from "./campaign-api.ts";
import { createSizeLoader } from "./load-sizes.ts";
import type { PageView } from "./page-view.ts";
import { campaignRows, startedOnes } from "./view-campaigns.ts";
import { listPicker } from "./view-lists.ts";

const REFRESH_MS = 10_000;
const SCROLLING_MS = 150;

export interface HomeDeps {
  readonly model: CampaignModel;
  readonly api: Pick<CampaignApi, "lists" | "sizes" | "recent">;
  readonly onPick: (list: SmartList, size: number | undefined) => void;
  readonly onOpen: (campaign: Campaign) => void;
  readonly now: () => number;
}

/** One for the page's life: it keeps sizes, search and scroll while other views are on show. */
export function homeView({ model, api, onPick, onOpen, now }: HomeDeps): PageView {
  let known = model.campaigns ?? [];
  let entered = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const live = model.preview !== true;

  const rows = campaignRows(now, onOpen);
  const sizes = createSizeLoader({
    ask: api.sizes,
    onSize: (id, size) => picker.showSize(id, size),
    later: (act) => setTimeout(act, SCROLLING_MS),
  });
  const picker = listPicker({
    sizes,
    onPick: (list) => onPick(list, sizes.known(list.id)),
    onRetry: async () => {
      const answer = await api.lists();
      if ("failure" in answer) return answer.failure;
      picker.show(answer.value);
      picker.enter();
      return null;
    },
  });
  const heading = element("h1", { tabindex: -1 }, "Reach a Smart List");

  const refresh = async (): Promise<void> => {
    const mine = entered;
    const answer = await api.recent();
    if ("value" in answer) {
      known = answer.value;
      rows.show(known);
    }
    if (mine === entered) plan();
  };
  const plan = (): void => {
    const moving = startedOnes(known).some((campaign) => !isCampaignSettled(campaign));
    if (live && moving) timer = setTimeout(() => void refresh(), REFRESH_MS);
  };
  rows.show(known);
  if (model.lists_problem) picker.fail(model.lists_problem);
  else picker.show(model.smart_lists ?? []);
  return {
    node: element("div", { class: "home" }, heading, rows.running, picker.node, rows.earlier),
    focus: () => heading.focus(),
    enter: () => {
      entered += 1;
      if (live) picker.enter();
      // The model says how it stood when the page was made; later only the gateway knows.
      if (entered === 1) plan();
      else void refresh();
    },
    leave: () => {
      entered += 1;
      clearTimeout(timer);
      picker.leave();
    },
  };
}

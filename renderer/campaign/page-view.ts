// What the page shows in its one place: home, the form, the review, names, a campaign. show-page.ts changes between them.
import type { CampaignModel } from "../../shared/campaign.schema.ts";
import type { ChoiceMemory } from "../ui/last-choices.ts";
import type { CampaignApi } from "./campaign-api.ts";

export interface PageView {
  readonly node: HTMLElement;
  /** Comes on show, also again after another view; long-lived work begins here. */
  enter?(): void;
  /** Goes off show; work ends here. */
  leave?(): void;
  /** Moves the focus to where reading begins. */
  focus(): void;
}

export interface PageDeps {
  readonly model: CampaignModel;
  readonly memory: ChoiceMemory;
  readonly api: CampaignApi;
  readonly newClickId: () => string;
  readonly sleep: (ms: number) => Promise<void>;
  /** The browser's, an IANA name. */
  readonly timezone: string;
  readonly reload: () => void;
  readonly now: () => number;
}
/** Puts a view on show, and the focus at its beginning. */
export type Show = (view: PageView, focus?: boolean) => void;

// Says what to send to the picked list: channel, call type, instruction, and folded the pace and further tries.
import type {
  CampaignBody,
  CampaignChannel,
  CampaignModel,
  SmartList,
} from "../../shared/campaign.schema.ts";
import { element } from "../ui/build-element.ts";
import { channelIcon } from "../ui/channel-icon.ts";
import { choiceGroup } from "../ui/choice-group.ts";
import type { ChoiceMemory } from "../ui/last-choices.ts";
import { sayPeople } from "../ui/say-count.ts";
import { callTypePicker } from "../ui/view-call-type.ts";
import { instructionField } from "../ui/view-instruction.ts";
import { CHANNEL_NAMES } from "../ui/wording.ts";
import { backButton } from "./back-button.ts";
import type { PageView } from "./page-view.ts";
import { moreFields } from "./view-more.ts";

export type CampaignChoices = Omit<CampaignBody, "click_id">;
export interface FormDeps {
  readonly model: CampaignModel;
  readonly memory: ChoiceMemory;
  readonly list: SmartList;
  /** People on it, where that is known by now. */
  readonly size: number | undefined;
  readonly timezone: string;
  readonly onReview: (choices: CampaignChoices) => void;
  readonly onBack: () => void;
}
export interface FormView extends PageView {
  /** Keeps what was typed over a reload of the app. */
  saveDraft(): void;
}

const CAMPAIGN_CHANNELS: readonly CampaignChannel[] = ["phone", "sms", "email"];

const channelPicker = (onChoose: (channel: CampaignChannel) => void) =>
  choiceGroup<CampaignChannel>({
    name: "channel",
    legend: "Channel",
    className: "tiles",
    options: CAMPAIGN_CHANNELS.map((value) => ({
      value,
      label: CHANNEL_NAMES[value],
      icon: channelIcon(value),
    })),
    onChoose,
  });

/** Remembers, reads and checks nothing but its own fields. */
export function formView(deps: FormDeps): FormView {
  const { list, memory } = deps;
  const last = memory.read();
  let channel = CAMPAIGN_CHANNELS.find((each) => each === last.channel) ?? "phone";

  const types = callTypePicker(last.callType ?? "informational");
  const instruction = instructionField(last.instructions);
  instruction.fill(memory.takeDraft(list.id));
  const more = moreFields(deps.timezone);
  const channels = channelPicker((chosen) => {
    channel = chosen;
    show();
  });
  const show = (): void => {
    types.show(channel);
    more.show(channel);
  };
  const choices = (): CampaignChoices => {
    const [pace, retry, text] = [more.pace(), more.retry(), instruction.text()];
    return {
      smart_list_id: list.id,
      channel,
      call_type: types.chosen(),
      ...(text === "" ? {} : { instruction: text }),
      ...(pace ? { pace } : {}),
      ...(retry ? { retry } : {}),
    };
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    if (deps.model.preview === true) return;
    // The browser can only point at a field that is on show.
    if (!form.checkValidity()) more.node.open = true;
    if (!form.reportValidity()) return;
    memory.remember({ channel, callType: types.wanted(), instruction: instruction.text() });
    deps.onReview(choices());
  };
  const heading = element("h1", { tabindex: -1, dir: "auto" }, list.name);
  const form = element(
    "form",
    { novalidate: true, onsubmit: submit },
    channels.node,
    types.node,
    instruction.node,
    more.node,
    element("button", { type: "submit", class: "primary", disabled: deps.model.preview }, "Review the list"),
    element(
      "p",
      { class: "note" },
      "Nobody is contacted yet. First you see who will be reached and who will not.",
    ),
  );
  channels.select(channel);
  show();
  return {
    node: element(
      "div",
      { class: "say-what" },
      backButton("Smart Lists", deps.onBack),
      heading,
      deps.size === undefined ? null : element("p", { class: "quiet" }, sayPeople(deps.size)),
      form,
    ),
    focus: () => heading.focus(),
    saveDraft: () => memory.saveDraft(list.id, instruction.text()),
  };
}

// The form: who, over what, what kind, what to say, one button. It owns the choices until they are sent.
import type { EmbedModel } from "../../shared/embed.schema.ts";
import type { CallType, Channel } from "../../shared/values.ts";
import { element } from "../ui/build-element.ts";
import { channelIcon } from "../ui/channel-icon.ts";
import { type ChoiceGroup, choiceGroup } from "../ui/choice-group.ts";
import type { ChoiceMemory } from "../ui/last-choices.ts";
import { callTypePicker } from "../ui/view-call-type.ts";
import { instructionField } from "../ui/view-instruction.ts";
import { refusalBox } from "../ui/view-refusal.ts";
import { CHANNEL_NAMES, CHANNEL_ORDER } from "../ui/wording.ts";
import { buttonLabel } from "./button-label.ts";
import { closedChannels, firstChannel, whyClosed } from "./choose-contact.ts";
import type { StartChoices, StartEngagement } from "./start-engagement.ts";
import { contactPicker } from "./view-contacts.ts";

export interface FormDeps {
  readonly model: EmbedModel;
  readonly memory: ChoiceMemory;
  readonly start: StartEngagement;
  readonly onStarted: (engagementId: string, choices: StartChoices) => void;
  readonly reload: () => void;
}
export interface FormView {
  readonly node: HTMLElement;
  focus(): void;
}

function channelPicker(model: EmbedModel, onChoose: (channel: Channel) => void): ChoiceGroup<Channel> {
  return choiceGroup({
    name: "channel",
    legend: "Channel",
    className: "tiles",
    options: CHANNEL_ORDER.map((channel) => {
      const reason = whyClosed(model, channel);
      return {
        value: channel,
        label: CHANNEL_NAMES[channel],
        icon: channelIcon(channel),
        disabled: reason !== null,
        ...(reason === null ? {} : { title: reason }),
      };
    }),
    onChoose,
  });
}

function closedLines(model: EmbedModel): HTMLElement | null {
  const lines = closedChannels(model).map(({ names, reason }) =>
    element("li", { dir: "auto" }, element("b", {}, `${names}: `), reason),
  );
  return lines.length === 0 ? null : element("ul", { class: "closed" }, ...lines);
}

const collect = (
  channel: Channel,
  callType: CallType,
  contact: string | null,
  instruction: string,
): StartChoices => ({
  call_type: callType,
  channel,
  ...(instruction === "" ? {} : { instruction }),
  ...(contact === null ? {} : { contact }),
});

export function formView({ model, memory, start, onStarted, reload }: FormDeps): FormView {
  const last = memory.read();
  const personName = model.person?.name ?? "";
  let channel = firstChannel(model, last.channel);
  let sending = false;

  const contacts = contactPicker(model);
  const instruction = instructionField(last.instructions);
  instruction.fill(memory.takeDraft(model.person?.id ?? ""));
  const refusal = refusalBox(() => {
    memory.saveDraft(model.person?.id ?? "", instruction.text());
    reload();
  });
  const types = callTypePicker(last.callType ?? "informational");
  const button = element("button", { type: "submit", class: "primary" });

  const update = (): void => {
    const label = buttonLabel(channel, personName, model.agent?.from ?? null);
    const name = element("bdi", {}, label.name);
    button.replaceChildren(...(sending ? ["Starting…"] : [label.before, name, label.after]));
    button.disabled = sending || model.preview === true || whyClosed(model, channel) !== null;
  };
  const show = (): void => {
    contacts.show(channel);
    types.show(channel);
    update();
  };
  const channels = channelPicker(model, (chosen) => {
    channel = chosen;
    refusal.clear();
    show();
  });

  const send = async (): Promise<void> => {
    if (button.disabled) return;
    const choices = collect(channel, types.chosen(), contacts.chosen(), instruction.text());
    sending = true;
    refusal.clear();
    update();
    const answer = await start(choices);
    sending = false;
    update();
    if ("failure" in answer) {
      refusal.show(answer.failure);
      return;
    }
    memory.remember({ channel, callType: types.wanted(), instruction: choices.instruction ?? "" });
    onStarted(answer.value, choices);
  };

  const node = element(
    "form",
    {
      onsubmit: (event: Event) => {
        event.preventDefault();
        void send();
      },
    },
    channels.node,
    closedLines(model),
    contacts.node,
    types.node,
    instruction.node,
    refusal.node,
    button,
  );
  channels.select(channel);
  show();
  return { node, focus: channels.focus };
}

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
import { type ClosedHours, closedChannels, firstChannel, hoursOf, whyClosed } from "./choose-contact.ts";
import type { StartChoices, StartEngagement } from "./start-engagement.ts";
import { contactPicker } from "./view-contacts.ts";
import { hoursNote, scheduleButton } from "./view-hours.ts";

export interface FormDeps {
  readonly model: EmbedModel;
  readonly memory: ChoiceMemory;
  readonly start: StartEngagement;
  readonly onStarted: (engagementId: string, choices: StartChoices) => void;
  readonly reload: () => void;
  readonly now: () => number;
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
  scheduled: string | null,
): StartChoices => ({
  call_type: callType,
  channel,
  ...(instruction === "" ? {} : { instruction }),
  ...(contact === null ? {} : { contact }),
  ...(scheduled === null ? {} : { scheduled_time: scheduled }),
});

/** The one button, labelled by what it will do. */
function startButton(personName: string, from: string | null) {
  const node = element("button", { type: "submit", class: "primary" });
  const show = (channel: Channel, opens: string | null, sending: boolean): void => {
    const label = buttonLabel(channel, personName, from, opens);
    const name = element("bdi", {}, label.name);
    node.replaceChildren(...(sending ? ["Starting…"] : [label.before, name, label.after]));
  };
  return { node, show };
}

export function formView({ model, memory, start, onStarted, reload, now }: FormDeps): FormView {
  const last = memory.read();
  let channel = firstChannel(model, last.channel);
  let sending = false;
  /** What the button says it will wait for. */
  let closed: ClosedHours | null = null;

  const hours = hoursNote();
  const contacts = contactPicker(model, () => {
    refusal.clear();
    update();
  });
  const instruction = instructionField(last.instructions);
  instruction.fill(memory.takeDraft(model.person?.id ?? ""));
  const refusal = refusalBox(() => {
    memory.saveDraft(model.person?.id ?? "", instruction.text());
    reload();
  });
  const types = callTypePicker(last.callType ?? "informational");
  const button = startButton(model.person?.name ?? "", model.agent?.from ?? null);

  const update = (): void => {
    closed = hoursOf(model, channel, contacts.chosen(), now());
    hours.show(closed);
    button.show(channel, closed?.opens ?? null, sending);
    button.node.disabled = sending || model.preview === true || whyClosed(model, channel) !== null;
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

  const send = async (scheduled: string | null): Promise<void> => {
    if (button.node.disabled) return;
    const choices = collect(channel, types.chosen(), contacts.chosen(), instruction.text(), scheduled);
    sending = true;
    refusal.clear();
    update();
    const answer = await start(choices);
    sending = false;
    update();
    if ("failure" in answer) {
      const later = scheduleButton(answer.failure, now(), (opensAt) => void send(opensAt));
      refusal.show(answer.failure, later);
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
        void send(closed?.opens_at ?? null);
      },
    },
    channels.node,
    closedLines(model),
    contacts.node,
    types.node,
    instruction.node,
    hours.node,
    refusal.node,
    button.node,
  );
  channels.select(channel);
  show();
  return { node, focus: channels.focus };
}

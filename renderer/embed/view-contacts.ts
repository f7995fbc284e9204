// The number or address that will be used: one line where there is one, a choice where there are several.
import type { EmbedModel } from "../../shared/embed.schema.ts";
import type { Channel } from "../../shared/values.ts";
import { element } from "../ui/build-element.ts";
import { choiceGroup } from "../ui/choice-group.ts";
import { sayContact } from "../ui/say-contact.ts";
import { type ContactOption, contactsFor } from "./choose-contact.ts";

export interface ContactPicker {
  readonly node: HTMLElement;
  /** Shows the contacts of a channel and chooses the first usable one (or the one chosen before, if it can be used). */
  show(channel: Channel): void;
  /** What to send: null where the server chooses. */
  chosen(): string | null;
}

/** What is a number is written as the viewer's country does. */
function label({ contact }: ContactOption): string {
  const said = contact.value.startsWith("+") ? sayContact(contact.value) : contact.label;
  return contact.type === "" ? said : `${said} · ${contact.type}`;
}

function singleLine(option: ContactOption): HTMLElement {
  return element(
    "p",
    { class: "contact-line" },
    element("span", { class: "to" }, "To "),
    element("bdi", { title: option.contact.value, class: option.usable ? null : "greyed" }, label(option)),
    option.note ? element("span", { class: "note", dir: "auto" }, option.note) : null,
  );
}

/** `onChoose`: another contact was chosen by hand. */
export function contactPicker(model: EmbedModel, onChoose: () => void): ContactPicker {
  const node = element("div", { class: "contacts" });
  let wanted: string | null = null;
  let current: string | null = null;

  const show = (channel: Channel): void => {
    const options = contactsFor(model, channel);
    const usable = options.filter((option) => option.usable).map((option) => option.contact.value);
    current = wanted !== null && usable.includes(wanted) ? wanted : (usable[0] ?? null);
    const [only] = options;
    if (options.length === 1 && only) {
      node.replaceChildren(singleLine(only));
      return;
    }
    const group = choiceGroup({
      name: "contact",
      legend: channel === "email" ? "E-mail address" : channel === "chat" ? "Send the link to" : "Number",
      className: "rows",
      options: options.map((option) => ({
        value: option.contact.value,
        label: label(option),
        note: option.note,
        title: option.contact.value,
        disabled: !option.usable,
      })),
      onChoose: (value) => {
        wanted = value;
        current = value;
        onChoose();
      },
    });
    if (current !== null) group.select(current);
    node.replaceChildren(...(options.length === 0 ? [] : [group.node]));
  };
  return { node, show, chosen: () => current };
}

// A group of native radio buttons that looks like tiles or rows: channel, call type and number are chosen with it.
import { element } from "./build-element.ts";

export interface ChoiceOption<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly icon?: SVGSVGElement;
  readonly note?: string | null;
  /** Shown on hover. */
  readonly title?: string;
  readonly disabled?: boolean;
}
export interface ChoiceGroup<T extends string> {
  readonly node: HTMLFieldSetElement;
  /** Chooses without calling `onChoose`. */
  select(value: T): void;
  /** Opens the given values and closes the rest. */
  allow(values: readonly T[]): void;
  focus(): void;
}

function choice<T extends string>(name: string, option: ChoiceOption<T>, onChoose: () => void): HTMLElement {
  const noteId = `${name}-${option.value}-note`;
  const input = element("input", {
    type: "radio",
    name,
    value: option.value,
    disabled: option.disabled,
    "aria-describedby": option.note ? noteId : null,
    onchange: onChoose,
  });
  return element(
    "div",
    { class: "choice" },
    element(
      "label",
      { title: option.title },
      input,
      option.icon,
      element("span", { class: "name", dir: "auto" }, option.label),
    ),
    option.note ? element("span", { id: noteId, class: "note", dir: "auto" }, option.note) : null,
  );
}

/** `name` is the radio group's name and must be unique on the page. */
export function choiceGroup<T extends string>(group: {
  readonly name: string;
  readonly legend: string;
  readonly className: string;
  readonly options: readonly ChoiceOption<T>[];
  readonly onChoose: (value: T) => void;
}): ChoiceGroup<T> {
  const choices = group.options.map((option) =>
    choice(group.name, option, () => group.onChoose(option.value)),
  );
  const node = element(
    "fieldset",
    { class: group.className },
    element("legend", {}, group.legend),
    element("div", { class: "choices" }, ...choices),
  );
  const inputs = (): NodeListOf<HTMLInputElement> => node.querySelectorAll("input");
  return {
    node,
    select: (value) => {
      for (const input of inputs()) input.checked = input.value === value;
    },
    allow: (values) => {
      for (const input of inputs()) input.disabled = !values.some((value) => value === input.value);
    },
    focus: () => node.querySelector<HTMLInputElement>("input:checked")?.focus(),
  };
}

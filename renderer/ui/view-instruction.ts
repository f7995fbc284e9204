// What should be said: a text field, with the agent's own recent instructions a click away.
import { element } from "./build-element.ts";

export interface InstructionField {
  readonly node: HTMLElement;
  text(): string;
  fill(text: string): void;
}

/** `recent` newest first. The limit is the server's (embedStartSchema). */
export function instructionField(recent: readonly string[]): InstructionField {
  const field = element("textarea", {
    id: "instruction",
    rows: 3,
    maxlength: 4000,
    dir: "auto",
    placeholder: "What should be said or asked?",
  });
  const fill = (text: string): void => {
    field.value = text;
  };
  const fold = element("details", { class: "recent-instructions" });
  const use = (text: string) => () => {
    fill(text);
    fold.open = false;
    field.focus();
  };
  fold.append(
    element("summary", {}, "Use a recent one"),
    element(
      "ul",
      {},
      ...recent.map((text) =>
        element(
          "li",
          {},
          element("button", { type: "button", title: text, dir: "auto", onclick: use(text) }, text),
        ),
      ),
    ),
  );
  const node = element(
    "div",
    { class: "field" },
    element(
      "label",
      { for: "instruction" },
      "Instruction ",
      element("span", { class: "quiet" }, "(optional)"),
    ),
    field,
    recent.length > 0 ? fold : null,
  );
  return { node, text: () => field.value.trim(), fill };
}

// The box beside the button that says why a start did not go through and what helps.
import { element } from "./build-element.ts";
import { copyButton } from "./copy-text.ts";
import { type Failure, type Remedy, remedyFor } from "./read-answer.ts";

export interface RefusalBox {
  readonly node: HTMLElement;
  /** Shows the failure, with a way on below it where there is one, and moves the focus to it. */
  show(failure: Failure, wayOn?: HTMLElement): void;
  clear(): void;
}

const ADVICE: Readonly<Record<Remedy, string | null>> = {
  retry: "Nothing was started twice. You can press the button again.",
  reload: null,
  admin: "If it happens again, tell your admin.",
  choose: "Choose another number or channel.",
  none: null,
};

/** `reload` reloads the app and keeps what was typed; `advice` says a remedy in the words of this app. */
export function refusalBox(
  reload: () => void,
  advice: Readonly<Partial<Record<Remedy, string>>> = {},
): RefusalBox {
  const node = element("div", { class: "box bad", role: "alert", tabindex: -1, hidden: true });
  return {
    node,
    clear: () => {
      node.hidden = true;
      node.replaceChildren();
    },
    show: (failure, wayOn) => {
      const remedy = remedyFor(failure.code);
      const help = failure.code === "cool_down" ? null : (advice[remedy] ?? ADVICE[remedy]);
      node.replaceChildren(
        element("p", { dir: "auto" }, failure.message),
        ...(help === null ? [] : [element("p", {}, help)]),
        ...(wayOn === undefined ? [] : [wayOn]),
        ...(remedy === "reload" ? [reloadButton(reload)] : []),
        ...(remedy === "admin"
          ? [copyButton(`${failure.message} (${failure.code})`, "Copy for your admin")]
          : []),
      );
      // Where there is a way on, it is no failure but a matter of waiting.
      node.className = wayOn === undefined ? "box bad" : "box wait";
      node.hidden = false;
      node.focus();
    },
  };
}

export const reloadButton = (reload: () => void): HTMLButtonElement =>
  element("button", { type: "button", class: "small", onclick: reload }, "Reload this app");

// The way back, at the top of every view but home.
import { drawing, element } from "../ui/build-element.ts";

const ARROW = "M15 5l-7 7 7 7";

export const backButton = (label: string, onBack: () => void): HTMLButtonElement =>
  element(
    "button",
    { type: "button", class: "back small", onclick: onBack },
    drawing(ARROW, "shape"),
    element("span", {}, label),
  );

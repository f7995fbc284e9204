// The button that leads from a line of the console to its outreach.
import { element } from "../ui/build-element.ts";

/** `label` says for the ear what is shown; the eye sees it from the line it stands in. */
export const showButton = (label: string, onclick: () => void): HTMLElement =>
  element("button", { type: "button", class: "small", onclick, "aria-label": label }, "Show");

// A bar that fills: how far a check or a campaign has come. Without a known whole it only says that it goes on.
import { element } from "../ui/build-element.ts";

export interface ProgressBar {
  readonly node: HTMLElement;
  /** `words` are what a screen reader says in place of the percentage. */
  show(done: number, whole: number, words: string): void;
}

export function progressBar(label: string): ProgressBar {
  const fill = element("div", { class: "fill" });
  const node = element(
    "div",
    { class: "progress", role: "progressbar", "aria-label": label, "aria-valuemin": 0, "aria-valuemax": 100 },
    fill,
  );
  return {
    node,
    show: (done, whole, words) => {
      const percent = whole > 0 ? Math.min(100, Math.floor((done / whole) * 100)) : null;
      node.classList.toggle("unknown", percent === null);
      if (percent === null) node.removeAttribute("aria-valuenow");
      else node.setAttribute("aria-valuenow", String(percent));
      node.setAttribute("aria-valuetext", words);
      fill.style.width = `${percent ?? 100}%`;
    },
  };
}

// The line that says that the connection is lost, and for a moment that it is back.
import { element } from "../ui/build-element.ts";
import { toneShape } from "../ui/channel-icon.ts";

export interface ConnectionLine {
  readonly node: HTMLElement;
  show(lost: boolean): void;
}

const BACK_MS = 4000;

/** `onBack`: it works again after it was lost. */
export function connectionLine(onBack: () => void): ConnectionLine {
  const node = element("p", { class: "connection", role: "status" });
  let lost = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const say = (tone: "wait" | "ok" | null, words: string): void => {
    node.className = tone === null ? "connection" : `connection box ${tone}`;
    node.replaceChildren(...(tone === null ? [] : [toneShape(tone), element("span", {}, words)]));
  };
  return {
    node,
    show: (now) => {
      if (now === lost) return;
      lost = now;
      clearTimeout(timer);
      if (lost) {
        say("wait", "No connection. Trying again…");
        return;
      }
      say("ok", "Connected again.");
      timer = setTimeout(() => say(null, ""), BACK_MS);
      onBack();
    },
  };
}

// The console's frame: name, lamps, links to the rooms, the rooms, and the pages shown instead when it is locked.
import { element } from "../ui/build-element.ts";

export interface Room {
  readonly id: string;
  readonly title: string;
  readonly body: HTMLElement;
}
/** The head with links to the rooms, the lamps and the banner as given, and the rooms below each other. */
export function frame(
  rooms: readonly Room[],
  lamps: HTMLElement,
  banner: HTMLElement,
): readonly HTMLElement[] {
  const links = rooms.map(({ id, title }) => element("li", {}, element("a", { href: `#${id}` }, title)));
  const sections = rooms.map(({ id, title, body }) =>
    element(
      "section",
      { id, class: "room", tabindex: -1, "aria-labelledby": `${id}-title` },
      element("h2", { id: `${id}-title` }, title),
      body,
    ),
  );
  return [
    element(
      "header",
      { class: "top" },
      element("h1", {}, "Aventora Gateway"),
      element("nav", { "aria-label": "Rooms" }, element("ul", {}, ...links)),
    ),
    lamps,
    banner,
    element("main", {}, ...sections),
  ];
}

/** Replaces everything: this browser was not let in. */
export function lockedPage(root: HTMLElement): void {
  root.replaceChildren(
    element(
      "main",
      { class: "locked" },
      element("h1", {}, "This console is locked"),
      element(
        "p",
        {},
        "Open the console from the address printed by the gateway when it starts. It carries the key once and this browser then remembers it.",
      ),
      element(
        "p",
        { class: "quiet" },
        "If the gateway was started by somebody else, ask them for the address.",
      ),
    ),
  );
}

// The head of the page: the person, and as whom the agent acts, in amber where that is not the agent.
import type { EmbedModel } from "../../shared/embed.schema.ts";
import { element } from "../ui/build-element.ts";
import { toneShape } from "../ui/channel-icon.ts";

export function personHead({ person, agent, preview }: EmbedModel): HTMLElement {
  const matched = agent && agent.matched !== "" ? `, ${agent.matched}` : "";
  return element(
    "header",
    {},
    preview === true
      ? element(
          "p",
          { class: "box info", role: "note" },
          "This is a preview: everything is shown, nothing can be started.",
        )
      : null,
    element("h1", { dir: "auto" }, person?.name || "This person"),
    agent ? element("p", { class: "quiet" }, "as ", element("bdi", {}, agent.name), matched) : null,
    agent?.warning
      ? element(
          "p",
          { class: "box wait", dir: "auto" },
          toneShape("wait"),
          element("span", {}, agent.warning),
        )
      : null,
  );
}

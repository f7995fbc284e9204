// The head of the page: the person, and as whom the agent acts, in amber where that is not the agent.
import type { EmbedModel } from "../../shared/embed.schema.ts";
import { element } from "../ui/build-element.ts";
import { agentLines, previewNote } from "../ui/view-agent.ts";

export function personHead({ person, agent, preview }: EmbedModel): HTMLElement {
  return element(
    "header",
    {},
    previewNote(preview),
    element("h1", { dir: "auto" }, person?.name || "This person"),
    ...agentLines(agent),
  );
}

// Who the outreach goes out as: quietly where it is the agent, in amber where it is not; and that a preview starts nothing.
import type { EmbedModel } from "../../shared/embed.schema.ts";
import { type Child, element } from "./build-element.ts";
import { toneShape } from "./channel-icon.ts";

export const previewNote = (preview: boolean | undefined): Child =>
  preview === true
    ? element(
        "p",
        { class: "box info", role: "note" },
        "This is a preview: everything is shown, nothing can be started.",
      )
    : null;

/** "as Ann One, matched by phone", then the warning where there is one. */
export function agentLines(agent: EmbedModel["agent"]): readonly Child[] {
  if (agent === undefined) return [];
  const matched = agent.matched === "" ? "" : `, ${agent.matched}`;
  return [
    element("p", { class: "quiet" }, "as ", element("bdi", {}, agent.name), matched),
    agent.warning
      ? element(
          "p",
          { class: "box wait", dir: "auto" },
          toneShape("wait"),
          element("span", {}, agent.warning),
        )
      : null,
  ];
}

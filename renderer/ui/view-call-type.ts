// The four call types, narrowed to what the channel allows; the agent's wish comes back when the channel allows it again.
import type { CallType, Channel } from "../../shared/values.ts";
import { element } from "./build-element.ts";
import { choiceGroup } from "./choice-group.ts";
import { allowedCallTypes, CALL_TYPE_NAMES, CALL_TYPE_ORDER } from "./wording.ts";

export interface CallTypePicker {
  readonly node: HTMLElement;
  show(channel: Channel): void;
  /** What will be sent. */
  chosen(): CallType;
  /** What the agent picked, also while the channel does not allow it. */
  wanted(): CallType;
}

export function callTypePicker(first: CallType): CallTypePicker {
  let wanted = first;
  let allowed: readonly CallType[] = CALL_TYPE_ORDER;
  const group = choiceGroup({
    name: "call_type",
    legend: "Call type",
    className: "pills",
    options: CALL_TYPE_ORDER.map((type) => ({ value: type, label: CALL_TYPE_NAMES[type] })),
    onChoose: (type) => {
      wanted = type;
    },
  });
  const note = element("p", { class: "note", role: "status" });
  group.node.append(note);
  const chosen = (): CallType => (allowed.includes(wanted) ? wanted : "informational");
  return {
    node: group.node,
    chosen,
    wanted: () => wanted,
    show: (channel) => {
      allowed = allowedCallTypes(channel);
      group.allow(allowed);
      group.select(chosen());
      note.textContent = channel === "email" ? "E-mail can only be informational." : "";
    },
  };
}

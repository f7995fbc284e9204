// Which buttons an outreach offers. The gateway decides again when one is pressed.
import type { EngagementList } from "../../../shared/admin-api.ts";
import type { EngagementStatus } from "../../../shared/values.ts";
import { isOver, type Tone } from "../../ui/wording.ts";

export type CrmState = EngagementList["engagements"][number]["crm_state"];
export type Action = "pause" | "resume" | "cancel" | "sync";

export const ACTION_NAMES: Readonly<Record<Action, string>> = {
  pause: "Pause",
  resume: "Resume",
  cancel: "Cancel this outreach",
  sync: "Write to Follow Up Boss now",
};

/** `short` for the column, whose head says where. */
export const CRM_WORDS: Readonly<
  Record<CrmState, { readonly word: string; readonly short: string; readonly tone: Tone }>
> = {
  none: { word: "Nothing to write to Follow Up Boss", short: "Nothing to write", tone: "none" },
  waiting: { word: "Waiting to be written to Follow Up Boss", short: "Waiting", tone: "run" },
  written: { word: "Written to Follow Up Boss", short: "Written", tone: "ok" },
  dead: { word: "Could not be written to Follow Up Boss", short: "Not written", tone: "bad" },
};

export function allowedActions(status: EngagementStatus, crm: CrmState | undefined): readonly Action[] {
  const actions: Action[] = [];
  if (status === "paused") actions.push("resume");
  else if (!isOver(status)) actions.push("pause");
  if (crm === "dead" || crm === "waiting") actions.push("sync");
  if (!isOver(status)) actions.push("cancel");
  return actions;
}

// Which buttons an outreach offers. The gateway decides again when one is pressed.
import type { EngagementList } from "../../shared/admin-api.ts";
import type { EngagementStatus } from "../../shared/values.ts";
import { isOver } from "../ui/wording.ts";

export type CrmState = EngagementList["engagements"][number]["crm_state"];
export type Action = "pause" | "resume" | "cancel" | "sync";

export const ACTION_NAMES: Readonly<Record<Action, string>> = {
  pause: "Pause",
  resume: "Resume",
  cancel: "Cancel this outreach",
  sync: "Write to Follow Up Boss now",
};

export const CRM_WORDS: Readonly<
  Record<CrmState, { readonly word: string; readonly tone: "none" | "run" | "ok" | "bad" }>
> = {
  none: { word: "Nothing to write to Follow Up Boss", tone: "none" },
  waiting: { word: "Waiting to be written to Follow Up Boss", tone: "run" },
  written: { word: "Written to Follow Up Boss", tone: "ok" },
  dead: { word: "Could not be written to Follow Up Boss", tone: "bad" },
};

export function allowedActions(status: EngagementStatus, crm: CrmState | undefined): readonly Action[] {
  const actions: Action[] = [];
  if (status === "paused") actions.push("resume");
  else if (!isOver(status)) actions.push("pause");
  if (crm === "dead" || crm === "waiting") actions.push("sync");
  if (!isOver(status)) actions.push("cancel");
  return actions;
}
